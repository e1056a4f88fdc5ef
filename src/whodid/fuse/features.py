"""What fusion looks at of a claim: flat, cheap to make, to compare and to keep as the columns of a table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

from whodid.fuse.pointing import form_of
from whodid.fuse.words import fold, names, stems, tokens, word_lists
from whodid.records import Actor, Claim

CountName = Literal["killed", "injured", "arrested", "crowd"]

COUNTED: tuple[CountName, ...] = ("killed", "injured", "arrested", "crowd")
"""The counts of a claim in the order of :attr:`Features.counts`."""

NONE = -1
"""Stands for a number that is not given or a range that is open."""

_WORDS = 32
_NAMES = 8
_PARTIES = 8


@dataclass(frozen=True, slots=True)
class Features:
    """One claim as fusion sees it. Strings, whole numbers, floats, and tuples of the first two; nothing nested.

    published, first, last: days as proleptic ordinals (``date.toordinal``), None where not known. precision: of the
    time, "" without one. actors, recipients: one key each: an id (``person:…``, ``org:…``, ``USA``, ``USA-MIL``) or,
    where none is known, ``~`` and the folded words; participants that tell nobody ("they") are left out. The
    countries and sectors stand in the same order, "" where not known. place: GeoNames id or folded words, "" without.
    start, sentence_start: offsets of the trigger and of its sentence. trigger, words, content: stems of the trigger, of
    the sentence (the first 32) and of what a speech act is about. names: capitalised words of the sentence, folded.
    counts: low and high of each of :data:`COUNTED`, -1 for none or open. sentence: digest of the folded sentence, by
    which copies know each other. speaker: key of who says so, "" for the outlet. local: id of the first claim of the
    report that tells of the same event. headline: in the report's headline. form, tied, antecedent, after: what
    the words of the report say of the claim (:class:`whodid.fuse.pointing.Pointing`). story, setting: names and
    countries that the report's claims speak of most.

    Which reports are copies of one another is no part of this: it changes as reports arrive, and what is decided of two
    claims must not.
    """

    claim: str
    report: str
    publisher: str
    published: int | None
    ontology: str
    type: str
    mode: str
    status: str
    historical: bool
    actors: tuple[str, ...]
    actor_countries: tuple[str, ...]
    actor_sectors: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    recipient_sectors: tuple[str, ...]
    first: int | None
    last: int | None
    precision: str
    place: str
    place_country: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    start: int
    sentence_start: int
    sentence: str
    trigger: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    content_type: str
    content: tuple[str, ...]
    counts: tuple[int, ...]
    speaker: str
    local: str
    headline: bool
    form: str
    tied: tuple[str, ...]
    antecedent: str
    after: tuple[str, ...]
    story: tuple[str, ...]
    setting: tuple[str, ...]

    @property
    def day(self) -> tuple[int, str]:
        """What claims of one event are ordered by: the first published, then by id; an unknown day comes last."""
        return (self.published if self.published is not None else _LAST_DAY, self.claim)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a table, whose lists become tuples. Raises KeyError for a column that is missing."""
        return cls(**{f.name: _tupled(row[f.name]) for f in fields(cls)})


_LAST_DAY = 10_000_000


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def features(claim: Claim) -> Features:
    """What fusion looks at of this claim taken alone; :func:`whodid.fuse.features_of` adds what the rest of its report
    tells of the same event."""
    actors, recipients = _parties(claim.actors), _parties(claim.recipients)
    when, where, speaker = claim.when, claim.where, claim.said_by.speaker
    return Features(
        claim=claim.id,
        report=claim.report.id,
        publisher=claim.report.publisher or "",
        published=claim.report.published.toordinal() if claim.report.published else None,
        ontology=claim.ontology,
        type=claim.type,
        mode=claim.mode or "",
        status=claim.status,
        historical=claim.historical,
        actors=tuple(map(party_key, actors)),
        actor_countries=tuple(a.country or "" for a in actors),
        actor_sectors=tuple(a.sectors[0] if a.sectors else "" for a in actors),
        recipients=tuple(map(party_key, recipients)),
        recipient_countries=tuple(a.country or "" for a in recipients),
        recipient_sectors=tuple(a.sectors[0] if a.sectors else "" for a in recipients),
        first=when.first.toordinal() if when else None,
        last=when.last.toordinal() if when else None,
        precision=when.precision if when else "",
        place=(str(where.geonameid) if where.geonameid is not None else fold(where.text)) if where else "",
        place_country=(where.country or "") if where else "",
        latitude=where.latitude if where else None,
        longitude=where.longitude if where else None,
        radius_km=where.radius_km if where else None,
        start=claim.trigger.start,
        sentence_start=claim.sentence.start,
        sentence=sentence_key(claim.sentence.text),
        trigger=stems(claim.trigger.text),
        words=stems(claim.sentence.text)[:_WORDS],
        names=names(claim.sentence.text)[:_NAMES],
        content_type=(claim.content.type or "") if claim.content else "",
        content=stems(claim.content.text)[:_WORDS] if claim.content else (),
        counts=_counts(claim),
        speaker=(speaker.id or "~" + fold(speaker.name or speaker.text)) if speaker else "",
        local=claim.id,
        headline=_in_headline(claim),
        form=form_of(claim),
        tied=(),
        antecedent="",
        after=(),
        story=(),
        setting=(),
    )


def _in_headline(claim: Claim) -> bool:
    """True for a sentence of the title, and for a first line that ends like one."""
    title, sentence = claim.report.title or "", claim.sentence
    return (bool(title) and sentence.text in title) or (sentence.start == 0 and not _ENDS.search(sentence.text))


_ENDS = re.compile(r"[.!?:]\W*$")


def _parties(actors: Sequence[Actor]) -> list[Actor]:
    return [a for a in actors if a.id is not None or party_key(a) != "~"][:_PARTIES]


def party_key(actor: Actor) -> str:
    """The id of a participant, or ``~`` and its folded words without the empty ones; ``~`` alone tells nobody."""
    if actor.id is not None:
        return actor.id
    lists = word_lists()
    words = (fold(word) for word in tokens(actor.name or actor.text))
    return "~" + " ".join(w for w in words if w not in lists.empty and w not in lists.nobody)


def sentence_key(text: str) -> str:
    """Digest of the folded words of a sentence: 16 hexadecimal digits."""
    words = " ".join(fold(word) for word in tokens(text))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


def _counts(claim: Claim) -> tuple[int, ...]:
    """The last of several counts of one thing is the one that the sentence comes to ("not seven but ten")."""
    given = {count.what: count for count in claim.counts}
    out: list[int] = []
    for what in COUNTED:
        count = given.get(what)
        out += (NONE, NONE) if count is None else (_number(count.low), _number(count.high))
    return tuple(out)


def _number(value: int | None) -> int:
    return NONE if value is None else min(value, 2**31 - 1)
