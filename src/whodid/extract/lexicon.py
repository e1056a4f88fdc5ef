"""The lexicon: which word, in which surroundings, tells of which event.

Entries are YAML (``lexicon/*.yaml``). Keys of an entry:

verbs, nouns, adjectives   lemmas; "a+b" is ``a`` with ``b`` hanging on it (particle, preposition, their object)
type, mode | op            the event type and mode, or an operator of ``operators.yaml`` that takes another event
obj, subj, pobj, compound  the object, subject, object of a preposition, noun in front must be of one of these classes
any                        some word of the sentence must be of one of these classes
not_obj, not_subj, not_pobj, not_compound, not_any   must not
oprd                       what the object is called or made must be of one of these classes ("branded X a terrorist")
obj_any                    there must be an object, of whatever class
prep, not_prep             a preposition that must (not) hang on the word
needs                      the same, or ``poss`` for an owner: without one of them a noun is no event
xcomp, ccomp               an infinitive, or a clause, must (true) or must not (false) hang on the verb
recipient, actor           where they are looked for, in order: object, subject, dative, poss, poss_of_object,
                           purpose (the object of "to disperse …"), or prepositions
both                       the subject and the recipients act together
inverse                    the subject is the recipient ("died in an attack", "suffered a raid")
voiced                     a verdict ("was unacceptable"): the actor is who gives it, and without one it is no event
poss                       what an owner of the noun is: actor (default) or recipient ("the general's killing")
from_content               see ``operators.yaml``; overrides the operator's
needs_content              no event without a content that is one; needs_any_content: without any content clause
score                      how often the entry is right where it matches: a prior for the score of the claim
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from whodid.errors import OntologyError
from whodid.records import Status

FILES = (
    "protest.yaml",
    "mobilize_sanction.yaml",
    "coerce.yaml",
    "assault.yaml",
    "consult_support.yaml",
    "giving.yaml",
    "accuse.yaml",
    "verbal.yaml",
)
KINDS = ("verbs", "nouns", "adjectives")
Classes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the lexicon for one word. See the module's text for the fields."""

    words: tuple[str, ...]
    kind: str
    type: str | None = None
    mode: str | None = None
    op: str | None = None
    obj: Classes = ()
    subj: Classes = ()
    pobj: Classes = ()
    compound: Classes = ()
    any: Classes = ()
    not_obj: Classes = ()
    not_subj: Classes = ()
    not_pobj: Classes = ()
    not_compound: Classes = ()
    not_any: Classes = ()
    oprd: Classes = ()
    prep: Classes = ()
    not_prep: Classes = ()
    needs: Classes = ()
    obj_any: bool = False
    xcomp: bool | None = None
    ccomp: bool | None = None
    recipient: Classes | None = None
    actor: Classes = ()
    both: bool = False
    inverse: bool = False
    voiced: bool = False
    poss: str = "actor"
    from_content: Mapping[str, str] = field(default_factory=dict)
    needs_content: bool = False
    needs_any_content: bool = False
    score: float = 0.8

    @property
    def name(self) -> str:
        """The words, as an explanation shows them."""
        return " … ".join(self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """What an operator makes of one kind of content. ``as_content``: the content's own type and mode."""

    type: str | None = None
    mode: str | None = None
    as_content: bool = False
    status: Status | None = None
    no_actor: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator of ``operators.yaml``, whose head explains the fields."""

    type: str | None = None
    mode: str | None = None
    content: Mapping[str, Row] = field(default_factory=dict)
    content_status: Status = "happened"
    status: Status | None = None
    from_content: Mapping[str, str] = field(default_factory=dict)
    needs_content: bool = False
    needs_clause: str = ""
    own_content: bool = False
    prepositions: Classes = (
        "for", "of", "to", "on", "against", "about", "over", "with", "from", "in", "upon", "into", "toward", "towards",
    )  # fmt: skip
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by part of speech and first word, the word classes, and the operators."""

    entries: Mapping[tuple[str, str], tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]
    entities: Mapping[str, frozenset[str]]
    operators: Mapping[str, Operator]

    def lookup(self, kind: str, lemma: str) -> tuple[Entry, ...]:
        """Entries whose first word is ``lemma``: those of more words first, then as they stand in the files."""
        return self.entries.get((kind, lemma), ())


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The packaged lexicon."""
    raw = {name: _yaml(name) for name in ("classes.yaml", "operators.yaml", *FILES)}
    classes, entities = _classes(raw["classes.yaml"])
    operators = {name: _operator(name, row) for name, row in raw["operators.yaml"].items()}
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for name in FILES:
        for row in raw[name]:
            for entry in _entries(name, row, classes, operators):
                found[(entry.kind, entry.words[0])].append(entry)
    entries = {key: tuple(sorted(rows, key=lambda e: -len(e.words))) for key, rows in found.items()}
    return Lexicon(entries, classes, entities, operators)


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """The word lists that rules of status, history and counting use (``words.yaml``)."""
    return {name: frozenset(str(value).split()) for name, value in _yaml("words.yaml").items()}


def _yaml(name: str) -> Any:
    text = resources.files(__package__).joinpath("lexicon", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Words)


class _Words(yaml.CSafeLoader):
    """YAML in which only true and false are truth values: "on", "off" and "no" are words here."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _classes(raw: dict[str, Any]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    entities = {k: frozenset(v) for k, v in raw.pop("_entities").items()}
    includes = raw.pop("_includes")
    classes = {k: frozenset(str(v).split()) for k, v in raw.items()}
    for name in sorted(includes, reverse=True):  # STATE before ACTOR, which includes it
        for part in includes[name]:
            classes[name] = classes.get(name, frozenset()) | classes.get(part, frozenset())
            entities[name] = entities.get(name, frozenset()) | entities.get(part, frozenset())
    return classes, entities


def _operator(name: str, row: dict[str, Any]) -> Operator:
    try:
        content = {key: Row(**value) for key, value in row.pop("content", {}).items()}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        return Operator(content=content, **values)
    except TypeError as error:
        raise OntologyError(f"operators.yaml: operator {name!r}: {error}") from error


_CLASS_KEYS = (
    "obj",
    "subj",
    "pobj",
    "compound",
    "any",
    "not_obj",
    "not_subj",
    "not_pobj",
    "not_compound",
    "not_any",
    "oprd",
)
_NAMES = frozenset(f.name for f in fields(Entry)) - {"words", "kind"}


def _entries(
    file: str, row: dict[str, Any], classes: Mapping[str, Any], operators: Mapping[str, Any]
) -> Iterator[Entry]:
    values = {k: v for k, v in row.items() if k not in KINDS}
    if unknown := set(values) - _NAMES:
        raise OntologyError(f"{file}: unknown key {sorted(unknown)} in {row}; allowed: {', '.join(sorted(_NAMES))}")
    if ("type" in values) == ("op" in values):
        raise OntologyError(f"{file}: an entry has either a type or an op: {row}")
    if "op" in values and values["op"] not in operators:
        raise OntologyError(f"{file}: unknown op {values['op']!r}; known: {', '.join(sorted(operators))}")
    for key in _CLASS_KEYS:
        if missing := set(values.get(key, ())) - set(classes) - {"EVENT"}:
            raise OntologyError(f"{file}: unknown class {sorted(missing)} in {row}")
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    if isinstance(values.get("recipient"), str):
        values["recipient"] = tuple(values["recipient"].split())
    for key in KINDS:
        listed = row.get(key, ())
        for word in listed.split() if isinstance(listed, str) else listed:
            yield Entry(words=tuple(word.split("+")), kind=key, **values)
