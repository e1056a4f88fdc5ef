"""What the words of one report say about two of its claims telling of one happening: "the attack" points back to one
that was told of, "killed in a raid" is a raid, "another raid" is none that was told of before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from whodid.fuse.words import load_yaml, stems, tokens, word_lists
from whodid.records import Claim

Form = Literal["", "bare", "definite", "one", "new"]
"""How the words name the happening: "the attack" (bare), "the attack on the base" (definite), "an attack" (one),
"another attack" or "killed another seven" (new), or in another way, as verbs do."""

_BEFORE, _BETWEEN = 60, 90
"""Characters that are looked at before an event word, and between two."""

_NEAR = 600
"""Characters within which "the attack" points rather to "attacked" than to "fired"."""

_HARM = frozenset({"killing", "injury"})


@dataclass(frozen=True, slots=True)
class Pointing:
    """Of one claim: its ``form``; the claims ``tied`` to it by the grammar of their sentence; the claim before it that
    its noun points back to, "" for none; the claims that the words say to have come before or after it (told of one of
    the two)."""

    form: Form
    tied: tuple[str, ...] = ()
    antecedent: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: frozenset[str]
    general: frozenset[str]
    several: frozenset[str]
    definite: re.Pattern[str]
    one: re.Pattern[str]
    new: frozenset[str]
    specified: re.Pattern[str]
    circumstance: re.Pattern[str]
    consequence: re.Pattern[str]
    blow: re.Pattern[str]
    equal: re.Pattern[str]
    breaks: re.Pattern[str]


def form_of(claim: Claim) -> Form:
    """How the words of a claim name its happening."""
    words, sentence = _words(), claim.sentence.text
    start, end = claim.trigger.start - claim.sentence.start, claim.trigger.end - claim.sentence.start
    last = tokens(claim.trigger.text)[-1:]
    if not last or last[0].lower() not in words.nouns:
        others = any(words.new & {w.lower() for w in tokens(party.text)[:2]} for party in claim.recipients)
        return "new" if others else ""
    before = sentence[max(0, start - _BEFORE) : end - len(last[0])]
    found = words.definite.search(before) or words.one.search(before)
    if found is None:
        return ""
    if words.new & {word.lower() for word in tokens(found[0])}:
        return "new"
    if found.re is words.one:
        return "one"
    return "definite" if words.specified.match(sentence[end:]) else "bare"


def pointings(claims: Sequence[Claim], apart: Collection[frozenset[str]]) -> dict[str, Pointing]:
    """Claim id → what the words of its report say of it. claims: all of one report. apart: pairs of which the words say
    that one came after the other, or from it."""
    ordered = sorted(claims, key=lambda c: (c.trigger.start, c.id))
    kinds = {c.id: _kind(c) for c in ordered}
    tied: dict[str, list[str]] = {c.id: [] for c in ordered}
    for one, other in pairwise(ordered):
        together = one.sentence.start == other.sentence.start and frozenset((one.id, other.id)) not in apart
        if together and _one_happening(one, other, kinds):
            tied[one.id].append(other.id)
            tied[other.id].append(one.id)
    after: dict[str, list[str]] = defaultdict(list)
    for pair in apart:
        first, *others = sorted(pair)
        after[first] += others
    out: dict[str, Pointing] = {}
    for n, claim in enumerate(ordered):
        form = form_of(claim)
        found = _antecedent(claim, ordered[:n], kinds, tied, apart) if form == "bare" else ""
        out[claim.id] = Pointing(form, tuple(tied[claim.id]), found, tuple(sorted(after[claim.id])))
    return out


@dataclass(frozen=True, slots=True)
class _Kind:
    """families: of the event word; akin: families that tell of another side of the same; general: a noun such as "the
    incident", which may stand for any."""

    families: frozenset[str]
    akin: frozenset[str]
    general: bool


def _kind(claim: Claim) -> _Kind:
    lists, words = word_lists(), stems(claim.trigger.text)
    families = frozenset(lists.families[w] for w in words if w in lists.families)
    last = tokens(claim.trigger.text)[-1:]
    general = bool(last) and last[0].lower() in _words().general
    return _Kind(families, frozenset(k for f in families for k in lists.family_kin.get(f, ())), general)


def _alike(a: _Kind, b: _Kind) -> bool:
    return bool(a.families & b.families or a.akin & b.families)


def _one_happening(a: Claim, b: Claim, kinds: dict[str, _Kind]) -> bool:
    """True if the words between two event words of a sentence, ``a`` first, make one happening of them."""
    first, second = kinds[a.id], kinds[b.id]
    if a.status != b.status or not _alike(first, second):
        return False
    words, text, at = _words(), a.sentence.text, a.sentence.start
    between = text[a.trigger.end - at : b.trigger.start - at]
    if len(between) > _BETWEEN:
        return False
    if words.equal.fullmatch(between):
        return True
    if words.circumstance.search(between) and _is_noun(b):
        return True
    if words.blow.search(between):
        return bool(first.families & _HARM) and not second.families & _HARM
    harm = bool(second.families & _HARM) and not first.families & _HARM
    if harm and words.consequence.search(between):
        return True
    return harm and _is_noun(a) and not words.breaks.search(between)


def _is_noun(claim: Claim) -> bool:
    last = tokens(claim.trigger.text)[-1:]
    return bool(last) and last[0].lower() in _words().nouns


def _antecedent(
    claim: Claim,
    before: Sequence[Claim],
    kinds: dict[str, _Kind],
    tied: dict[str, list[str]],
    apart: Collection[frozenset[str]],
) -> str:
    """The last claim before that "the attack" may point to; one whose sentence has the noun's own modifiers comes
    first ("the missile attack"), then one near it that is told by the noun's own word."""
    mine = kinds[claim.id]
    found = [
        c
        for c in before
        if c.status == claim.status
        and (_alike(mine, kinds[c.id]) or (mine.general and claim.type == c.type))
        and frozenset((c.id, claim.id)) not in apart
        and (_is_several(c) or not _is_several(claim))
    ]
    if not found:
        return ""
    wanted, own = _modifiers(claim), set(stems(claim.trigger.text))
    told = [c for c in found if wanted & set(stems(c.sentence.text))]
    near = [c for c in found if claim.trigger.start - c.trigger.start <= _NEAR and own & set(stems(c.trigger.text))]
    return (told or near or found)[-1].id


def _is_several(claim: Claim) -> bool:
    """ "the attacks": more than one, which no single attack before it is."""
    last = tokens(claim.trigger.text)[-1].lower()
    return last in _words().several


def _modifiers(claim: Claim) -> set[str]:
    """Stems of the words between the article and the noun."""
    words, sentence = _words(), claim.sentence.text
    start, end = claim.trigger.start - claim.sentence.start, claim.trigger.end - claim.sentence.start
    last = tokens(claim.trigger.text)[-1]
    found = words.definite.search(sentence[max(0, start - _BEFORE) : end - len(last)])
    return set(stems(found[2])) if found else set()


@cache
def _words() -> _Words:
    data = load_yaml("pointing.yaml")

    def any_of(name: str) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in data[name])

    closed = "|".join(any_of(name) for name in ("definite", "one", "circumstance", "specified", "breaks"))
    few = rf"((?:(?!(?:{closed})\s)[\w’'.&-]+\s+){{0,3}})$"
    return _Words(
        nouns=frozenset(data["nouns"].split()),
        general=frozenset(data["general"].split()),
        several=frozenset(data["several"].split()),
        definite=re.compile(rf"(?:^|(?<=\W))({any_of('definite')})\s+{few}", re.IGNORECASE),
        one=re.compile(rf"(?:^|(?<=\W))({any_of('one')})\s+{few}", re.IGNORECASE),
        new=frozenset(data["new"]),
        specified=re.compile(rf"\s+(?:{any_of('specified')})\b", re.IGNORECASE),
        circumstance=re.compile(rf"(?:^|[\s,])(?:{any_of('circumstance')})\s+(?:[\w’'.&-]+\s+){{0,4}}$", re.IGNORECASE),
        consequence=re.compile(
            r",\s*$|,\s*(?:leaving|with)\s[^,;:]*$|\b(?:in|during)\s+which\s[^,;:]*$|\b(?:that|which)\s+(?:\w+\s+){0,2}$",
            re.IGNORECASE,
        ),
        blow=re.compile(r"\b(?:when|as)\s[^,;:]*$", re.IGNORECASE),
        equal=re.compile(rf"\s+(?:{any_of('equal')})\s+(?:[\w’'.&-]+\s+){{0,3}}", re.IGNORECASE),
        breaks=re.compile(rf"[,;:—–()“”\"]|\s-\s|\b(?:{any_of('breaks')})\b", re.IGNORECASE),
    )
