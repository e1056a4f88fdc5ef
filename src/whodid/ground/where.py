"""Where an event happened: the place names of a report, and the one that the words tie to a predicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whodid.ground.places import Gazetteer, Place, gazetteer
from whodid.ground.places.attach import Reach, attached
from whodid.ground.places.knowledge import knowledge
from whodid.ground.places.recognise import recognise
from whodid.ground.places.resolve import resolve
from whodid.records import Annotated, Mention, Where

__all__ = ["Place", "Toponym", "locate", "toponyms", "where"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name: tokens ``first`` to ``last`` and characters ``start`` to ``end`` (half-open), its words, and the
    place that it stands for in this report, None where the gazetteer has none of that name."""

    first: int
    last: int
    start: int
    end: int
    text: str
    place: Place | None


def toponyms(annotated: Annotated, places: Gazetteer | None = None) -> tuple[Toponym, ...]:
    """The place names of a report in order, resolved together, one sense a name; also where a name stands for a
    government ("Washington said"). Adjectives and peoples ("Iraqi") are no place names.

    ``places`` is by default the gazetteer of GeoNames data, whose file is written at the first call on a machine.
    """
    places = places or gazetteer()
    spans = recognise(annotated, places)
    found = []
    for span, place in zip(spans, resolve(annotated, spans, places), strict=True):
        quote = annotated.quote(span.first, span.last)
        found.append(Toponym(span.first, span.last, quote.start, quote.end, quote.text, place))
    return tuple(found)


def locate(annotated: Annotated, head: int, names: Sequence[Toponym], *, reach: Reach = "clause") -> list[Toponym]:
    """The toponyms that the parse ties, as places, to the predicate at token ``head``: one, or several in coordination.

    ``reach`` says how far to look, see :func:`whodid.ground.places.attach.attached`.
    """
    at = {i: name for name in names for i in range(name.first, name.last)}
    out: list[Toponym] = []
    for i in attached(annotated, head, frozenset(at), reach=reach):
        if at[i] not in out:
            out.append(at[i])
    return out


def where(annotated: Annotated, mention: Mention, names: Sequence[Toponym]) -> Where | None:
    """The place of the event that ``mention`` tells of, None where the words do not tie one to it plainly.

    Of several in coordination the smallest counts if the others hold it, else the first. The quote takes in the noun of
    a building or a surface behind the name ("Baghdad international airport"); the place is then still that of the name,
    with its radius: where in it the airport lies, is not known.
    """
    spoken = mention.type in knowledge("words")["spoken_types"]
    names = [name for name in names if not _sends_mission(annotated, name)]
    found = locate(annotated, mention.head, names, reach="self" if spoken else "event")
    if not found:
        return None
    name = _smallest(found)
    place = name.place
    quote = annotated.quote(name.first, _end_of_phrase(annotated, name))
    if place is None:
        return Where(text=quote.text, start=quote.start, end=quote.end)
    return Where(
        text=quote.text, start=quote.start, end=quote.end, name=place.name, country=place.country,
        geonameid=place.geonameid, latitude=place.latitude, longitude=place.longitude, radius_km=place.radius_km,
    )  # fmt: skip


def _sends_mission(a: Annotated, name: Toponym) -> bool:
    """True for the country before an embassy ("the U.S. embassy"), which says whose it is: it lies in another one."""
    noun = a.tokens[a.tokens[name.last - 1].head]
    in_front = noun.i >= name.last and a.tokens[name.last - 1].dep in ("compound", "nmod", "amod", "poss")
    abroad = noun.lemma.lower() in knowledge("words")["mission_nouns"]
    return in_front and abroad and name.place is not None and name.place.kind == "country"


def _smallest(found: list[Toponym]) -> Toponym:
    best = found[0]
    for name in found[1:]:
        if best.place and name.place and best.place.holds(name.place):
            best = name
    return best


def _end_of_phrase(annotated: Annotated, name: Toponym) -> int:
    """The token behind the feature noun that ``name`` modifies, behind the name itself where there is none."""
    head = annotated.tokens[name.last - 1].head
    noun = annotated.tokens[head]
    modifies = name.last <= head <= name.last + 3 and annotated.tokens[name.last - 1].dep in (
        "compound",
        "nmod",
        "amod",
    )
    return head + 1 if modifies and noun.lemma.lower() in knowledge("words")["feature_nouns"] else name.last
