"""``python -m training``: check the data, fit the weights. Exit status: 0 done, 1 the data has faults."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.check import counts, near_duplicates, short_of_plan, table
from training.data import FOLDER, read_files, read_folder
from whodid.errors import WhodidError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training", description="The coder's training data and weights.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("check", help="check the data and count its kinds")
    one.add_argument("files", nargs="*", type=Path, metavar="FILE", help="only these; by default all of data/")
    one.set_defaults(command=_check)
    one = commands.add_parser("fit", help="make the weights from the data, about half an hour on two cores")
    one.add_argument("--out", type=Path, metavar="FOLDER", help="by default where the program has its weights")
    one.add_argument("--also", type=Path, metavar="FOLDER", help="with the sentences of its *.txt files as well")
    one.set_defaults(command=_fit)
    options = parser.parse_args(arguments)
    try:
        return int(options.command(options))
    except WhodidError as error:
        print(error, file=sys.stderr)
        return 1


def _fit(options: argparse.Namespace) -> int:
    from training.card import write_figures
    from training.make import Maker  # needs torch, which checking does not

    maker = Maker(options.out) if options.out else Maker()
    about = maker.make([*read_folder(), *read_folder(options.also)] if options.also else None)
    if options.out is None:
        write_figures(about)
    for name, figures in about["held_out"].items():
        print(name, {k: v for k, v in figures.items() if k != "reliability"})
    return 0


def _check(options: argparse.Namespace) -> int:
    examples, faults = read_files(options.files or sorted(FOLDER.glob("*.txt")))
    faults += near_duplicates(examples)
    found = counts(examples)
    print("\n".join(table(found)))
    if not options.files:
        for line in short_of_plan(found):
            print(f"short of the plan: {line}")
    print("\n".join(faults), file=sys.stderr)
    print(f"{len(examples)} sentences, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
