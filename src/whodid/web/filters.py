"""What an address asks for: the state of every page that lists events or claims, read from its query string and written
into one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Self
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request
from fastapi.params import Query as QueryField
from pydantic import BaseModel, ConfigDict

from whodid.dataset.conditions import View
from whodid.dataset.countries import country_code
from whodid.dataset.query import Order, make_query
from whodid.dataset.query import Query as Conditions
from whodid.errors import UsageError
from whodid.records import Checked, Status, Voice
from whodid.web.search import match_of

NAMES = tuple(name for name in Conditions.model_fields if name != "limit")
"""The conditions that an address can have beside ``q`` and ``view``. How much is on a page is not part of a state."""

_LISTS = frozenset(name for name in NAMES if Conditions.model_fields[name].default == ())
_MOST = 50


_quoted = lru_cache(maxsize=8_192)(quote)  # a page has a hundred addresses made of much the same


class Asked(BaseModel):
    """The state of a list. query: the conditions. q: words, empty for none. view: events or claims."""

    model_config = ConfigDict(frozen=True)

    view: View = "events"
    q: str = ""
    query: Conditions = Conditions()

    def fields(self) -> list[tuple[str, str]]:
        """The state as names and values, in one order whatever that of the address; nothing that is the default."""
        found: list[tuple[str, str]] = [("view", self.view)] if self.view != "events" else []
        found += [("q", self.q)] if self.q else []
        for name, value in self.query.options().items():
            if name in NAMES:
                values = sorted(set(value)) if isinstance(value, list) else [value]
                found += [(name, str(one).lower() if isinstance(one, bool) else str(one)) for one in values]
        return found

    def address(self, path: str = "/", **more: object) -> str:
        """The address of this state on the page at ``path``; ``more``: further parameters, None for none."""
        fields = self.fields() + [(name, str(value)) for name, value in more.items() if value is not None]
        return f"{path}?{urlencode(fields, quote_via=_quoted)}" if fields else path

    def plus(self, name: str, value: object) -> Self:
        """The state with a value more; of what can have one value only, with this one."""
        if name in {"view", "q"}:
            return self.model_copy(update={name: value})
        new = (*getattr(self.query, name), value) if name in _LISTS else value
        return self._with({name: new})

    def minus(self, name: str, value: object = None) -> Self:
        """The state without a value, or without any of that name."""
        if name in {"view", "q"}:
            return self.model_copy(update={name: type(self).model_fields[name].default})
        if name in _LISTS and value is not None:
            return self._with({name: tuple(one for one in getattr(self.query, name) if one != value)})
        return self._with({name: Conditions.model_fields[name].default})

    def _with(self, update: Mapping[str, object]) -> Self:
        query = self.query.model_copy(update=dict(update))
        if query.within and not (query.since or query.until):
            query = query.model_copy(update={"within": False})  # which only says how days are meant
        return self.model_copy(update={"query": query})

    def active(self) -> list[tuple[str, str]]:
        """The conditions of the state with each of their values, without how it is shown."""
        return [(name, value) for name, value in self.fields() if name not in {"view", "order"}]

    def options(self) -> dict[str, str | list[str]]:
        """The state as JSON, as :func:`asked_from` takes it."""
        out: dict[str, str | list[str]] = {}
        for name, value in self.fields():
            if name in _LISTS:
                listed = out.setdefault(name, [])
                assert isinstance(listed, list)
                listed.append(value)
            else:
                out[name] = value
        return out


def asked_from(options: Mapping[str, object]) -> Asked:
    """The state of what is asked for by name; numbers and truth values may be texts. Raises UsageError."""
    given = dict(options)
    view, q = str(given.pop("view", "events")), str(given.pop("q", "")).strip()
    if view not in {"events", "claims"}:
        raise UsageError(f"view: {view!r} is not allowed; it takes events or claims")
    if q:
        match_of(q)
    for name, value in given.items():
        if name not in NAMES:
            raise UsageError(f"there is no condition {name!r}; conditions: q, view, {', '.join(NAMES)}")
        if isinstance(value, list | tuple) and len(value) > _MOST:
            raise UsageError(f"{name}: {len(value)} values are too many; {_MOST} at most")
    query = make_query(**{name: _plain(name, value) for name, value in given.items()})
    return Asked(view=view, q=q, query=query)  # type: ignore[arg-type]


def _plain(name: str, value: object) -> object:
    """A value that came as text as what the query takes."""
    if name in {"within", "historical"} and value in {"true", "false"}:
        return value == "true"
    if name in {"min_reports", "min_score"} and isinstance(value, str):
        try:
            return int(value) if name == "min_reports" else float(value)
        except ValueError as error:
            raise UsageError(f"{name}: {value!r} is no number") from error
    if name == "country":
        listed = value if isinstance(value, list | tuple) else [value]
        return [country_code(str(one)) or one for one in listed]
    return value


def _many(description: str) -> object:
    return Query(description=description, max_length=_MOST)


Word = Annotated[str, Query(max_length=200)]
_WHO = "a name or whole words of one, `=` and a whole name, an id, a country, a sector, or both (`IRQ MIL`)"
DAY = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""How a day, a month or a year is written in an address."""


def asked_of(  # noqa: PLR0913, PLR0917  one parameter a condition
    view: Annotated[View, Query(description="Events, or the claims of which they are made.")] = "events",
    q: Annotated[
        str | None, Query(description='Words: all of them; `"side by side"`; `begin*`.', max_length=200)
    ] = None,
    actor: Annotated[list[Word] | None, _many(f"Done by: {_WHO}.")] = None,
    recipient: Annotated[list[Word] | None, _many("Done to, as `actor`.")] = None,
    involving: Annotated[list[Word] | None, _many("On either side, as `actor`.")] = None,
    type: Annotated[list[Word] | None, _many("Type of the ontology, as `ASSAULT`.")] = None,
    mode: Annotated[list[Word] | None, _many("Mode, as `drone`.")] = None,
    where: Annotated[
        list[Word] | None, _many("Words of a place's name, `=` and a name, a GeoNames id or a country.")
    ] = None,
    country: Annotated[list[Word] | None, _many("Country in which it took place: name or ISO 3166-1 code.")] = None,
    since: Annotated[str | None, Query(description="On or after: 2020-01-14, 2020-01 or 2020.", pattern=DAY)] = None,
    until: Annotated[str | None, Query(description="On or before, the whole of it.", pattern=DAY)] = None,
    within: Annotated[bool, Query(description="Only what surely was in that time.")] = False,
    status: Annotated[list[Status] | None, _many("Status.")] = None,
    voice: Annotated[list[Voice] | None, _many("Told in this voice.")] = None,
    speaker: Annotated[list[Word] | None, _many("Told by this speaker: words of a name, or `=` and a name.")] = None,
    publisher: Annotated[list[Word] | None, _many("Told by this publisher, as `speaker`.")] = None,
    historical: Annotated[bool | None, Query(description="Only background from an older time, or none of it.")] = None,
    checked: Annotated[list[Checked] | None, _many("What people left it as.")] = None,
    min_reports: Annotated[int | None, Query(description="At least so many independent reports.", ge=1)] = None,
    min_score: Annotated[float | None, Query(description="A score of at least this.", ge=0, le=1)] = None,
    order: Annotated[Order, Query(description="By day, by most independent reports, or by best score.")] = "day",
) -> Asked:
    """The state that an address asks for. Raises UsageError for a value that no state has."""
    given = dict(locals())
    return asked_from({name: value for name, value in given.items() if value is not None})


AnAsked = Annotated[Asked, Depends(asked_of)]


class Elsewhere(Exception):
    """The same page has a plainer address."""

    def __init__(self, address: str) -> None:
        self.address = address


def plain_address(request: Request) -> None:
    """Forms send fields that were left empty, and browsers add nothing to an address that would tell: raises
    :class:`Elsewhere` with the address without them, so that what people copy is short."""
    given = request.query_params.multi_items()
    told = [(name, value) for name, value in given if value.strip()]
    if len(told) < len(given):
        path = request.url.path
        raise Elsewhere(f"{path}?{urlencode(told, quote_via=quote)}" if told else path)


def known_parameters(request: Request) -> None:
    """Raises UsageError for a query parameter that the address does not take: one that is mistyped must not look as if
    it were heeded."""
    from fastapi.dependencies.utils import get_flat_params

    dependant = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return
    known = {field.alias for field in get_flat_params(dependant) if isinstance(field.field_info, QueryField)}
    if not request.url.path.startswith("/api/"):
        known.add("lang")  # of the interface, which every page heeds
    for name in request.query_params:
        if name not in known:
            raise UsageError(
                f"{name}: there is no such parameter here; parameters: {', '.join(sorted(known)) or 'none'}"
            )
