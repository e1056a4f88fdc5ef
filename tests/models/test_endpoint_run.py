"""The endpoint coder in the whole program: settings, workers, the journal, the summary and what was rejected."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import whodid
import whodid.run.endpoint
from whodid.cli import main
from whodid.models.spacy_parser import SpacyParser
from whodid.records import Claim, Coded, Usage
from whodid.run import Run
from whodid.settings import Settings

from .conftest import FakeEndpoint

KEY = "sk-nobody-may-see-this"
COUNTRIES = ["Chad", "Chile", "Egypt", "Ghana", "India", "Japan", "Kenya", "Libya", "Mali", "Nepal"]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Twenty reports with one event each."""
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(20):
        text = f"The government of {COUNTRIES[n % 10]} praised envoy number {n} on Monday, a spokesman said."
        (folder / f"{n:02}.txt").write_text(text)
    return folder


def environment(endpoint: FakeEndpoint, tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("WHODID_")},
        "WHODID_CODER": "endpoint",
        "WHODID_ENDPOINT_URL": endpoint.url,
        "WHODID_ENDPOINT_MODEL": "fake-1",
        "WHODID_ENDPOINT_KEY": KEY,
        "WHODID_STATE": str(tmp_path / "state"),
        **more,
    }


@pytest.fixture
def here(endpoint: FakeEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parser: SpacyParser) -> None:
    """This process set up for the endpoint."""
    for name in [name for name in os.environ if name.startswith("WHODID_")]:
        monkeypatch.delenv(name)
    for name, value in environment(endpoint, tmp_path, WHODID_ENDPOINT_PRICE_IN="2").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(whodid.run.endpoint, "load_parser", lambda _: parser)


def run(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in args])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


# ---------------------------------------------------------------- settings


def given(**more: Any) -> Settings:
    return Settings(**{"coder": "endpoint", "endpoint_url": "http://h/v1", "endpoint_model": "m", **more})


@pytest.mark.parametrize("name", ["endpoint_url", "endpoint_model"])
def test_what_is_missing_is_named_before_anything_is_read(name: str) -> None:
    with pytest.raises(whodid.SettingError, match=f"--coder endpoint needs WHODID_{name.upper()}"):
        Run([], settings=given(**{name: None}))


def test_the_key_is_in_nothing_that_is_shown_or_kept() -> None:
    settings = given(endpoint_key=KEY)
    run = Run([], settings=settings)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump_json()} {run.__dict__}"
    assert run.fingerprint() == Run([], settings=given(endpoint_key="another")).fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint_url": "http://other/v1"},
        {"endpoint_model": "other"},
        {"endpoint_seed": 1},
        {"endpoint_chunk": 999},
        {"endpoint_max_tokens": 999},
        {"endpoint_extra": '{"top_p": 1}'},
        {"coder": "rules"},
    ],
    ids=str,
)
def test_what_decides_the_answers_makes_another_run(change: dict[str, Any]) -> None:
    assert Run([], settings=given()).fingerprint() != Run([], settings=given(**change)).fingerprint()


@pytest.mark.parametrize(
    "change",
    [{"endpoint_timeout": 9.0}, {"endpoint_patience": 9.0}, {"endpoint_parallel": 9}, {"endpoint_price_in": 9.0}],
)
def test_what_does_not_decide_them_makes_none(change: dict[str, Any]) -> None:
    assert Run([], settings=given()).fingerprint() == Run([], settings=given(**change)).fingerprint()


def test_a_lowest_score_is_refused() -> None:
    with pytest.raises(whodid.SettingError, match="--min-score: has no meaning with --coder endpoint"):
        Run([], settings=given(min_score=0.4))


def test_a_wrong_coder_is_named() -> None:
    with pytest.raises(whodid.SettingError, match=r"--coder: 'magic' is not allowed; it takes .*`rules`.*`endpoint`"):
        whodid.load_settings(coder="magic")


# ---------------------------------------------------------------- the whole program


@pytest.mark.model
def test_claims_summary_and_rejects(
    endpoint: FakeEndpoint, here: None, news: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    invented = {
        "sentence": 1, "trigger": "praised", "actors": ["the moon"], "recipients": [], "event": "SUPPORT",
        "status": "happened", "historical": False, "contexts": [],
    }  # fmt: skip
    endpoint.faults(
        {"when": "number 3 ", "events": [invented]},
        {"when": "number 4 ", "refusal": f"not with {KEY}"},
        {"when": "number 5 ", "events": []},
        {"when": "number 6 ", "events": [], "content": f"I like {KEY}", "times": 1},
        {"when": "number 7 ", "status": 400, "error": {"message": f"bad request of {KEY}"}},
        {"when": "number 8 ", "status": 503, "headers": {"Retry-After": "0"}},
    )
    status, out, err = run(capfd, "code", news, "--date", "2020-01-14", "--no-progress", "-f", "jsonl")
    assert status == 0
    claims = [json.loads(line) for line in out.splitlines()]
    assert len(claims) == 15
    first = claims[0]
    assert first["actors"][0]["text"] == "The government of Chad"
    assert (first["actors"][0]["country"], first["when"]["first"]) == ("TCD", "2020-01-13")
    assert first["said_by"]["speaker"]["text"] == "a spokesman"
    assert (first["type"], first["score"]) == ("SUPPORT", 0.5)
    assert first["coder"] == f"whodid {whodid.run.coder.version('whodid')}, endpoint fake-1"
    for told in ("17 reports read, 15 claims, ", "4 without claims (", "1 claim rejected (1 span-not-found)"):
        assert told in err
    assert "endpoint: 21 requests, 19,000 tokens read, 950 written, cost 0.0380\n" in err
    _, listed, _ = run(capfd, "rejects", "-f", "jsonl")
    codes = {json.loads(line)["source"][-6:]: json.loads(line)["code"] for line in listed.splitlines()}
    assert codes == {
        "03.txt": "span-not-found", "04.txt": "endpoint-refused", "05.txt": "no-events",
        "06.txt": "endpoint-answer", "07.txt": "endpoint-failed",
    }  # fmt: skip
    assert "“the moon” does not stand in the text" in listed
    kept = "".join(p.read_text() for p in (tmp_path / "state").rglob("*") if p.is_file())
    assert KEY not in out + err + listed + kept
    assert {r["key"] for r in endpoint.requests} == {f"Bearer {KEY}"}


@pytest.mark.model
def test_rejected_claims_are_handed_to_whoever_asks(endpoint: FakeEndpoint, here: None, news: Path) -> None:
    endpoint.faults({"when": "number 3 ", "events": [None]})
    rejected: list[whodid.Rejection] = []
    claims = list(whodid.code(sorted(news.iterdir())[:5], rejected=rejected.append))
    assert all(isinstance(c, Claim) for c in claims)
    assert len(claims) == 4
    assert [r.code for r in rejected] == ["endpoint-answer"]


@pytest.mark.model
def test_several_reports_are_asked_for_side_by_side(endpoint: FakeEndpoint, here: None, news: Path) -> None:
    endpoint.faults({"sleep": 0.5, "times": -1})
    paths = sorted(news.iterdir())[:8]

    def timed(parallel: int) -> tuple[float, list[str]]:
        work = Run(paths, settings=whodid.load_settings(endpoint_parallel=parallel))
        started = time.monotonic()
        ids = [c.id for output in work if isinstance(output, Coded) for c in output.claims]
        assert work.summary.usage == Usage(requests=8, input_tokens=8000, output_tokens=400)
        return time.monotonic() - started, ids

    slow, one_by_one = timed(1)
    quick, together = timed(8)
    assert one_by_one == together and len(together) == 8
    assert slow >= 4 and quick < slow - 2


@pytest.mark.model
def test_an_error_for_all_ends_the_command(
    endpoint: FakeEndpoint, here: None, news: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    endpoint.faults({"status": 401, "error": {"message": f"bad key {KEY}"}, "times": -1})
    status, out, err = run(capfd, "code", news, "--no-progress")
    assert (status, out) == (3, "")
    assert err.startswith(f"whodid: the endpoint {endpoint.url}/chat/completions answers status 401: bad key ***;")


def start(endpoint: FakeEndpoint, news: Path, tmp_path: Path, target: Path, workers: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "whodid", "code", str(news), "-o", str(target), "--workers", str(workers)]
    return subprocess.Popen(command, env=environment(endpoint, tmp_path), stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.model
def test_a_killed_run_goes_on_and_workers_make_no_difference(
    endpoint: FakeEndpoint, news: Path, tmp_path: Path
) -> None:
    endpoint.faults({"when": "number 18 ", "sleep": 60})
    target = tmp_path / "claims.jsonl"
    with start(endpoint, news, tmp_path, target) as work:
        journal = tmp_path / "claims.jsonl.journal"
        until = time.monotonic() + 300
        while not any("number 18 " in text for text in endpoint.asked):
            assert time.monotonic() < until and work.poll() is None
            time.sleep(0.2)
        work.send_signal(signal.SIGKILL)
    assert len(journal.read_text().splitlines()) == 17
    assert KEY not in journal.read_text()

    endpoint.faults({"when": "number 19 ", "events": [None]})
    with start(endpoint, news, tmp_path, target) as work:
        _, err = work.communicate(timeout=120)
    assert work.returncode == 0, err
    assert len(endpoint.asked) == 4
    assert " 19 claims, " in err
    assert ", 1 claim rejected (1 endpoint-answer), 16 done before" in err
    assert "endpoint: 20 requests, 20,000 tokens read" in err

    endpoint.faults({"when": "number 19 ", "events": [None]})
    both = tmp_path / "both.jsonl"
    with start(endpoint, news, tmp_path, both, workers=2) as work:
        _, err = work.communicate(timeout=120)
    assert work.returncode == 0, err
    assert both.read_bytes() == target.read_bytes()
    assert "endpoint: 20 requests, 20,000 tokens read, 1,000 written" in err


@pytest.mark.slow
@pytest.mark.model
def test_ctrl_c_does_not_wait_for_answers(endpoint: FakeEndpoint, news: Path, tmp_path: Path) -> None:
    endpoint.faults({"sleep": 600, "times": -1})
    with start(endpoint, news, tmp_path, tmp_path / "claims.jsonl") as work:
        until = time.monotonic() + 300
        while not endpoint.asked:
            assert time.monotonic() < until and work.poll() is None
            time.sleep(0.2)
        work.send_signal(signal.SIGINT)
        _, err = work.communicate(timeout=300)
    assert work.returncode == 130, err
    assert "stopped" in err
