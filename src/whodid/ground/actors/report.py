"""What a report says of an actor beyond its own words: appositions, links, fuller mentions, the report's country."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from whodid.ground.actors.cities import country_of_city
from whodid.ground.actors.reading import Reader, Reading, knowledge
from whodid.ground.actors.words import fold, key_of, words
from whodid.records import Annotated, Entity, Token

_LENDING = frozenset({"of", "in", "from", "for", "at", "across", "throughout", "within", "inside"})
_MODIFIER = frozenset({"compound", "amod", "nmod", "nummod"})
_DEEPEST = 3
_LONGEST_COMPLEMENT = 14
"""Words of a noun phrase with its complement that are read at most."""
_LEAST_MENTIONS, _LEAST_SHARE = 3, 0.6
"""A report is about one country if that many mentions, and that share of all mentions of countries, are of it."""
_REPORT_SCORE = 0.45
_INDEFINITE = frozenset({"a", "an", "another", "some", "no", "other", "both", "two", "each", "any"})
_STATE = frozenset({"GOV", "LEG", "JUD", "COP", "OPP", "MIL", "CVL"})
_LOCAL = frozenset({"COP", "OPP", "CVL"})
"""Sectors of those who are of the country in which something happens, whoever else the report is about."""
_WHERE = frozenset({"in", "at", "across", "throughout", "near", "outside"})
_BACK = 3
"""Sentences before its own in which the place of such a mention may stand."""
_SCENE_SCORE = 0.6


class ReportReader:
    """Reads the actors of one report; remembers what it has read."""

    def __init__(self, annotated: Annotated) -> None:
        self.a = annotated
        self.day = annotated.report.published
        self._read: dict[tuple[int, int], Reading] = {}
        self._main: tuple[str, float] | bool | None = False
        self._scenes: list[tuple[int, str]] | None = None
        self._names: dict[str, list[tuple[int, int]]] | None = None
        self._folded: str | None = None
        self._countries: dict[tuple[str, tuple[str, ...]], set[str]] = {}

    def read(self, first: int, last: int, depth: int = 0) -> Reading:
        """What the report says of tokens ``first`` to ``last`` (half-open)."""
        key = (first, last)
        if key not in self._read:
            self._read[key] = Reading()  # a mention that leads back to itself adds nothing
            self._read[key] = self._resolve(first, last, depth)
        return replace(self._read[key], why=list(self._read[key].why))

    # ------------------------------------------------------------ steps

    def _resolve(self, first: int, last: int, depth: int) -> Reading:
        head = self.head(first, last)
        linked = self._linked(head, depth)
        out = self._phrase(first, last, head)
        if (linked is not None and not linked.empty) or (linked is not None and linked.person):
            return _by_link(linked, out)
        if depth < _DEEPEST:
            self._complement(out, first, last, head)
            self._apposition(out, head, depth)
            self._fuller(out, first, last, head, depth)
            self._possessor(out, head, depth)
            self._shared_head(out, first, last, head)
        self._in_full_elsewhere(out)
        self._name_of_person(out, head)
        self._same_noun(out, head)
        self._country_of_report(out, head)
        return out

    def head(self, first: int, last: int) -> Token:
        """The token of the span on which the others hang."""
        tokens = self.a.tokens[first:last]
        for token in tokens:
            outside = not first <= token.head < last or token.head == token.i
            if outside and token.pos not in ("DET", "PUNCT", "ADP"):
                return token
        return tokens[-1]

    def _bounds(self, first: int, last: int, head: Token) -> tuple[int, int]:
        """The span, widened to the base noun phrase of its head and to an entity that holds the head."""
        phrase = self.a.phrase_of.get(head.i)
        entity = self.a.entity_of.get(head.i)
        if phrase is not None:
            last = max(last, phrase.last)
            while first > phrase.first and not self._ends_another(first - 1, entity):
                first -= 1
        if entity is not None and entity.label in ("ORG", "PERSON"):
            first, last = min(first, entity.first), max(last, entity.last)
        return first, last

    def _ends_another(self, i: int, own: Entity | None) -> bool:
        """True if token ``i`` cannot be of the same actor: a conjunction, a comma, the end of another person's name."""
        token, entity = self.a.tokens[i], self.a.entity_of.get(i)
        other = entity is not None and entity != own and entity.label == "PERSON" and own is not None
        return token.pos == "CCONJ" or token.norm in (",", ";") or other

    def _text(self, first: int, last: int) -> str:
        return self.a.report.text[self.a.tokens[first].start : self.a.tokens[last - 1].end]

    def _reader(self, text: str, head: Token) -> Reading:
        entity = self.a.entity_of.get(head.i)
        label = entity.label if entity else ""
        person = True if label == "PERSON" else False if label in ("GPE", "NORP", "LOC") else None
        main = self.main_country()
        return Reader(words(text), day=self.day, hint=main[0] if main else None, person=person).read()

    def _phrase(self, first: int, last: int, head: Token) -> Reading:
        if head.pos == "PRON":
            return Reading()
        a, b = self._bounds(first, last, head)
        out = self._reader(self._text(a, b), head)
        if out.empty and (a, b) != (first, last):
            out = self._reader(self._text(first, last), head)
        return out

    def _linked(self, head: Token, depth: int) -> Reading | None:
        link = self.a.link_of.get(head.i)
        if link is None or depth >= _DEEPEST or link.to_first <= head.i < link.to_last:
            return None
        return self.read(link.to_first, link.to_last, depth + 1)

    def _complement(self, out: Reading, first: int, last: int, head: Token) -> None:
        """ "the president of Chile", "police in Athens" where the span holds the head only."""
        if out.country is not None and out.strength > 1:
            return
        start, _ = self._bounds(first, last, head)
        for child in self.a.children[head.i]:
            token = self.a.tokens[child]
            if child >= last and token.dep == "prep" and token.norm in _LENDING:
                end = self._end_of_complement(child, start)
                longer = self._reader(self._text(start, end), head)
                _fill(out, longer, f"{token.norm} …")
                return

    def _end_of_complement(self, preposition: int, start: int) -> int:
        """Where the noun phrases after a preposition end: at a verb, a comma or a conjunction."""
        end = min(self.a.subtree(preposition)[1], start + _LONGEST_COMPLEMENT)
        for i in range(preposition + 1, end):
            if self.a.tokens[i].pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
                return i
        return end

    def _apposition(self, out: Reading, head: Token, depth: int) -> None:
        """ "X, the Iranian foreign minister," and "the Iranian foreign minister, X"."""
        others = [c for c in self.a.children[head.i] if self.a.tokens[c].dep == "appos"]
        if head.dep == "appos":
            others.append(head.head)
        for other in others:
            phrase = self.a.phrase_of.get(other)
            bounds = (phrase.first, phrase.last) if phrase else (other, other + 1)
            token = self.a.tokens[other]
            more = self._phrase(*bounds, token)
            self._complement(more, *bounds, token)
            self._name_of_person(more, token)
            alone = out.empty and not out.person
            _fill(out, more, "apposition")
            if alone and not more.person and more.role is not None and "collective" not in more.role.traits:
                self._name_beside_role(out, head)
            if more.person and out.entry is None and not out.person:
                out.person, out.entry = more.person, more.entry
        del depth

    def _name_beside_role(self, out: Reading, head: Token) -> None:
        """A proper noun with an office beside it is a person, whatever the entity label says."""
        phrase = self.a.phrase_of.get(head.i)
        if head.pos == "PROPN" and phrase is not None:
            name = [t.text for t in self.a.tokens[phrase.first : phrase.last]]
            if len(name) > 1 and all(t[:1].isupper() for t in name):
                out.person, out.score = " ".join(name), max(out.score, 0.6)

    def _fuller(self, out: Reading, first: int, last: int, head: Token, depth: int) -> None:
        """The same surname with a first name or a title elsewhere in the report."""
        entity = self.a.entity_of.get(head.i)
        unread = out.entry is None and head.pos == "PROPN" and head.norm in self._mentions()
        if (entity is None or entity.label != "PERSON") and out.person is None and not unread:
            return
        if out.entry is not None and out.score >= 0.9 and out.sectors:
            return
        here = (entity.first, entity.last) if entity is not None else (head.i, head.i + 1)
        short = here[1] - here[0] == 1
        for other in self._mentions().get(self.a.tokens[here[1] - 1].norm, ()):
            if (
                other == here
                or other[0] <= head.i < other[1]
                or (not short and self._text(*other) != self._text(*here))
            ):
                continue
            more = self.read(*other, depth + 1) if short else self._phrase(*other, self.a.tokens[other[1] - 1])
            if short and other[1] - other[0] > 1:
                if out.person is None or out.score < 0.9:
                    _replace(out, more, f"named in full: {self._text(*other)}")
                return
            _fill(out, more, f"also named: {self._text(*self._bounds(*other, self.a.tokens[other[1] - 1]))}")

    def _in_full_elsewhere(self, out: Reading) -> None:
        """A surname is surer where the full name stands somewhere in the report."""
        if out.person and out.entry is not None and out.score < 0.85:
            if self._folded is None:
                self._folded = " ".join(w.key for w in words(self.a.report.text))
            if f" {key_of(out.person)} " in f" {self._folded} ":
                out.score = 0.9
                out.why.append("the report has the full name")

    def _mentions(self) -> dict[str, list[tuple[int, int]]]:
        """Last word → spans of the persons of that name (by their label, or an apposition), the longest first."""
        if self._names is None:
            self._names = {}
            for e in self.a.entities:
                if e.label == "PERSON":
                    self._names.setdefault(self.a.tokens[e.last - 1].norm, []).append((e.first, e.last))
            for p in self.a.phrases:
                beside = any(self.a.tokens[c].dep == "appos" for c in self.a.children[p.head])
                if beside and p.last - p.first > 1 and all(t.pos == "PROPN" for t in self.a.tokens[p.first : p.last]):
                    self._names.setdefault(self.a.tokens[p.last - 1].norm, []).append((p.first, p.last))
            for spans in self._names.values():
                spans.sort(key=lambda s: (s[0] - s[1], s[0]))
        return self._names

    def _possessor(self, out: Reading, head: Token, depth: int) -> None:
        """ "its army", "the country's parliament", "his government": the country of the possessor."""
        if out.country is not None or out.person:
            return
        for child in self.a.children[head.i]:
            token = self.a.tokens[child]
            if token.dep not in ("poss", "nmod:poss"):
                continue
            if token.lemma in ("country", "nation", "kingdom", "republic", "state") and self.main_country():
                self._take_main(out, "the country's")
            elif child in self.a.link_of or token.pos == "PROPN":
                phrase = self.a.phrase_of.get(child)
                more = self.read(*((phrase.first, phrase.last) if phrase else (child, child + 1)), depth + 1)
                if more.country:
                    out.country, out.score = more.country, max(out.score, 0.5) * 0.9
                    out.why.append(f"country of {token.text}")
            return

    def _shared_head(self, out: Reading, first: int, last: int, head: Token) -> None:
        """ "U.S." in "U.S. and Iraqi forces": the noun that both modify says what they are."""
        if out.sectors or out.country is None or head.dep not in (*_MODIFIER, "conj"):
            return
        top = head
        while top.dep == "conj" and top.head != top.i:
            top = self.a.tokens[top.head]
        governor = self.a.tokens[top.head]
        if top.dep in _MODIFIER and governor.pos in ("NOUN", "PROPN") and not first <= governor.i < last:
            role = self._reader(governor.text, governor)
            if role.sectors and role.entry is None:
                out.sectors, out.strength, out.entry = role.sectors, role.strength, None
                out.why.append(f"with “{governor.text}”")

    def _name_of_person(self, out: Reading, head: Token) -> None:
        """A person who is not known keeps the name that the report gives."""
        entity = self.a.entity_of.get(head.i)
        if (
            out.person
            or out.entry is not None
            or entity is None
            or entity.label != "PERSON"
            or head.i != entity.last - 1
        ):
            return
        name = self._text(entity.first, entity.last)
        if entity.last - entity.first >= 2 and name[:1].isupper() and not any(c in name for c in "\n,;:()"):
            out.person = name.removesuffix("'s").removesuffix("’s")
            out.score = max(out.score, 0.5)
            out.why.append("a name of the report")

    def _same_noun(self, out: Reading, head: Token) -> None:
        """ "the parliament" where the report has "Iraq's parliament" and no other country's."""
        if (
            out.country is not None
            or out.entry is not None
            or out.person
            or "domestic" not in out.traits
            or self._indefinite(head)
        ):
            return
        key = (head.lemma, out.sectors)  # "security forces" are not "American forces"
        if key not in self._countries:
            self._countries[key] = self._countries_of(*key)
        countries = self._countries[key]
        if len(countries) == 1:
            out.country, out.score = next(iter(countries)), 0.6
            out.why.append(f"the report's only {head.lemma}: {out.country}")

    def _countries_of(self, lemma: str, sectors: tuple[str, ...]) -> set[str]:
        """The countries whose parliament, police and so on (``lemma``, of the same sectors) the report names."""
        found: set[str] = set()
        for phrase in self.a.phrases:
            noun = self.a.tokens[phrase.head]
            if noun.lemma == lemma and noun.pos == "NOUN" and phrase.last - phrase.first > 1:
                near = Reader(words(self._text(phrase.first, phrase.last)), day=self.day).read()
                if near.country and near.role is not None and not near.person and near.sectors == sectors:
                    found.add(near.country)
        return found

    def _indefinite(self, head: Token) -> bool:
        near = [self.a.tokens[c] for c in self.a.children[head.i]]
        return any(t.dep == "nummod" or t.norm in _INDEFINITE for t in near)

    # ------------------------------------------------------------ the report's country

    def main_country(self) -> tuple[str, float] | None:
        """The country that the report is about and its share of the mentions of countries; None where unclear."""
        if isinstance(self._main, bool):
            self._main = self._count_countries()
        return self._main

    def _count_countries(self) -> tuple[str, float] | None:
        counts: Counter[str] = Counter()
        for e in self.a.entities:
            if e.label in ("GPE", "NORP") and (country := self._country_named(e)):
                counts[country] += 1
        if not counts:
            return None
        (country, n), total = counts.most_common(1)[0], counts.total()
        return (country, n / total) if n >= _LEAST_MENTIONS and n / total >= _LEAST_SHARE else None

    def scenes(self) -> list[tuple[int, str]]:
        """Sentence and country of each place in which the report says that something happens ("in Basra")."""
        if self._scenes is None:
            self._scenes = []
            for e in self.a.entities:
                if e.label not in ("GPE", "LOC", "FAC") or not self._tells_where(e):
                    continue
                if country := self._country_named(e) or self._country_of_town(e):
                    self._scenes.append((self.a.tokens[e.first].sentence, country))
        return self._scenes

    def _scene(self, sentence: int) -> str | None:
        """The country of the last place up to a sentence; the only one of the sentence where it names one."""
        own = {country for at, country in self.scenes() if at == sentence}
        if own:
            return own.pop() if len(own) == 1 else None
        return next((c for at, c in reversed(self.scenes()) if sentence - _BACK <= at < sentence), None)

    def _country_named(self, e: Entity) -> str | None:
        for entry in knowledge().names.entries(self.a.report.text[e.start : e.end])[:1]:
            if entry.kind in ("country", "demonym", "capital", "region"):
                return entry.country
        return None

    def _country_of_town(self, e: Entity) -> str | None:
        found = country_of_city(self.a.report.text[e.start : e.end])
        return found[0] if found else None

    def _tells_where(self, e: Entity) -> bool:
        """ "in Baghdad", and a town before the first words of a report ("Baghdad: …")."""
        head = self.head(e.first, e.last)
        above = self.a.tokens[head.head]
        if head.dep == "pobj" and above.norm in _WHERE:
            return True
        after = self.a.tokens[e.last : e.last + 1]
        return e.first == 0 and any(t.norm in (":", "-", "–", "—", "(") for t in after)

    def _country_of_report(self, out: Reading, head: Token) -> None:
        if out.country is not None or out.entry is not None or out.person or "domestic" not in out.traits:
            return
        if out.sectors and out.sectors[0] in _STATE and not self._indefinite(head):
            if out.sectors[0] not in _LOCAL:
                self._take_main(out, "the report is about")
            elif scene := self._scene(head.sentence):
                out.country, out.score = scene, _SCENE_SCORE
                out.why.append(f"the last place is in {scene}")
            elif (main := self.main_country()) and any(country == main[0] for _, country in self.scenes()):
                self._take_main(out, "the report is about")

    def _take_main(self, out: Reading, why: str) -> None:
        if main := self.main_country():
            country, share = main
            out.country, out.score = country, round(_REPORT_SCORE * (0.5 + share / 2) + 0.05, 2)
            out.why.append(f"{why} {country}")


def _fill(out: Reading, more: Reading, why: str) -> None:
    """Take from ``more`` what ``out`` lacks."""
    if more.empty:
        return
    before = (out.country, out.sectors)
    if out.country is None and more.country:
        out.country = more.country
        out.score = max(out.score, 0.9 * more.score)
    if out.strength <= 1 and more.strength >= out.strength and more.sectors and out.country in (None, more.country):
        out.sectors, out.strength = more.sectors, more.strength
    if out.entry is None and not out.person and more.entry is not None and out.strength <= 1:
        out.entry, out.person = more.entry, more.person
    if before != (out.country, out.sectors):
        out.why.append(f"{why}: {'; '.join(more.why[:1])}")


def _replace(out: Reading, more: Reading, why: str) -> None:
    if more.empty and not more.person:
        return
    out.country, out.sectors, out.strength = more.country, more.sectors, more.strength
    out.entry, out.person, out.score, out.traits = more.entry, more.person, 0.95 * more.score, more.traits
    out.several = more.several
    out.why = [*more.why, why]


def _by_link(linked: Reading, own: Reading) -> Reading:
    """What the fuller mention says; the sectors of the short one where the fuller one gives none."""
    out = replace(linked, why=[*linked.why, "linked mention"], score=0.9 * linked.score)
    if not out.sectors and own.sectors:
        out.sectors, out.strength = own.sectors, own.strength
    if out.country is None and own.country:
        out.country = own.country
    return out


def place_key(text: str) -> bool:
    """True if ``text`` names a country, a people, a region or a capital."""
    entries = knowledge().names.entries(fold(text)) if text else ()
    return bool(entries) and entries[0].kind in ("country", "demonym", "capital", "region", "organisation")
