"""Killed at any step, a dataset is whole, has what was acknowledged, and the same work can be finished."""

from __future__ import annotations

import random
import shutil
import signal
from pathlib import Path

import pytest

from tests.dataset import killing
from tests.dataset.older import older
from tests.dataset.scenes import claims_of, filled, news, whole
from whodid.dataset import init_dataset, open_dataset, schema_version
from whodid.dataset.heads import find_head
from whodid.dataset.people import open_people
from whodid.fuse import fuse
from whodid.run.reviewing import Reviewing


def begin(verb: str, folder: Path) -> None:
    """A dataset on which the verb has something to do."""
    if verb == "migrate":
        older(folder, folder.with_name("scratch"), killing.REPORTS)
        shutil.rmtree(folder.with_name("scratch"))
    elif verb == "add":
        init_dataset(folder)
    else:
        filled(folder, killing.REPORTS)
        claims = sorted(c.id for c in open_dataset(folder).claims())
        with open_people(folder) as people:
            people.judge(claims[0], claims[-1], "same", person="Ann")
        if verb == "review":
            with Reviewing(folder) as review:
                review.correct(claims[0], "type", "PROTEST", person="Ann")
                review.verdict(claims[1], "reject", person="Ann")


def groups(verb: str) -> set[tuple[str, ...]]:
    """The claims of each event when the work is done."""
    reports = news(killing.REPORTS)[1 if verb == "remove" else 0 :]
    return {e.claims for e in fuse([c for r in reports for c in claims_of(r)])}


def trial(verb: str, folder: Path, at: int) -> None:
    """Kill the verb at a step and look at what is left; then finish."""
    status = killing.run(verb, folder, at=at)
    assert status == -signal.SIGKILL, f"step {at} of {verb} was never reached"
    told = killing.acknowledged(folder)
    if find_head(folder).schema_version == schema_version():
        whole(folder)
        assert told <= {r.id for r in open_dataset(folder).reports()}, f"lost by {verb} at {at}"
    assert killing.run(verb, folder, at=-1) == 0
    whole(folder)
    data = open_dataset(folder)
    assert told <= {r.id for r in data.reports()}
    if verb in {"add", "migrate"}:
        assert {r.id for r in data.reports()} == {r.id for r in news(killing.REPORTS)}
        assert {e.claims for e in data.events()} == groups(verb)
    if verb == "review":
        (corrected,) = data.claims("checked = 'corrected'")
        assert corrected.type == "PROTEST" and data.query("SELECT 1 FROM corrections").num_rows == 2


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, int]]:
    """Verb → a dataset to copy, and the number of steps that the work on it has."""
    out = {}
    for verb in killing.WORK:
        folder = tmp_path_factory.mktemp(verb)
        begin(verb, folder / "data")
        shutil.copytree(folder / "data", folder / "copy")
        out[verb] = (folder / "data", killing.steps(verb, folder / "copy"))
    return out


def trials(number: int) -> list[tuple[int, str, float]]:
    chance = random.Random(20200114)
    verbs = list(killing.WORK)
    return [(n, verbs[n % len(verbs)], chance.random()) for n in range(number)]


def one_trial(begun: dict[str, tuple[Path, int]], folder: Path, verb: str, where: float) -> None:
    source, steps = begun[verb]
    shutil.copytree(source, folder / "data")
    trial(verb, folder / "data", int(where * steps))


@pytest.mark.parametrize(("number", "verb", "where"), trials(6))
def test_a_killed_writer_loses_nothing(
    begun: dict[str, tuple[Path, int]], tmp_path: Path, number: int, verb: str, where: float
) -> None:
    one_trial(begun, tmp_path, verb, where)


@pytest.mark.endurance
@pytest.mark.parametrize(("number", "verb", "where"), trials(206)[6:])
def test_at_two_hundred_steps(
    begun: dict[str, tuple[Path, int]], tmp_path: Path, number: int, verb: str, where: float
) -> None:
    one_trial(begun, tmp_path, verb, where)
