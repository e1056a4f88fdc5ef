"""What is wrong with an ontology: parts that name what does not exist, or lack a definition, an example or a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from whodid.errors import UsageError
from whodid.ontology.load import load_ontology
from whodid.ontology.model import Ontology

Coder = Callable[[Sequence[str]], Sequence[Collection[str]]]
"""Codes texts: for each text the types of the events found in it."""

EXAMPLES = 2
"""How many examples every type, mode, context and sector must have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``where`` is the place in the ontology (``types.AID``, ``cameo.codes.0333``), ``message`` what is wrong there."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def check(ontology: Ontology, coder: Coder | None = None) -> list[Problem]:
    """The problems of an ontology, in the order of its sections; an empty list where there are none.

    With a ``coder``, every example of a type or mode must be coded to its own type.
    """
    out = [*_types(ontology), *_contexts(ontology), *_sectors(ontology), *_recodes(ontology), *_cameo(ontology)]
    out += _coded(ontology)
    return out + (list(_uncoded(ontology, coder)) if coder else [])


def examples(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """Where it stands, type and text of every example of a type or of a mode."""
    for code, event_type in ontology.types.items():
        for text in event_type.examples:
            yield f"types.{code}", code, text
        for mode in event_type.modes.values():
            for text in mode.examples:
                yield f"types.{code}.modes.{mode.code}", code, text


def _types(ontology: Ontology) -> Iterator[Problem]:
    quads = ", ".join(map(str, ontology.quads))
    for code, event_type in ontology.types.items():
        where = f"types.{code}"
        if event_type.quad not in ontology.quads:
            yield Problem(where, f"unknown quad class {event_type.quad}; known: {quads}")
        yield from _told(where, event_type.definition, event_type.examples)
        for mode in event_type.modes.values():
            yield from _told(f"{where}.modes.{mode.code}", mode.definition, mode.examples)


def _contexts(ontology: Ontology) -> Iterator[Problem]:
    for code, context in ontology.contexts.items():
        where = f"contexts.{code}"
        yield from _told(where, context.definition, context.examples)
        if not context.cues:
            yield Problem(where, "has no cues")
        for cue in sorted(set(context.cues)):
            if cue != cue.lower():
                yield Problem(where, f"the cue {cue!r} is not in lower case")
            if context.cues.count(cue) > 1:
                yield Problem(where, f"the cue {cue!r} stands twice")
        cue_forms = [_forms(cue) for cue in context.cues]
        for text in context.examples:
            if not any(form.search(text.lower()) for form in cue_forms):
                yield Problem(where, f"the example {text!r} has none of its cues")


def _forms(cue: str) -> re.Pattern[str]:
    """A cue with the common endings of English words; near enough to the parser's lemmas for checking an example."""
    words = (re.escape(word.removesuffix("y").removesuffix("e")) + r"\w{0,4}" for word in cue.split())
    return re.compile(r"\b" + r"\s*".join(words))


def _sectors(ontology: Ontology) -> Iterator[Problem]:
    for code, sector in ontology.sectors.items():
        yield from _told(f"sectors.{code}", sector.definition, sector.examples)


def _told(where: str, definition: str, texts: Sequence[str]) -> Iterator[Problem]:
    if not definition.strip():
        yield Problem(where, "has no definition")
    if len(set(texts)) < EXAMPLES:
        yield Problem(where, f"has {len(set(texts))} of at least {EXAMPLES} examples")


def _recodes(ontology: Ontology) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for i, rule in enumerate(ontology.recodes):
        where = f"recode.{i}"
        for code in rule.types:
            if code not in ontology.types:
                yield Problem(where, _no_type(code, ontology))
            first = seen.setdefault((rule.status, code), i)
            if first != i:
                yield Problem(where, f"{rule.status} {code} has a rule already, recode.{first}")
        yield from _coding(where, ontology, rule.to, rule.mode, ())


def _cameo(ontology: Ontology) -> Iterator[Problem]:
    table = ontology.cameo_table
    for row in table.codes.values():
        if row.coding:
            place = f"cameo.codes.{row.code}"
            yield from _coding(place, ontology, row.coding.type, row.coding.mode, row.coding.contexts)
    seen: set[tuple[str, str | None, frozenset[str]]] = set()
    for i, rule in enumerate(table.back):
        where = f"cameo.back.{i}"
        yield from _coding(where, ontology, rule.type, rule.mode, rule.contexts)
        if rule.code not in table.codes:
            yield Problem(where, f"unknown CAMEO code {rule.code!r}")
        key = (rule.type, rule.mode, frozenset(rule.contexts))
        if key in seen:
            yield Problem(where, "an earlier rule has the same type, mode and contexts")
        seen.add(key)
    if table.codes:
        yield from _without_code(ontology)


def _without_code(ontology: Ontology) -> Iterator[Problem]:
    for event_type in ontology.types.values():
        if ontology.cameo(event_type.code) is None:
            yield Problem(f"types.{event_type.code}", "has no CAMEO code")
        told = {rule.mode for rule in ontology.cameo_rules(event_type.code) if not rule.contexts}
        for mode in event_type.modes:
            if mode not in told:
                yield Problem(f"types.{event_type.code}.modes.{mode}", "has no CAMEO code of its own")


def _coded(ontology: Ontology) -> Iterator[Problem]:
    if ontology.coded is None:
        return
    try:
        source = load_ontology(ontology.coded.ontology)
    except UsageError as error:
        yield Problem("coded.ontology", str(error))
        return
    for i, rule in enumerate(ontology.coded.take):
        where = f"coded.take.{i}"
        yield from _coding(where, source, rule.type, rule.mode, ())
        yield from _coding(where, ontology, rule.to, rule.to_mode, rule.contexts)
    taken = {rule.to for rule in ontology.coded.take}
    for code in ontology.types:
        if code not in taken:
            yield Problem(f"types.{code}", f"no event of {source.name} becomes this type; add a rule under coded.take")


def _coding(where: str, o: Ontology, code: str, mode: str | None, contexts: Iterable[str]) -> Iterator[Problem]:
    if code not in o.types:
        yield Problem(where, _no_type(code, o))
    elif mode is not None and mode not in o.types[code].modes:
        known = ", ".join(o.types[code].modes) or "none"
        yield Problem(where, f"unknown mode {mode!r} of {code}; known: {known}")
    for context in contexts:
        if context not in o.contexts:
            yield Problem(where, f"unknown context {context!r}")


def _no_type(code: str, ontology: Ontology) -> str:
    return f"unknown type {code!r}; known: {', '.join(ontology.types)}"


def _uncoded(ontology: Ontology, coder: Coder) -> Iterator[Problem]:
    given = list(examples(ontology))
    found = coder([text for _, _, text in given])
    for (where, own, text), types in zip(given, found, strict=True):
        if own not in types:
            coded = f"as {', '.join(sorted(types))}" if types else "as no event"
            yield Problem(where, f"the coder codes the example {text!r} {coded}, not as {own}")
