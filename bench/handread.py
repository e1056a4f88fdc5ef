"""Claims drawn at random for reading by hand, and what the reader found (bench/handread.yaml)."""

from __future__ import annotations

import datetime as dt
import functools
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

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

    The records are shuffled with the seed, coded in that order, and of each report that makes claims one is drawn, every
    claim alike likely. A claim thus stands for its report: long reports weigh no more than short ones. Raises
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
