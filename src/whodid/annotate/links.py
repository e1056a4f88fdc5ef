"""Who "Sadr", "the cleric" or "he" is, where that is safe.

Four steps, each on those before: short names and acronyms (:mod:`.linking.names`), definite descriptions
(:mod:`.linking.descriptions`), third-person pronouns outside quotations (:mod:`.linking.pronouns`), "I" and "we" inside
them (:mod:`.linking.first_person`). Where two antecedents fit and the grammar singles none out, there is no link.
"""

from __future__ import annotations

from collections.abc import Iterator

from whodid.annotate.linking.descriptions import description_links
from whodid.annotate.linking.first_person import first_person_links
from whodid.annotate.linking.mentions import mentions
from whodid.annotate.linking.names import name_links
from whodid.annotate.linking.pronouns import pronoun_links
from whodid.records import Annotated, Link


def links(annotated: Annotated) -> Iterator[Link]:
    """Links of mentions to the fuller one; no two of them for the same words."""
    seen: set[tuple[int, int]] = set()
    for link in _all(annotated):
        if (link.first, link.last) not in seen:
            seen.add((link.first, link.last))
            yield link


def _all(a: Annotated) -> Iterator[Link]:
    names = list(name_links(a))
    yield from names
    found = mentions(a, {(link.first, link.last): (link.to_first, link.to_last) for link in names})
    yield from description_links(a, found)
    yield from pronoun_links(a, found)
    yield from first_person_links(a, found)
