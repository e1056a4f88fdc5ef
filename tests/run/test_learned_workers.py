"""The whole with its weights: what is found in a report depends neither on the others nor on who works at it."""

from __future__ import annotations

import datetime as dt
import gc
from pathlib import Path

import pytest

from whodid.records import Claim
from whodid.run import code
from whodid.run.coder import _leave_loaded_alone
from whodid.settings import load_settings

pytestmark = [pytest.mark.model, pytest.mark.slow]

TEXTS = (
    "Police fired tear gas at students in Port Elm on Monday, and the mayor condemned the clashes.",
    "The opposition accused the government of Avalon of jailing its leaders. Ministers rejected the charge.",
    "Three soldiers were killed when rebels ambushed a convoy near the border, the army said.",
    "The union called off its strike after the ministry promised talks. A court had banned the marches in May.",
)
COPIES = 6


def found(paths: list[Path], workers: int) -> list[str]:
    settings = load_settings(workers=workers, min_score=0.0)
    claims: list[Claim] = list(code(paths, date=dt.date(2020, 1, 14), settings=settings))
    return [claim.model_dump_json(exclude={"event"}) for claim in claims]


def test_order_company_and_number_of_workers_change_nothing(tmp_path: Path) -> None:
    paths = []
    for n in range(COPIES * len(TEXTS)):  # more than one shard
        path = tmp_path / f"{n:02}.txt"
        path.write_text(f"Report number {n}.\n\n{TEXTS[n % len(TEXTS)]}", encoding="utf-8")
        paths.append(path)
    together = found(paths, workers=1)
    assert any("learned:" in line for line in together)
    assert sorted(together) == sorted(found(paths[::-1], workers=2))
    assert found(paths[:1], workers=1) == [line for line in together if f'"{paths[0]}"' in line or "/00.txt" in line]


def test_what_the_first_claim_needed_is_left_out_of_the_garbage_collectors_rounds(tmp_path: Path) -> None:
    gc.unfreeze()
    _leave_loaded_alone.cache_clear()
    (tmp_path / "quiet.txt").write_text("A quiet day.", encoding="utf-8")
    assert not found([tmp_path / "quiet.txt"], workers=1) and gc.get_freeze_count() == 0
    (tmp_path / "loud.txt").write_text(TEXTS[2], encoding="utf-8")
    assert found([tmp_path / "loud.txt"], workers=1) and gc.get_freeze_count() > 100_000
