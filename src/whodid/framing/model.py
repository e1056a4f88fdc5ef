"""What the lexicon of loaded words holds, and what is found with it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from whodid.records import Quote, Record, ReportInfo, Voice

Lean = Literal["neutral", "legitimises", "delegitimises", "condemns", "honours", "euphemism"]


class Term(Record):
    """One name for a thing. ``words`` are patterns (see :mod:`whodid.framing.lexicon`); ``by`` says who prefers it.

    ``unless``: lemmas beside the words with which they mean something else; ``near``: lemmas of which one must stand in
    the sentence, ``with``: of which one must stand beside the words, or hang together with them.
    """

    model_config = ConfigDict(populate_by_name=True)

    term: str
    lean: Lean
    words: tuple[str, ...] = Field(min_length=1)
    by: str | None = None
    unless: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    beside: frozenset[str] = Field(default=frozenset(), alias="with")


class Thing(Record):
    """A contested thing: every side's names for it, and the guides and studies that discuss them."""

    key: str
    name: str
    sources: tuple[str, ...] = Field(min_length=1)
    terms: tuple[Term, ...] = Field(min_length=2)


class LoadedWord(Record):
    """One use of a word of the lexicon in a report.

    thing, name: the key and the name of what it stands for; term: the lexicon's name for the words; lean: what the term
    does. voice: ``outlet`` where the report says it in its own name, ``quoted`` between quotation marks,
    ``paraphrased`` in somebody else's reported words; speaker: whose, where that is said. about: the words for whom or
    what it is said of, None where that is not plain.
    """

    report: ReportInfo
    thing: str
    name: str
    term: str
    lean: Lean
    quote: Quote
    sentence: Quote
    voice: Voice
    speaker: Quote | None = None
    about: Quote | None = None
