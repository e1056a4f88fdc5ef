"""Ties between claims of different events: what the words of a report say ("in response to", "following"), what a
threat or demand is about, and what was planned or denied before.

A tie joins claims, not events, and depends on its claims alone; :func:`links_of` reads off it the links of an event as
the claims are grouped now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from whodid.fuse.words import load_yaml
from whodid.records import Claim, EventLink, LinkKind, Quote

_NEAR = 60
"""Characters at most between a connector and the event word that it governs."""

_OPENING = 24
"""Characters from the start of a sentence within which a connector opens it ("Two days after …")."""


@dataclass(frozen=True, slots=True)
class Tie:
    """The claim ``claim`` has a link of this kind to the claim ``other``; with the words that say so, in the report of
    ``claim``, where words do."""

    kind: LinkKind
    claim: str
    other: str
    report_id: str | None = None
    quote: Quote | None = None


def stated(claims: Iterable[Claim]) -> list[Tie]:
    """The ties that the words of one report state between its claims. Raises nothing; other reports' claims have to be
    given apart."""
    ordered = sorted(claims, key=lambda c: (c.sentence.start, c.trigger.start, c.id))
    found: list[Tie] = []
    before: list[Claim] = []
    for _, group in groupby(ordered, key=lambda c: c.sentence.start):
        here = list(group)
        found += _within(here)
        found += _from_before(here, before)
        found += _foretold(here)
        before = here
    return list(dict.fromkeys(found))


def links_of(claims: Iterable[str], ties: Iterable[Tie], events: Mapping[str, str]) -> tuple[EventLink, ...]:
    """The links of the event of these claims.

    ties: those of its claims, at least. events: claim id → id of its event now; a tie to a claim that is not in it is
    left out. Of several ties of one kind to one event the first with words is kept, by claim id.
    """
    own = set(claims)
    best: dict[tuple[str, str], EventLink] = {}
    for tie in sorted(ties, key=lambda t: (t.quote is None, t.claim, t.other, t.kind)):
        event = events.get(tie.other)
        if tie.claim in own and tie.other not in own and event is not None:
            link = EventLink(kind=tie.kind, event=event, claim=tie.claim, report_id=tie.report_id, quote=tie.quote)
            best.setdefault((tie.kind, event), link)
    return tuple(best[key] for key in sorted(best))


# ---------------------------------------------------------------- within a sentence


@dataclass(frozen=True, slots=True)
class _Connector:
    kind: LinkKind
    start: int
    end: int
    forward: bool


def _within(here: Sequence[Claim]) -> Iterator[Tie]:
    """Ties between the claims of one sentence."""
    if len(here) < 2:
        return
    sentence = here[0].sentence
    for word in _connectors(sentence.text):
        governed = _after(here, sentence.start + word.end)
        if governed is None:
            continue
        other = _main(here, governed, sentence, word)
        if other is None or other is governed:
            continue
        holder, target = (other, governed) if word.forward else (governed, other)
        end = governed.trigger.end - sentence.start
        yield Tie(word.kind, holder.id, target.id, holder.report.id, _quote(sentence, word.start, max(end, word.end)))


def _connectors(text: str) -> Iterator[_Connector]:
    for pattern, table, forward in _patterns():
        for match in pattern.finditer(text):
            words = " ".join(match[0].lower().split())
            yield _Connector(table[words], match.start(), match.end(), forward)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, LinkKind], bool], ...]:
    data = load_yaml("connectors.yaml")
    out = []
    for name, forward in (("to_what_comes", True), ("from_what_comes", False)):
        table = {phrase: kind for kind, phrases in data[name].items() for phrase in phrases}
        out.append((_any_of(table), table, forward))
    return tuple(out)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(p.replace(" ", r"\s+") for p in longest_first) + r")\b", re.IGNORECASE)


def _after(here: Sequence[Claim], at: int) -> Claim | None:
    """The first claim whose event word starts after a connector, near it and in the same clause."""
    for claim in here:
        if claim.trigger.start >= at:
            gap = claim.trigger.start - at
            between = claim.sentence.text[at - claim.sentence.start : claim.trigger.start - claim.sentence.start]
            return claim if gap <= _NEAR and not re.search(r"[;:,]", between) else None
    return None


def _main(here: Sequence[Claim], governed: Claim, sentence: Quote, word: _Connector) -> Claim | None:
    """The claim that the connector ties the governed one to: the one before it or, where the connector opens the
    sentence, the first one after the comma."""
    start = sentence.start + word.start
    if earlier := [c for c in here if c.trigger.end <= start]:
        return earlier[-1]
    if word.start > _OPENING or not word.forward:
        return None
    comma = sentence.text.find(",", governed.trigger.end - sentence.start)
    if comma < 0:
        return None
    return next((c for c in here if c.trigger.start > sentence.start + comma), None)


def _quote(sentence: Quote, start: int, end: int) -> Quote:
    return Quote(text=sentence.text[start:end], start=sentence.start + start, end=sentence.start + end)


# ---------------------------------------------------------------- to the sentence before


def _from_before(here: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Tie]:
    """ "In response, …" ties the first claim of a sentence to the main one of the sentence before it."""
    if not before or not here:
        return
    sentence = here[0].sentence
    pattern, table = _openings()
    match = pattern.match(sentence.text)
    if match is None:
        return
    words = " ".join(match[1].lower().split())
    main = _main_of(before)
    yield Tie(table[words], here[0].id, main.id, here[0].report.id, _quote(sentence, match.start(1), match.end(1)))


@cache
def _openings() -> tuple[re.Pattern[str], dict[str, LinkKind]]:
    data = load_yaml("connectors.yaml")["openings"]
    table = {phrase: kind for kind, phrases in data.items() for phrase in phrases}
    longest_first = sorted(table, key=lambda p: (-len(p), p))
    phrases = "|".join(p.replace(" ", r"\s+") for p in longest_first)
    return re.compile(rf"\W*({phrases})(?=\s*,|\s+(?:the|he|she|they|[A-Z]))", re.IGNORECASE), table


def _main_of(sentence: Sequence[Claim]) -> Claim:
    """The first claim that no opening connector ("Following the vote, …") puts into the background."""
    behind = {tie.other for tie in _within(sentence) if tie.kind == "follows"}
    return next((c for c in sentence if c.id not in behind), sentence[0])


# ---------------------------------------------------------------- what a threat, a demand or a promise is about


def _foretold(here: Sequence[Claim]) -> Iterator[Tie]:
    """A planned or feared event is foretold by the speech act whose content its words stand in."""
    for speech in here:
        content = speech.content
        if content is None:
            continue
        for claim in here:
            inside = content.start <= claim.trigger.start and claim.trigger.end <= content.end
            if inside and claim is not speech and claim.status in {"future", "hypothetical"}:
                quote = Quote(text=content.text, start=content.start, end=content.end)
                yield Tie("foretold_by", claim.id, speech.id, speech.report.id, quote)
