"""Records built by hand, and a coder that needs no model, for tests of what stands around the stages."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from whodid.records import (
    Actor,
    Claim,
    Coded,
    Content,
    Count,
    Quote,
    Rejection,
    Report,
    SaidBy,
    Saying,
    Speaker,
    When,
    Where,
)

SENTENCE = (
    "On Sunday, the Harbour Gazette said the government of Avalon has threatened to close the strait near Port Elm."
)


def report(text: str = SENTENCE, **fields: Any) -> Report:
    """A report as ``ingest`` makes it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = {"id": digest[:16], "language": "en", "sha256": digest, "reader": "test", **fields}
    return Report(text=text, **given)


def quote(text: str, words: str) -> Quote:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Quote(text=words, start=start, end=start + len(words))


def claim(of: Report | None = None, **fields: Any) -> Claim:
    """A claim with every field filled, about :data:`SENTENCE`."""
    of = of or report(publisher="Harbour Gazette", title="Strait", published=dt.date(2020, 1, 14))
    actor, place, count = (quote(SENTENCE, w) for w in ("government of Avalon", "Port Elm", "Sunday"))
    speaker, when = quote(SENTENCE, "Harbour Gazette"), quote(SENTENCE, "On Sunday")
    given: dict[str, Any] = {
        "id": "7c1f000000000001",
        "report": of.info,
        "type": "THREATEN",
        "mode": "restrict",
        "contexts": ("economic",),
        "quad": 3,
        "cameo": "1312",
        "scale": -3.0,
        "status": "happened",
        "historical": False,
        "trigger": quote(SENTENCE, "threatened"),
        "sentence": quote(SENTENCE, SENTENCE),
        "actors": (
            Actor(
                **actor.model_dump(), id="avl", name="Government of Avalon", country="AVL", sectors=("GOV",), score=0.9
            ),
        ),
        "recipients": (Actor(**quote(SENTENCE, "strait").model_dump(), score=0.4),),
        "when": When(
            first=dt.date(2020, 1, 12),
            last=dt.date(2020, 1, 12),
            precision="day",
            basis="published",
            **when.model_dump(),
        ),
        "where": Where(
            **place.model_dump(), name="Port Elm", country="AVL", latitude=1.5, longitude=-2.5, radius_km=5.0
        ),
        "said_by": SaidBy(
            voice="paraphrased",
            speaker=Speaker(**speaker.model_dump(), name="Harbour Gazette"),
            cue=quote(SENTENCE, "said"),
            stance="asserts",
        ),
        "counts": (Count(what="killed", low=8, high=None, **count.model_dump()),),
        "content": Content(**quote(SENTENCE, "to close the strait near Port Elm").model_dump(), type="COERCE"),
        "event": "7c1f000000000001",
        "score": 0.86,
        "why": ("“threaten” with a clause → THREATEN",),
        "coder": "whodid 0.1.0",
        "ontology": "plover-2.0",
    }
    return Claim(**{**given, **fields})


def saying(of: Report | None = None, **fields: Any) -> Saying:
    """A saying with every field filled, about :data:`SENTENCE`."""
    of = of or report(publisher="Harbour Gazette", title="Strait", published=dt.date(2020, 1, 14))
    who, hearer = quote(SENTENCE, "the Harbour Gazette"), quote(SENTENCE, "Avalon")
    given: dict[str, Any] = {
        "id": "5a1d000000000001",
        "report": of.info,
        "who": Actor(**who.model_dump(), id="org:gazette", name="Harbour Gazette", sectors=("MED",), score=0.9),
        "to_whom": Actor(**hearer.model_dump(), name="Avalon", country="AVL", score=0.9),
        "cue": (quote(SENTENCE, "said"),),
        "words": (quote(SENTENCE, "the government of Avalon"), quote(SENTENCE, "has threatened to close the strait")),
        "form": "indirect",
        "stance": "asserts",
        "when": claim().when,
        "said_by": SaidBy(voice="outlet"),
        "sentence": quote(SENTENCE, SENTENCE),
    }
    return Saying(**{**given, **fields})


def word_coder(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
    """Makes a claim of every word ``attacked`` in a text; a text with ``explode`` makes it raise."""
    for item in items:
        if isinstance(item, Rejection):
            yield item
            continue
        if "explode" in item.text:
            raise ZeroDivisionError("a fuse")
        yield Coded(report=item, claims=tuple(_claims(item)))


def _claims(item: Report) -> Iterator[Claim]:
    for found in re.finditer("attacked", item.text):
        words = item.quote(found.start(), found.end())
        name = hashlib.sha256(f"{item.id} {found.start()}".encode()).hexdigest()[:16]
        yield claim(
            item, id=name, event=name, type="ASSAULT", mode=None, quad=4, trigger=words,
            sentence=item.quote(0, len(item.text)), actors=(), recipients=(), when=None, where=None, counts=(),
            content=None, said_by=SaidBy(voice="outlet"),
        )  # fmt: skip


def make_word_coder() -> Any:
    """What builds :func:`word_coder`; by name, so that a worker process finds it."""
    return word_coder
