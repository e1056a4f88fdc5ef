"""Claims drawn for reading by hand, and the section that the verdicts become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import bench.__main__ as command
from bench import results
from bench.errors import BenchError
from bench.handread import FIELDS, Reading, draw, parse, reading, section, wilson
from bench.pipeline import Pipeline
from tests.bench.own import Row

ALL_RIGHT = dict.fromkeys(FIELDS, "right")

TEXTS = (
    "Rain fell for hours. The streets were empty. Peru condemned the raid on Monday. Chile rejected an offer. "
    "Nobody was surprised. The shops closed early. The lamps went out.",
    "The lake is deep and blue. Its water is cold.",
    "The envoy met the president of Ghana in Accra. They shook hands.",
    "Rebels attacked a barracks near the river. The army said that two soldiers were killed.",
)


def record(*claims: Row) -> str:
    day = {"commit": "abc1234", "seed": 3, "date": "2020-01-14", "source": "own.jsonl"}
    return yaml.safe_dump({"draw": day, "kinds": {"sense": "another sense", "day": "no day"}, "claims": list(claims)},
                          sort_keys=False)  # fmt: skip


def claim(name: str, *kinds: str, **verdicts: str) -> Row:
    return {"report": f"of-{name}", "claim": name, "verdicts": ALL_RIGHT | verdicts, "kinds": list(kinds)}


def shown(*claims: Row) -> list[str]:
    return "\n".join(section(parse(record(*claims)))).splitlines()


# ---------------------------------------------------------------- the draw


def news() -> list[Row]:
    return [{"id": f"own-{n}", "text": text, "date": "2020-01-14"} for n, text in enumerate(TEXTS)]


@pytest.mark.model
def test_a_draw_is_one_claim_a_report_and_the_same_for_the_same_seed(pipeline: Pipeline) -> None:
    drawn = list(draw(news(), claims=3, seed=5, pipeline=pipeline))
    assert {row["report"] for row in drawn} == {"own-0", "own-2", "own-3"}, "the lake makes no claim"
    assert drawn == list(draw(news(), claims=3, seed=5, pipeline=pipeline))
    orders = {tuple(r["claim"]["id"] for r in draw(news(), claims=3, seed=s, pipeline=pipeline)) for s in range(8)}
    assert len(orders) > 1
    assert all(row["claim"]["report"]["id"] == row["report"] for row in drawn)


@pytest.mark.model
def test_a_draw_shows_two_sentences_around(pipeline: Pipeline) -> None:
    drawn = {
        row["claim"]["trigger"]["text"].split()[0]: row
        for seed in range(12)
        for row in draw(news()[:1], claims=1, seed=seed, pipeline=pipeline)
    }
    assert set(drawn) == {"condemned", "rejected"}, "any claim of the report may be drawn"
    assert drawn["condemned"]["before"] == "Rain fell for hours. The streets were empty."
    assert drawn["condemned"]["after"] == "Chile rejected an offer. Nobody was surprised."
    assert drawn["rejected"]["after"] == "Nobody was surprised. The shops closed early."
    assert drawn["condemned"]["published"] == "2020-01-14"


@pytest.mark.model
def test_too_few_claims_say_so(pipeline: Pipeline) -> None:
    with pytest.raises(BenchError, match=r"9 claims were asked for, but only 3 of 4 reports make one"):
        list(draw(news(), claims=9, seed=5, pipeline=pipeline))


@pytest.mark.model
def test_the_command_writes_the_draw(tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "Pipeline", lambda: pipeline)
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in news()), encoding="utf-8")
    asked = ["sample", "--claims", "2", "--seed", "5", "--gold", str(gold), "--out", str(out)]
    assert command.main(asked) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows == list(draw(news(), claims=2, seed=5, pipeline=pipeline))


# ---------------------------------------------------------------- the reading


@pytest.mark.parametrize(
    ("right", "read", "low", "high"),
    [(45, 50, 0.786, 0.957), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 2, 0.095, 0.905)],
)
def test_the_interval_of_a_share(right: int, read: int, low: float, high: float) -> None:
    assert wilson(right, read) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(("right", "read"), [(0, 0), (3, 2), (-1, 2)])
def test_no_share_has_no_interval(right: int, read: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(right, read)


def test_the_section_counts_verdicts_and_kinds() -> None:
    lines = shown(
        claim("a"),
        claim("b", "sense", type="wrong", speaker="n/a"),
        claim("c", "sense", "day", when="wrong", status="wrong", speaker="n/a"),
    )
    assert lines[0] == "## 3 claims read by hand"
    assert "| type | 2 | 1 | 0 | 0.667 | 0.208–0.939 | 2 of 2 |" in lines
    assert "| speaker | 1 | 0 | 2 | 1.000 | 0.207–1.000 | 1 of 1 |" in lines
    assert "| status | 2 | 1 | 0 | 0.667 | 0.208–0.939 | 1 of 2 |" in lines
    assert [line for line in lines if line.startswith("- ")] == ["- 2 × another sense", "- 1 × no day"]
    assert any(line.startswith("Claims with no wrong field: 1 of 3.") for line in lines)
    assert "Drawn from commit abc1234 with seed 3, 2020-01-14:" in lines
    assert "    python -m bench sample --claims 3 --seed 3 --out FILE" in lines


def test_a_field_that_never_applies_has_no_share() -> None:
    assert "| when | 0 | 0 | 1 | – | – | 0 of 0 |" in shown(claim("a", when="n/a"))


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ([claim("a", voice="wrong")], "claim a has a wrong field but no kind of error"),
        ([claim("a", "typo", voice="wrong")], "kinds of error without an explanation: typo"),
        ([claim("a"), claim("a")], "claims that stand there twice: a"),
        ([claim("a", voice="maybe")], "'right', 'wrong' or 'n/a'"),
        ([claim("a") | {"verdicts": {"type": "right"}}], "claim a has verdicts on type; write type, actors"),
    ],
)
def test_an_incomplete_reading_says_what_is_wrong(claims: list[Row], problem: str) -> None:
    with pytest.raises(BenchError, match=problem):
        parse(record(*claims))


def test_the_page_always_has_the_reading() -> None:
    read: Reading = reading()
    page = results.render({})
    assert len(read.claims) == 50
    assert "## Fifty claims read by hand" in page
    assert f"Drawn from commit {read.draw.commit} with seed {read.draw.seed}" in page
    assert len({c.report for c in read.claims}) == 50, "one claim a report"
    assert {kind for c in read.claims for kind in c.kinds} == set(read.kinds), "no kind is explained that never occurs"
