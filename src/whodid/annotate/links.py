"""Who "Sadr", "the cleric" or "he" is, where that is safe.

Three steps, each on the one before: short names and acronyms (:mod:`.linking.names`), definite descriptions
(:mod:`.linking.descriptions`), third-person pronouns outside quotations (:mod:`.linking.pronouns`). Where two
antecedents fit and the grammar does not single one out, there is no link.
"""

from __future__ import annotations

from collections.abc import Iterator

from whodid.annotate.linking.descriptions import description_links
from whodid.annotate.linking.mentions import mentions
from whodid.annotate.linking.names import name_links
from whodid.annotate.linking.pronouns import pronoun_links
from whodid.records import Annotated, Link


def links(annotated: Annotated) -> Iterator[Link]:
    """Links of later mentions to the fuller one; no two of them for the same words."""
    names = list(name_links(annotated))
    yield from names
    found = mentions(annotated, {(link.first, link.last): (link.to_first, link.to_last) for link in names})
    yield from description_links(annotated, found)
    yield from pronoun_links(annotated, found)
