"""The stages wired together: the one place that names more than one of them."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from whodid.annotate import annotate
from whodid.errors import WhodidError
from whodid.extract import extract
from whodid.extract.ahead import one_ahead
from whodid.ground import ground
from whodid.models import EventCoder, Parser
from whodid.models.spacy_parser import SpacyParser, installed
from whodid.ontology import load_ontology
from whodid.records import Annotated, Coded, Rejection, Report
from whodid.run.finder import BOTH, chosen, event_coder

_PARSED_AT_ONCE = 4
"""Reports: their paragraphs fill a batch of the parser, and the first of them need not wait long to be coded."""

Input = Report | Rejection
Output = Coded | Rejection
Coder = Callable[[Iterable[Input]], Iterator[Output]]
"""One output for each input, in order."""


def resolve(parser: str) -> tuple[str, bool]:
    """The pipeline that the setting ``parser`` means here, and True where it is a small one standing in for the medium
    one. Nothing is loaded."""
    found = installed()
    if parser != "auto" or not found:
        return parser, False
    return found[0], "_sm" in found[0]


def parser_version(parser: str) -> str:
    """The version of an installed pipeline package, empty for any other pipeline. Nothing is loaded."""
    try:
        return version(parser)
    except PackageNotFoundError:
        return ""


def coder_name(coder: str = BOTH) -> str:
    """What the output calls a coder of ours: lexicon and weights together bear the plain name."""
    name = f"whodid {version('whodid')}"
    return name if chosen(coder) == BOTH else f"{name} {chosen(coder)}"


@lru_cache(maxsize=2)
def load_parser(name: str) -> SpacyParser:
    """The spaCy pipeline of this name, loaded once in a process. Raises ModelError."""
    return SpacyParser(name)


def make_coder(parser: str, ontology: str, coder: str = BOTH, min_score: float | None = None) -> Coder:
    """A coder with the parser, the ontology and the finder of events of these names. Raises ModelError, OntologyError.

    min_score: claims below it are left out; by default what the coder itself says.
    """
    finder = event_coder(coder, load_ontology(ontology), min_score)
    return wire(load_parser(parser), ontology, coder=finder, name=coder_name(coder))


def wire(
    parser: Parser, ontology_name: str, *, coder: EventCoder | None = None, name: str | None = None, at_once: int = 1
) -> Coder:
    """A coder around a parser that is already there.

    coder: finds the events; by default lexicon and weights do. name: what the output calls it. at_once: reports that it
    works at side by side.
    """
    ontology = load_ontology(ontology_name)
    finder = coder or event_coder(BOTH, ontology)

    def run(items: Iterable[Input]) -> Iterator[Output]:
        found = extract(_annotated(items, parser), ontology=ontology, coder=finder, at_once=at_once)
        for output in ground(found, ontology=ontology, coder=name or coder_name()):
            if isinstance(output, Coded) and output.claims:
                _leave_loaded_alone()
            yield output

    return run


def _annotated(items: Iterable[Input], parser: Parser) -> Iterator[Annotated | Rejection]:
    """The annotated reports; while some of them are coded, the next ones are parsed."""
    stream = iter(items)
    portions = iter(lambda: list(islice(stream, _PARSED_AT_ONCE)), [])
    for some in one_ahead(portions, lambda portion: list(annotate(portion, parser=parser))):
        yield from some


@lru_cache(maxsize=1)
def _leave_loaded_alone() -> None:
    """Once a first claim is there, so are all models and tables, and they stay as long as the process: the garbage
    collector need not go through them again (some 300,000 objects, every dozen reports)."""
    gc.collect()  # or garbage that is there now would stay, too
    gc.freeze()


def code_shard(shard: Sequence[Input], coder: Coder) -> list[Output]:
    """One output for each input of a shard, in order.

    A report without claims becomes a Rejection (``no-events``), unless claims of it were rejected. Where the shard
    fails each of its reports is coded alone, and the one that fails becomes a Rejection (``failed``): the others are
    not lost. Errors that would stop every report (a missing model, a broken ontology) are raised.
    """
    try:
        outputs = list(coder(shard))
        if len(outputs) != len(shard):
            raise RuntimeError(f"{len(shard)} inputs gave {len(outputs)} outputs")
    except WhodidError:
        raise
    except Exception as error:
        if len(shard) > 1:
            return [output for item in shard for output in code_shard([item], coder)]
        return [_failed(shard[0], error)]
    return [_or_no_events(output) for output in outputs]


def _or_no_events(output: Output) -> Output:
    if isinstance(output, Rejection) or output.claims or output.rejections:
        return output
    return Rejection(
        source=output.report.url or output.report.id,
        code="no-events",
        message="the report was read, and no event was found in it",
        report_id=output.report.id,
        usage=output.usage,
    )


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"


def _failed(item: Input, error: Exception) -> Rejection:
    if isinstance(item, Rejection):
        return item
    return Rejection(
        source=item.url or item.id,
        code="failed",
        message=f"{type(error).__name__}: {error} ({_place(error)})",
        report_id=item.id,
    )
