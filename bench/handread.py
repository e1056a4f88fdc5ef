"""Claims drawn at random for reading by hand, and what the reader found (bench/handread.yaml)."""

from __future__ import annotations

import datetime as dt
import functools
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bench.errors import BenchError
from bench.pipeline import Pipeline
from bench.shared import Row
from whodid.records import Annotated, Claim

AROUND = 2
"""Sentences before and after the claim's own that the reader is shown."""

FIELDS = ("type", "actors", "recipients", "status", "voice", "speaker", "when")

_AT_ONCE = 20


# ---------------------------------------------------------------- the draw


def draw(rows: Sequence[Row], *, claims: int, seed: int, pipeline: Pipeline) -> Iterator[Row]:
    """``claims`` claims, each of another report, with the sentences around.

    The records are shuffled with the seed, coded in that order, and of each report that makes claims one is drawn,
    every claim alike likely. A claim thus stands for its report: long reports weigh no more than short ones. Raises
    BenchError where too few reports make a claim.
    """
    order = random.Random(seed)
    shuffled = order.sample(rows, len(rows))
    found = 0
    for at in range(0, len(shuffled), _AT_ONCE):
        for row, coded in pipeline.coded(shuffled[at : at + _AT_ONCE]):
            if not coded:
                continue
            claim = order.choice(coded)
            ((_, annotated),) = pipeline.annotated([row])
            yield {"report": row["id"], "claim": claim.model_dump(mode="json"), **_around(annotated, claim)}
            found += 1
            if found == claims:
                return
    raise BenchError(f"{claims} claims were asked for, but only {found} of {len(rows)} reports make one; ask for fewer")


def _around(annotated: Annotated, claim: Claim) -> Row:
    first = annotated.tokens[annotated.token_range(claim.trigger)[0]].sentence
    text, sentences = annotated.report.text, annotated.sentences
    before, after = sentences[max(first - AROUND, 0) : first], sentences[first + 1 : first + 1 + AROUND]
    return {
        "published": annotated.report.published and annotated.report.published.isoformat(),
        "before": text[before[0].start : before[-1].end] if before else "",
        "after": text[after[0].start : after[-1].end] if after else "",
    }


# ---------------------------------------------------------------- the reading

Verdict = Literal["right", "wrong", "n/a"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Draw(_Strict):
    """Where the claims come from: the commit of the program, the seed, the day, and the file that was drawn from."""

    commit: str
    seed: int
    date: dt.date
    source: str


class Read(_Strict):
    """One claim as the reader found it."""

    report: str
    claim: str
    verdicts: dict[str, Verdict]
    kinds: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Read:
        if tuple(self.verdicts) != FIELDS:
            raise ValueError(
                f"claim {self.claim} has verdicts on {', '.join(self.verdicts)}; write {', '.join(FIELDS)}"
            )
        if "wrong" in self.verdicts.values() and not self.kinds:
            raise ValueError(f"claim {self.claim} has a wrong field but no kind of error; name at least one")
        return self


class Reading(_Strict):
    """All claims that were read; ``kinds`` explains the names of the kinds of error."""

    draw: Draw
    kinds: dict[str, str]
    claims: tuple[Read, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Reading:
        if unknown := {k for c in self.claims for k in c.kinds} - set(self.kinds):
            raise ValueError(
                f"kinds of error without an explanation: {', '.join(sorted(unknown))}; add them to `kinds`"
            )
        if twice := [c for c, n in Counter(c.claim for c in self.claims).items() if n > 1]:
            raise ValueError(f"claims that stand there twice: {', '.join(twice)}; keep one reading of each")
        return self


@functools.cache
def reading() -> Reading:
    """bench/handread.yaml. Raises BenchError, which names the claim, where it is incomplete."""
    return parse(resources.files("bench").joinpath("handread.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> Reading:
    """A reading from YAML. Raises BenchError for one that is incomplete or contradicts itself."""
    try:
        return Reading.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise BenchError(f"bench/handread.yaml cannot be used: {error}") from error


def wilson(right: int, read: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson 1927). Raises ValueError for a share of nothing."""
    if read < 1 or not 0 <= right <= read:
        raise ValueError(f"{right} of {read} is no share")
    share, spread = right / read, _Z * _Z / read
    middle = share + spread / 2
    half = _Z * math.sqrt(share * (1 - share) / read + spread / read / 4)
    return max((middle - half) / (1 + spread), 0.0), min((middle + half) / (1 + spread), 1.0)


def section(read: Reading) -> Iterator[str]:
    """The lines of bench/RESULTS.md on the claims that were read by hand."""
    number = len(read.claims)
    yield f"## {_TITLE.get(number, number)} claims read by hand\n"
    yield _NOTE.format(source=read.draw.source) + "\n"
    yield "| field | right | wrong | n/a | share right | 95 % interval | right where the type is right |"
    yield "|---|" + "---:|" * 6
    typed = [c for c in read.claims if c.verdicts["type"] == "right"]
    for field in FIELDS:
        found = _counted(read.claims, field)
        right, judged = found["right"], found["right"] + found["wrong"]
        share = f"{right / judged:.3f} | {'{:.3f}–{:.3f}'.format(*wilson(right, judged))}" if judged else "– | –"
        among = _counted(typed, field)
        yield (
            f"| {field} | {right} | {found['wrong']} | {found['n/a']} | {share} | "
            f"{among['right']} of {among['right'] + among['wrong']} |"
        )
    whole = sum("wrong" not in c.verdicts.values() for c in read.claims)
    yield f"\nClaims with no wrong field: {whole} of {number}. Kinds of error, and in how many claims:\n"
    counts = Counter(kind for c in read.claims for kind in c.kinds)
    yield from (f"- {times} × {read.kinds[kind]}" for kind, times in counts.most_common())
    yield f"\nDrawn from commit {read.draw.commit} with seed {read.draw.seed}, {read.draw.date}:\n"
    yield f"    python -m bench sample --claims {number} --seed {read.draw.seed} --out FILE"


def _counted(claims: Iterable[Read], field: str) -> Counter[str]:
    return Counter(c.verdicts[field] for c in claims)


_TITLE = {50: "Fifty"}

_Z = 1.959964  # the normal quantile of 97.5 %

_NOTE = """Claims drawn at random from `{source}`, one a report, and read against their texts. The reader was
one of the developers; it is one quick reading, so there is no figure of agreement. The claims were
drawn before any change that was made because of them. It tells how right the claims are that are
made, not which ones are missed. A field is judged by what the words tell, also where the type is
wrong; the last column leaves those claims out. The day may come from a plainly linked sentence. Not
applicable (n/a): the text has nothing for the field and it is empty, or the word tells of nothing
that anybody does. Verdicts, without the texts: [handread.yaml](handread.yaml)."""
