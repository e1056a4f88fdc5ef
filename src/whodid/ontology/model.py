"""What an ontology holds, as frozen records, and the questions that the stages ask it.

A record here may still contradict another one (an unknown mode in the CAMEO table, a type without definition): an
ontology that somebody is writing loads, and :func:`whodid.ontology.check` lists what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from whodid.errors import UsageError

AuxiliaryStatus = Literal["future", "hypothetical", "negated"]

_INNER_MARK = re.compile(r"(?<=[a-z])-(?=[a-z])|(?<=[a-z])'s\b", re.IGNORECASE)


class Part(BaseModel):
    """Base of the parts: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Mode(Part):
    """How an event of one type is done. ``scale`` is None where the ontology prints no score for the mode."""

    code: str
    scale: float | None = Field(default=None, ge=-10, le=10)
    definition: str = ""
    examples: tuple[str, ...] = ()


class EventType(Part):
    """What is done. ``scale`` runs from -10 (conflict) to 10 (cooperation); ``modes`` may be empty."""

    code: str
    name: str
    quad: int
    scale: float = Field(ge=-10, le=10)
    recipient_required: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()
    modes: Mapping[str, Mode] = Field(default_factory=dict)


class Context(Part):
    """What an event is about.

    A cue is lower-case words with a space between; each word stands for a token whose lemma or lower-cased form it is.
    Hyphens and ``'s`` are tokens of their own, as English parsers cut them: ``pro-army`` is kept as ``pro - army``.
    """

    code: str
    definition: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @field_validator("cues")
    @classmethod
    def _cut(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(" ".join(_INNER_MARK.sub(r" \g<0> ", cue).split()) for cue in cues)


class Sector(Part):
    """What kind of body an actor belongs to. The examples are phrases that name such actors."""

    code: str
    name: str
    frequent: bool = False
    definition: str = ""
    examples: tuple[str, ...] = ()


class Recode(Part):
    """An event of one of ``types`` with this ``status`` is of type ``to``, mode ``mode`` instead; the status stays."""

    status: AuxiliaryStatus
    types: tuple[str, ...]
    to: str
    mode: str | None = None


class Reading(Part):
    """A place where the published ontology contradicts itself, and how it is read here."""

    about: str
    conflict: str
    reading: str


class Coding(Part):
    """A type with its mode and contexts, as another code translates to it."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()


class CameoCode(Part):
    """A CAMEO code. ``goldstein`` is None where no value is published; ``coding`` is None where the ontology has no
    such event (statements and appeals). ``back`` is False for a code that is never given back, as the ontology cannot
    tell it from a broader one."""

    code: str
    label: str
    goldstein: float | None = Field(default=None, ge=-10, le=10)
    coding: Coding | None = None
    back: bool = True
    note: str = ""


class CameoRule(Part):
    """Events of this type, mode (None: any) and at least these contexts are ``code`` in CAMEO."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    code: str


class Cameo(Part):
    """The CAMEO table: from its codes to the ontology, and rules for the way back that the codes alone do not give."""

    source: str = ""
    codes: Mapping[str, CameoCode] = Field(default_factory=dict)
    back: tuple[CameoRule, ...] = ()


class Take(Part):
    """Events coded with this type, mode (None: any) and at least these contexts are ``to`` with mode ``to_mode``."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    to: str
    to_mode: str | None = None


class Coded(Part):
    """How an ontology that the coder does not know gets its events: from another one, by rules.

    Types and modes in the rules' conditions are those of ``ontology``, contexts are the own ones.
    """

    ontology: str
    take: tuple[Take, ...] = ()


class Ontology(Part):
    """Types, modes, contexts and sectors, the rules between them and the way to and from CAMEO codes."""

    name: str
    title: str = ""
    source: str = ""
    licence: str = ""
    quads: Mapping[int, str]
    auxiliary: Mapping[str, str] = Field(default_factory=dict)
    types: Mapping[str, EventType]
    contexts: Mapping[str, Context] = Field(default_factory=dict)
    sectors: Mapping[str, Sector] = Field(default_factory=dict)
    countries: Mapping[str, str] = Field(default_factory=dict)
    recodes: tuple[Recode, ...] = ()
    readings: tuple[Reading, ...] = ()
    cameo_table: Cameo = Field(default_factory=Cameo)
    coded: Coded | None = None

    def type(self, code: str) -> EventType:
        """The type ``code``. Raises UsageError with the nearest codes where there is none."""
        try:
            return self.types[code]
        except KeyError:
            raise UsageError(unknown("type", code, self.types, of=self.name)) from None

    def mode(self, type: str, mode: str) -> Mode:
        """The mode ``mode`` of ``type``. Raises UsageError where there is none."""
        modes = self.type(type).modes
        if mode not in modes:
            raise UsageError(unknown(f"mode of {type}", mode, modes, of=self.name))
        return modes[mode]

    def quad(self, type: str) -> int:
        """The quad class of a type: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
        return self.type(type).quad

    def scale(self, type: str, mode: str | None = None) -> float:
        """The score of the mode, or of the type where the mode has none; from -10 (conflict) to 10 (cooperation)."""
        score = self.mode(type, mode).scale if mode is not None else None
        return self.type(type).scale if score is None else score

    def recode_rule(self, type: str, status: str) -> Recode | None:
        """The rule that makes another type of an event of ``type`` with ``status``, or None."""
        self.type(type)
        return next((rule for rule in self.recodes if rule.status == status and type in rule.types), None)

    def recode(self, type: str, status: str) -> str:
        """The type of an event of ``type`` with ``status``: another one where a rule says so, else ``type`` itself."""
        rule = self.recode_rule(type, status)
        return rule.to if rule else type

    def cameo(self, type: str, mode: str | None = None, contexts: Iterable[str] = ()) -> str | None:
        """The CAMEO code that says most of a coding, or None where the table has none for its type.

        A rule fits if its type is the same, its mode is the same or open, and all its contexts are among ``contexts``.
        Of those that fit the most specific wins: one with a mode before one without, then the one with more contexts,
        then the earlier one (rules for the way back stand before the table's own rows). The order of ``contexts`` plays
        no part.
        """
        if mode is not None:
            self.mode(type, mode)
        rule = _most_specific(self.cameo_rules(type), mode, contexts)
        return rule.code if rule else None

    def plover(self, cameo_code: str) -> Coding | None:
        """What a CAMEO code is in this ontology, or None where it is no event of it (statements and appeals).

        Raises UsageError for a code that CAMEO does not have.
        """
        codes = self.cameo_table.codes
        if cameo_code not in codes:
            raise UsageError(unknown("CAMEO code", cameo_code, codes, of=self.name))
        return codes[cameo_code].coding

    @property
    def coder_ontology(self) -> str:
        """The name of the ontology that texts are coded in: its own, unless it takes its events from another."""
        return self.coded.ontology if self.coded else self.name

    def adopt(self, type: str, mode: str | None = None, contexts: Iterable[str] = ()) -> Coding | None:
        """What an event of the ontology that texts are coded in is here; None if it is none of ours.

        ``type`` and ``mode`` are of :attr:`coder_ontology`, ``contexts`` are of this ontology and kept as they are. The
        most specific rule under ``coded`` wins, as in :meth:`cameo`. An ontology that is coded by itself keeps all.
        """
        contexts = tuple(contexts)
        if self.coded is None:
            return Coding(type=self.type(type).code, mode=mode, contexts=contexts)
        rule = _most_specific([rule for rule in self.coded.take if rule.type == type], mode, contexts)
        return Coding(type=rule.to, mode=rule.to_mode, contexts=contexts) if rule else None

    def cameo_rules(self, type: str) -> tuple[CameoRule, ...]:
        """The rules from events of ``type`` to CAMEO codes, those for the way back first."""
        return self._cameo_rules.get(self.type(type).code, ())

    @cached_property
    def _cameo_rules(self) -> Mapping[str, tuple[CameoRule, ...]]:
        own = [
            CameoRule(type=row.coding.type, mode=row.coding.mode, contexts=row.coding.contexts, code=row.code)
            for row in self.cameo_table.codes.values()
            if row.coding and row.back
        ]
        out: dict[str, list[CameoRule]] = {}
        for rule in (*self.cameo_table.back, *own):
            out.setdefault(rule.type, []).append(rule)
        return {type: tuple(rules) for type, rules in out.items()}


Rule = TypeVar("Rule", CameoRule, Take)


def _most_specific(rules: Iterable[Rule], mode: str | None, contexts: Iterable[str]) -> Rule | None:
    """Of the rules that fit, one with a mode before one without, then the one with most contexts, then the earliest."""
    given = frozenset(contexts)
    best: Rule | None = None
    for rule in rules:
        fits = rule.mode in (None, mode) and given.issuperset(rule.contexts)
        if fits and (best is None or _weight(rule) > _weight(best)):
            best = rule
    return best


def _weight(rule: CameoRule | Take) -> tuple[bool, int]:
    return rule.mode is not None, len(rule.contexts)


def unknown(what: str, code: str, known: Iterable[str], *, of: str) -> str:
    """One line for a code that does not exist: near matches where there are any, else all that exist (at most 40)."""
    known = sorted(known)
    folded = {name.lower(): name for name in known}
    near = [folded[name] for name in get_close_matches(code.lower(), folded, n=5, cutoff=0.5)]
    if near:
        return f"unknown {what} {code!r} in {of}; did you mean {', '.join(near)}?"
    listed = ", ".join(known[:40]) + (", …" if len(known) > 40 else "")
    return f"unknown {what} {code!r} in {of}; known: {listed or 'none'}"
