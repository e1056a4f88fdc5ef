"""``python -m bench``: predict, claims, speed, scale, serve, sample, reliability, run, floor; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import claims as claims_of
from bench import floor, results
from bench.errors import BenchError, FloorFell
from bench.handread import draw
from bench.measure import Section, convention_of, measure, measure_folder, sections
from bench.pipeline import Pipeline
from bench.reliability import reliability
from bench.scale import scale
from bench.serve import CROWD_S, serve
from bench.shared import ROOT, Figures, read_gold, shared_folder, write_rows
from bench.speed import speed
from bench.tasks import CONVENTIONS, NOT_YET, TASKS, predict
from whodid.errors import WhodidError
from whodid.run.finder import BOTH, RULES, WEIGHTS

CODERS = (BOTH, RULES, WEIGHTS)
NO_CONVENTION = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (BenchError, WhodidError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.status if isinstance(error, BenchError) else 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="How good and how fast the program is.",
        epilog="Exit status: 0 done; 1 a figure fell below its floor; 2 wrong use or bad input; "
        "3 the gold data is missing; 4 the program does not answer this task yet.",
    )  # fmt: skip
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("predict", help="write predictions for a gold file")
    one.add_argument("task", choices=sorted(TASKS | NOT_YET), metavar="TASK", help=", ".join(sorted(TASKS | NOT_YET)))
    one.add_argument("--gold", type=Path, required=True, metavar="FILE")
    one.add_argument("--out", type=Path, required=True, metavar="FILE")
    one.add_argument("--limit", type=_count, metavar="N", help="only the first N records")
    one.add_argument("--coder", choices=CODERS, default=BOTH, help="lexicon and weights, or one of them alone")
    one.add_argument("--convention", choices=sorted({*CONVENTIONS, NO_CONVENTION}), metavar="NAME",
                     help="rules by which the gold was coded: by default those that bench/sets.yaml gives the set of "
                     f"this name; {NO_CONVENTION} for none")  # fmt: skip
    one.set_defaults(command=_predict)

    one = commands.add_parser("claims", help="code and score the whole reports of a folder")
    one.add_argument("folder", type=Path, metavar="FOLDER", help="ID.txt beside ID.gold.json")
    one.add_argument("--scorer", type=Path, metavar="FILE", help="score_claims.py, by default looked for around FOLDER")
    one.add_argument("--coder", choices=CODERS, default=BOTH, help="lexicon and weights, or one of them alone")
    one.set_defaults(command=_claims)

    one = commands.add_parser("speed", help="articles and words a second, and memory")
    one.add_argument("--articles", type=_count, default=200, metavar="N")
    one.set_defaults(command=_speed)

    one = commands.add_parser("scale", help="what adding to and asking a large dataset takes")
    one.add_argument("--claims", type=_count, default=1_000_000, metavar="N", help="by default 1000000, about an hour")
    one.set_defaults(command=_scale)

    one = commands.add_parser(
        "serve", help="how quick the web application is with a large dataset, and with many readers"
    )
    one.add_argument("--claims", type=_count, default=100_000, metavar="N", help="by default 100000")
    one.add_argument("--folder", type=Path, metavar="DIR",
                     help="keep the dataset there, or use the one that is there; by default it is deleted")  # fmt: skip
    one.add_argument("--seconds", type=float, default=CROWD_S, metavar="S", help="of the crowd; by default 60")
    one.set_defaults(command=_serve)

    one = commands.add_parser("sample", help="draw claims at random, to be read by hand")
    one.add_argument("--claims", type=_count, default=50, metavar="N", help="each of another report; by default 50")
    one.add_argument("--seed", type=int, default=14, metavar="N", help="the same seed draws the same; by default 14")
    one.add_argument("--gold", type=Path, metavar="FILE", help="the reports, by default dev/news.jsonl")
    one.add_argument("--out", type=Path, required=True, metavar="FILE")
    one.set_defaults(command=_sample)

    one = commands.add_parser("reliability", help="is a claim with score 0.7 right seven times out of ten?")
    one.add_argument("--coder", choices=CODERS, default=BOTH, help="lexicon and weights, or one of them alone")
    one.set_defaults(command=_reliability)

    one = commands.add_parser("run", help="measure everything and write bench/RESULTS.md")
    one.add_argument("--only", action="append", choices=list(sections()), metavar="SECTION",
                     help=f"only this one (repeatable), the others as they were: {', '.join(sections())}")  # fmt: skip
    one.set_defaults(command=_run)

    one = commands.add_parser("floor", help="fail where a figure fell below bench/floor.json")
    one.add_argument("--raise", action="store_true", dest="lift", help="then raise the floors to what was measured")
    one.set_defaults(command=_floor)
    return parser


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return number


def _predict(options: argparse.Namespace) -> None:
    pipeline = Pipeline(coder=options.coder)
    convention = options.convention or convention_of(options.gold, options.task)
    written = predict(options.task, options.gold, options.out, limit=options.limit, pipeline=pipeline,
                      convention=None if convention == NO_CONVENTION else convention)  # fmt: skip
    print(f"{written} predictions for {options.task} in {options.out}", file=sys.stderr)


def _claims(options: argparse.Namespace) -> None:
    scored = []
    print(claims_of.HEADING)
    pipeline = Pipeline(coder=options.coder)
    for name, figures in claims_of.claims(options.folder, scorer=options.scorer, pipeline=pipeline):
        print(claims_of.line(name, figures), flush=True)
        scored.append((name, figures))
    mean = claims_of.mean(scored)
    print(claims_of.line("mean", mean))
    print(json.dumps(mean))


def _speed(options: argparse.Namespace) -> None:
    gold = shared_folder() / "bench" / "dev" / "news.jsonl"
    print(json.dumps(speed(read_gold(gold, options.articles), options.articles)))


def _scale(options: argparse.Namespace) -> None:
    print(json.dumps(scale(options.claims)))


def _serve(options: argparse.Namespace) -> None:
    print(json.dumps(serve(options.claims, options.folder, options.seconds)))


def _sample(options: argparse.Namespace) -> None:
    rows = read_gold(options.gold or shared_folder() / "bench" / "dev" / "news.jsonl")
    drawn = draw(rows, claims=options.claims, seed=options.seed, pipeline=Pipeline())
    print(f"{write_rows(options.out, drawn)} claims in {options.out}", file=sys.stderr)


def _reliability(options: argparse.Namespace) -> None:
    for row in reliability(Pipeline(coder=options.coder)):
        print(json.dumps(row))


def _run(options: argparse.Namespace) -> None:
    shared_folder()
    pipeline = Pipeline()
    kept = results.load()
    for name in options.only or [name for name, section in sections().items() if not section.on_demand]:
        start, before = time.monotonic(), len(pipeline.failed)
        print(f"{name} …", file=sys.stderr, flush=True)
        alone = _ALONE.get(name)
        rows = {alone: _measured_alone(name)} if alone else _rows(name, pipeline)
        failed = pipeline.failed[before:]
        kept[name] = results.entry(rows, seconds=time.monotonic() - start, failed=failed)
        results.save(kept)
    print(f"{results.PAGE.relative_to(ROOT)} is written", file=sys.stderr)


def _rows(name: str, pipeline: Pipeline) -> results.Entry:
    section = sections()[name]
    if name == "reliability":
        return {f"from {row['from']}": row for row in reliability(pipeline)}
    if not section.coders:
        return _measured(section, pipeline)
    rows = {f"{heading}, {coder}": row for coder in section.coders
            for heading, row in _measured(section, Pipeline(pipeline.parser, coder)).items()}  # fmt: skip
    return dict(sorted(rows.items()))


def _measured(section: Section, pipeline: Pipeline) -> results.Entry:
    rows = {heading: measure_folder(folder, pipeline) for heading, folder in section.folders.items()}
    for gold_set in section.sets:
        rows |= measure(gold_set, pipeline)
    return rows


_ALONE = {"speed": "news, first 200", "scale": "made-up news", "serve": "made-up news"}
"""Sections that are measured in a process of their own, each with the heading of its row."""


def _measured_alone(name: str) -> Figures:
    """In a process of its own: the memory of what was measured before does not count."""
    command = [sys.executable, "-m", "bench", name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise BenchError(f"python -m bench {name} ended with status {done.returncode}")
    figures: Figures = json.loads(done.stdout)
    return figures


def _floor(options: argparse.Namespace) -> None:
    shared_folder()
    floors = floor.load(floor.FILE)
    found = floor.measured(floors, Pipeline())
    lines = floor.compare(floors, found)
    print("\n".join(floor.table(lines)))
    fell = [x for x in lines if x.fell]
    if fell:
        names = ", ".join(f"{x.heading} {x.path}" for x in fell)
        raise FloorFell(f"fell below bench/floor.json: {names}. Mend the cause, or lower the floor by hand and say why")
    if options.lift:
        text = json.dumps(floor.raised(floors, found), indent=1)
        floor.FILE.write_text(text + "\n", encoding="utf-8")
        print(f"{floor.FILE.relative_to(ROOT)} is raised to these figures less {floor.MARGIN}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
