"""What a speech act is about: the words of a threat, demand, promise or accusation, and the event they tell of."""

from __future__ import annotations

from whodid.extract.reader import Reader
from whodid.extract.reading import Reading
from whodid.ontology import Ontology
from whodid.records import Annotated, Content

VERBAL = (1, 3)
"""The quad classes in which the saying is the event: verbal cooperation and verbal conflict."""


def content(a: Annotated, reader: Reader, r: Reading, type_: str, ontology: Ontology) -> Content | None:
    """The content of an event read as ``r`` and coded as ``type_``; None where it is no speech act, or has none.

    Where what somebody says he will do was coded as a threat or a refusal, the content is the clause that says so.
    """
    if ontology.quad(type_) not in VERBAL:
        return None
    if r.content is not None:
        inner = reader.read(r.content)
        return _words(a, r.content, r.head, inner.type if inner else None)
    return _words(a, r.head, None, r.type) if type_ != r.type else None


def _words(a: Annotated, head: int, operator: int | None, type_: str | None) -> Content | None:
    """The clause or noun phrase of ``head``, without the operator that takes it and without marks at its ends."""
    first, last = a.subtree(head)
    if operator is not None and first <= operator < last:
        first, last = (operator + 1, last) if operator < head else (first, operator)
    while first < head and a.tokens[first].pos in {"PUNCT", "SPACE"}:
        first += 1
    while last > head + 1 and a.tokens[last - 1].pos in {"PUNCT", "SPACE"}:
        last -= 1
    quote = a.quote(first, last)
    return Content(text=quote.text, start=quote.start, end=quote.end, type=type_)
