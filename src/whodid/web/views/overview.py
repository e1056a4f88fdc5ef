"""What fits a state: a page of events or claims, what else could be asked for, and reports with the words."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from whodid.errors import UsageError
from whodid.web.chosen import choose
from whodid.web.filters import Asked
from whodid.web.snapshot import Snapshot
from whodid.web.views.facets import Facet, Histogram, counted
from whodid.web.views.lines import ClaimLine, EventLine, ReportLine, lines
from whodid.web.views.reports import find_reports

SIZE = 50
"""Lines of a page unless another number is asked for."""

FORMATS = ("csv", "jsonl", "parquet")
ORDERS = ("day", "reports", "score")
KINDS = ("events", "claims")
_REPORTS = 5


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class Active(_View):
    """A condition that holds. address: of the state without it."""

    name: str
    value: str
    label: str
    address: str


class Choice(_View):
    """One way of several to see the same, and the address of it."""

    name: str
    address: str
    chosen: bool = False


class Overview(_View):
    """A state and what fits it. total: how many fit, of all that there are. first: number of the first line, from 1.
    next, previous: addresses of the pages beside it. problem: what is wrong with a condition; then nothing fits.
    address: of this state, to be copied; clear: without conditions. reports: the first with the words, of
    reports_total."""

    version: int
    asked: Asked
    address: str
    clear: str
    problem: str | None = None
    total: int = 0
    all: int
    first: int = 0
    lines: tuple[EventLine, ...] | tuple[ClaimLine, ...] = ()
    next: str | None = None
    previous: str | None = None
    facets: tuple[Facet, ...] = ()
    days: Histogram = Histogram(unit="day", bins=(), undated=0)
    active: tuple[Active, ...]
    orders: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    downloads: tuple[Choice, ...]
    reports: tuple[ReportLine, ...] = ()
    reports_total: int = 0


def overview(data: Snapshot, asked: Asked, *, limit: int = SIZE, cursor: str | None = None) -> Overview:
    """What fits a state. limit: lines of a page. Raises UsageError for a wrong cursor; a condition that names what is
    not there is told in ``problem``."""
    state = Overview(
        version=data.version,
        asked=asked,
        address=asked.address(),
        clear=Asked(view=asked.view).address(),
        all=data.rows[asked.view].number,
        active=tuple(active_of(asked, Asked.address)),
        orders=tuple(_choice(asked, "order", name, asked.query.order) for name in ORDERS),
        kinds=tuple(_choice(asked, "view", name, asked.view) for name in KINDS),
        downloads=tuple(
            Choice(name=name, address=asked.minus("view").address(f"/api/v1/{asked.view}", format=name))
            for name in FORMATS
        ),
    )
    try:
        chosen = choose(data, asked)
    except UsageError as error:
        return state.model_copy(update={"problem": str(error)})
    page = chosen.page(limit, cursor)
    size = limit if limit != SIZE else None
    found = counted(data, asked)
    reports = find_reports(data, q=asked.q, limit=_REPORTS) if asked.q else None
    return state.model_copy(
        update={
            "total": chosen.total,
            "first": page.first,
            "lines": lines(chosen, page.rows),
            "next": asked.address(limit=size, cursor=page.next) if page.next else None,
            "previous": asked.address(limit=size, cursor=page.previous) if page.previous else None,
            "facets": found.facets,
            "days": found.days,
            "reports": reports.lines if reports else (),
            "reports_total": reports.total if reports else 0,
        }
    )


def _choice(asked: Asked, name: str, value: str, now: str) -> Choice:
    return Choice(name=value, address=asked.plus(name, value).address(), chosen=value == now)


def active_of(asked: Asked, address: Callable[[Asked], str]) -> list[Active]:
    """The conditions of a state, each with the address of the state without it."""
    return [
        Active(name=name, value=value, label=value.removeprefix("="), address=address(asked.minus(name, value)))
        for name, value in asked.active()
    ]
