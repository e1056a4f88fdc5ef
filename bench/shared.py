"""The gold data and its scorers: where they lie, how they are read and run. They are never part of this repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.errors import BenchError, SharedMissing

ROOT = Path(__file__).resolve().parent.parent
"""The root of the repository."""

VARIABLE = "BENCH_SHARED"
"""The environment variable that names the folder of gold data. (``WHODID_…`` are settings of the program itself.)"""

Row = dict[str, Any]
"""One gold record or one prediction, as its JSON line has it."""

Figures = dict[str, Any]
"""What a scorer found, as its JSON has it."""


def shared_folder() -> Path:
    """The folder with ``bench/`` and ``samples/``. Raises SharedMissing, which says where it was looked for."""
    given = os.environ.get(VARIABLE)
    folder = Path(given) if given else ROOT.parent / "shared"
    if not (folder / "bench" / "score.py").is_file():
        raise SharedMissing(
            f"there is no gold data: {folder / 'bench' / 'score.py'} does not exist. Put the folder beside the "
            f"checkout (../shared) or name it in {VARIABLE}"
        )
    return folder


def read_gold(path: Path, limit: int | None = None) -> list[Row]:
    """The records of a gold file, the first ``limit`` of them. Raises BenchError for a file that is not JSON Lines."""
    try:
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in islice((x for x in lines if x.strip()), limit)]
    except OSError as error:
        raise BenchError(f"the gold file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BenchError(f"the gold file {path} is not JSON Lines: {error}") from error
    wrong = next((n for n, row in enumerate(rows, 1) if not isinstance(row, dict) or "id" not in row), None)
    if wrong is not None:
        raise BenchError(f"record {wrong} of the gold file {path} has no `id`")
    return rows


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write JSON Lines; how many there were. Raises BenchError where the file cannot be written."""
    written = 0
    try:
        with path.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1
    except OSError as error:
        raise BenchError(f"{path} cannot be written: {error.strerror}") from error
    return written


def score(task: str, gold: Path, predictions: Path, options: Sequence[str] = ()) -> Figures:
    """The figures of the shared scorer for one gold file; ``options`` are its own. Raises BenchError where it fails."""
    scorer = shared_folder() / "bench" / "score.py"
    return run_scorer([str(scorer), task, "--gold", str(gold), "--pred", str(predictions), "--json", *options])


def run_scorer(arguments: Sequence[str]) -> Figures:
    """The JSON object that a scorer prints. Raises BenchError with what it said where it fails."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"the scorer {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    figures: Figures = json.loads(done.stdout)
    return figures
