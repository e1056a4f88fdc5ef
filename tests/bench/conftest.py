"""Gold files of our own, and the pipeline that answers them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.errors import SharedMissing
from bench.pipeline import Pipeline
from bench.shared import shared_folder
from bench.tasks import predict
from tests.bench.own import Predict, Row
from whodid.models.spacy_parser import SpacyParser


@pytest.fixture(scope="session")
def pipeline(parser: SpacyParser) -> Pipeline:
    """The real stages, loaded once."""
    return Pipeline(parser)


@pytest.fixture
def shared() -> Path:
    """The folder of gold data; skips, with the reason, where there is none."""
    try:
        return shared_folder()
    except SharedMissing as error:
        pytest.skip(str(error))


@pytest.fixture
def predicted(tmp_path: Path, pipeline: Pipeline) -> Predict:
    """``predicted(task, *records)``: what is written for a gold file with these records, their ids filled in."""

    def build(task: str, *records: Row) -> list[Row]:
        rows = [{"id": f"own-{n}", **record} for n, record in enumerate(records)]
        gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        assert predict(task, gold, out, pipeline=pipeline) == len(rows)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    return build
