"""What a person gives for a field of a claim, made a value as claims have it: words by their place in the report, codes
of the ontology, days, places and ids that are known. Nothing is taken that the report does not say or no list has."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_args

from pydantic import JsonValue

from whodid.dataset import Dataset
from whodid.dataset.countries import country_code, near_countries
from whodid.dataset.query import parse_day
from whodid.errors import UsageError
from whodid.ground.places import gazetteer
from whodid.ground.who import Who, made_name
from whodid.ontology import Ontology
from whodid.ontology.model import unknown
from whodid.records import Actor, Claim, Precision, Quote, Report, Stance, Status, Voice, Where
from whodid.run.correcting import ontology_of

Given = Mapping[str, Any]

_COUNTED = ("killed", "injured", "arrested", "crowd")
_SPAN = ("start", "end", "words")


class Values:
    """Makes values for one claim as it is now, of the report that makes it.

    data: the dataset, whose actors are those that an id may name.
    """

    def __init__(self, claim: Claim, report: Report, data: Dataset) -> None:
        self._claim, self._report, self._data = claim, report, data

    def made(self, field: str, given: JsonValue) -> JsonValue:
        """The value of a field, as JSON has it. Raises UsageError that says what is allowed."""
        if field not in MAKERS:
            raise UsageError(f"{field!r} cannot be corrected; fields: {', '.join(MAKERS)}")
        return MAKERS[field](self, given)

    @cached_property
    def _ontology(self) -> Ontology:
        return ontology_of(self._claim.ontology)

    # ------------------------------------------------------------ codes

    def type(self, given: JsonValue) -> JsonValue:
        """A type of the ontology."""
        return _code("type", given, self._ontology.types, self._ontology.name)

    def mode(self, given: JsonValue) -> JsonValue:
        """A mode of the claim's type, or null."""
        if given is None:
            return None
        return _code(f"mode of {self._claim.type}", given, self._ontology.type(self._claim.type).modes,
                     self._ontology.name)  # fmt: skip

    def contexts(self, given: JsonValue) -> JsonValue:
        """Contexts of the ontology, in its order."""
        known = self._ontology.contexts
        wanted = {_code("context", one, known, self._ontology.name) for one in _list("contexts", given)}
        return [context for context in known if context in wanted]

    def status(self, given: JsonValue) -> JsonValue:
        """One of the statuses."""
        return _choice("status", given, get_args(Status))

    def historical(self, given: JsonValue) -> JsonValue:
        """True or false."""
        if not isinstance(given, bool):
            raise UsageError(f"historical: {given!r} is not allowed; give true or false")
        return given

    # ------------------------------------------------------------ words

    def _quote(self, what: str, given: Given) -> Quote:
        """The words that ``start`` and ``end``, or ``words`` that stand once in the sentence or the text, point to."""
        text = self._report.text
        if "words" in given:
            if "start" in given or "end" in given:
                raise UsageError(f"{what}: give either words or start and end, not both")
            start, end = self._find(what, given["words"])
        else:
            start, end = self._place(what, given.get("start"), given.get("end"))
        marked = text[start:end]
        start += len(marked) - len(marked.lstrip())
        quote = self._report.quote(start, start + len(marked.strip()))
        if not any(c.isalnum() for c in quote.text):
            raise UsageError(f"{what}: {marked!r} are no words; mark the words that say it")
        return quote

    def _place(self, what: str, start: object, end: object) -> tuple[int, int]:
        length = len(self._report.text)
        if type(start) is int and type(end) is int and 0 <= start < end <= length:
            return start, end
        raise UsageError(
            f"{what}: start {start!r} and end {end!r} are no place in the text of report {self._report.id}; "
            f"give whole numbers, 0 <= start < end <= {length}, counted in Unicode code points"
        )

    def _find(self, what: str, words: object) -> tuple[int, int]:
        if not isinstance(words, str) or not words.strip():
            raise UsageError(f"{what}: {words!r} are no words")
        sentence = self._claim.sentence
        pattern = re.compile(rf"(?<!\w){re.escape(words.strip())}(?!\w)")
        every = [m.span() for m in pattern.finditer(self._report.text)]
        inside = [span for span in every if sentence.start <= span[0] and span[1] <= sentence.end]
        found = inside or every
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError(f"{what}: {words!r} does not stand in report {self._report.id}; only its own words count")
        places = ", ".join(str(start) for start, _ in found[:8])
        raise UsageError(f"{what}: {words!r} stands {len(found)} times, at {places}; say which by start and end")

    # ------------------------------------------------------------ who

    def actors(self, given: JsonValue) -> JsonValue:
        """Those who did it."""
        return self._parties("actors", given)

    def recipients(self, given: JsonValue) -> JsonValue:
        """Those to whom it was done."""
        return self._parties("recipients", given)

    def _parties(self, field: str, given: JsonValue) -> JsonValue:
        made = [self._party(field, _keys(field, one, (*_SPAN, "id", "country", "sectors")))
                for one in _list(field, given)]  # fmt: skip
        if len({(a.start, a.end) for a in made}) < len(made):
            raise UsageError(f"{field}: the same words are given twice")
        return [actor.model_dump(mode="json") for actor in made]

    def _party(self, field: str, given: Given) -> Actor:
        """An actor by words; whom they stand for as given, else as the claim has it for these words, else as the words
        alone tell."""
        quote = self._quote(field, given)
        if not given.keys() & {"id", "country", "sectors"}:
            return self._same(quote) or self._read(quote)
        country = self._country(field, given.get("country"))
        sectors = self._sectors(field, given.get("sectors"))
        if (id := given.get("id")) is not None:
            return self._named(field, quote, id, country, sectors)
        made = f"{country}-{sectors[0]}" if country and sectors else country
        name = made_name(country, sectors[0]) if country and sectors else None
        if made:
            known = self._known(made)
            name = known.name if known else name
        return Actor(**quote.model_dump(), id=made, name=name, country=country, sectors=sectors, score=1.0)

    def _same(self, quote: Quote) -> Actor | None:
        there = (*self._claim.actors, *self._claim.recipients)
        return next((a for a in there if (a.start, a.end) == (quote.start, quote.end)), None)

    def _read(self, quote: Quote) -> Actor:
        found = Who().lookup(quote.text, context=self._claim.sentence.text, day=self._report.published)
        if found is None:
            return Actor(**quote.model_dump(), score=0.0)
        return Actor(**quote.model_dump(), id=found.id, name=found.name, country=found.country,
                     sectors=found.sectors, score=round(min(found.score, 1.0), 2))  # fmt: skip

    def _named(
        self, field: str, quote: Quote, id: object, country: str | None, sectors: tuple[str, ...]
    ) -> Actor:  # fmt: skip
        made = f"{country}-{sectors[0]}" if country and sectors else country
        known = self._known(id) if isinstance(id, str) else None
        if known is None and id != made:
            raise UsageError(
                f"{field}: no claim of {self._data.path} has an actor with the id {id!r}; leave the id out, or give "
                "that of an actor in the dataset, or of a country or its sector, such as IRQ or IRQ-MIL"
            )
        name = known.name if known else made_name(str(country), sectors[0]) if sectors else None
        return Actor(
            **quote.model_dump(), id=str(id), name=name, score=1.0,
            country=country or (known.country if known else None),
            sectors=sectors or (known.sectors if known else ()),
        )  # fmt: skip

    def _known(self, id: str) -> Actor | None:
        """An actor of the dataset with this id, as the surest of some claims names it."""
        sql = """SELECT record FROM claims WHERE list_contains(actor_ids, ?) OR list_contains(recipient_ids, ?)
            ORDER BY score DESC, id LIMIT 1"""
        for row in self._data.query(sql, [id, id])["record"].to_pylist():
            claim = Claim.model_validate_json(row)
            return next(a for a in (*claim.actors, *claim.recipients) if a.id == id)
        return None

    def _country(self, field: str, given: object) -> str | None:
        if given is None:
            return None
        code = given if isinstance(given, str) and given in self._ontology.countries else country_code(str(given))
        if code is None:
            near = ", ".join(near_countries(str(given))) or "IRQ, FRA, …"
            raise UsageError(f"{field}: there is no country {given!r}; give an ISO 3166-1 code, such as {near}")
        return str(code)

    def _sectors(self, field: str, given: object) -> tuple[str, ...]:
        wanted = [_code("sector", one, self._ontology.sectors, self._ontology.name) for one in _list(field, given)]
        return tuple(dict.fromkeys(wanted))

    # ------------------------------------------------------------ when and where

    def when(self, given: JsonValue) -> JsonValue:
        """First and last possible day, or null: ``2020-01-12``, ``2020-01``, ``2020-01-12/2020-01-14``, or an object
        with ``first``, ``last`` and the words."""
        if given is None:
            return None
        if isinstance(given, str):
            first, _, last = given.partition("/")
            given = {"first": first, "last": last or first}
        of = _keys("when", given, (*_SPAN, "first", "last", "basis"))
        if not of.get("first"):
            raise UsageError("when: give the first possible day, such as 2020-01-12")
        first_day = parse_day("when", of["first"], last=False)
        last_day = parse_day("when", of.get("last") or of["first"], last=True)
        if last_day < first_day:
            raise UsageError(f"when: {last_day} is before {first_day}; give the first day first")
        quote = self._quote("when", of) if of.keys() & set(_SPAN) else None
        basis = _choice("basis", of.get("basis", "text" if quote else "published"), ("text", "published"))
        words = quote.model_dump() if quote else {"text": None, "start": None, "end": None}
        return {"first": str(first_day), "last": str(last_day), "precision": _precision(first_day, last_day),
                "basis": basis, **words}  # fmt: skip

    def where(self, given: JsonValue) -> JsonValue:
        """A place by its words, with its GeoNames id where it is chosen, or null. Without an id the words stand for
        what the claim has for them, or for the only place of that name; with null for none that is known."""
        if given is None:
            return None
        of = _keys("where", given, (*_SPAN, "geonameid"))
        quote = self._quote("where", of)
        there = self._claim.where
        if "geonameid" not in of:
            if there and (there.start, there.end) == (quote.start, quote.end):
                return there.model_dump(mode="json")
            places = {sense.place for sense in gazetteer().senses(quote.text)}
            place = places.pop() if len(places) == 1 else None
        elif of["geonameid"] is None:
            place = None
        else:
            number = of["geonameid"]
            place = gazetteer().place(number) if type(number) is int else None
            if place is None:
                raise UsageError(f"where: there is no place {number!r} in the gazetteer; give a GeoNames id, or null")
        known = {} if place is None else {
            name: getattr(place, name)
            for name in ("name", "country", "geonameid", "latitude", "longitude", "radius_km")
        }  # fmt: skip
        return Where(**quote.model_dump(), **known).model_dump(mode="json")

    # ------------------------------------------------------------ who says so, and how many

    def said_by(self, given: JsonValue) -> JsonValue:
        """Whose words it is: ``outlet``, or an object with voice, speaker (words), cue (words) and stance. Keys that
        are left out stay as they are."""
        if isinstance(given, str):
            given = {"voice": given}
        of = _keys("said_by", given, ("voice", "speaker", "cue", "stance"))
        now = self._claim.said_by.model_dump(mode="json")
        voice = _choice("voice", of.get("voice", now["voice"]), get_args(Voice))
        if voice == "outlet":
            if of.get("speaker") or of.get("cue"):
                raise UsageError("said_by: in the outlet's own voice there is no speaker and no cue")
            stance = of.get("stance")
            if stance is not None:
                _choice("stance of the outlet", stance, ("doubts",))
            return {"voice": voice, "speaker": None, "cue": None, "chain": [], "stance": stance}
        if "speaker" in of:
            now["speaker"] = self._speaker(of["speaker"])
        if "cue" in of:
            now["cue"] = of["cue"] and self._quote("cue", _keys("cue", of["cue"], _SPAN)).model_dump()
        if "stance" in of:
            now["stance"] = of["stance"] and _choice("stance", of["stance"], get_args(Stance))
        return {**now, "voice": voice}

    def _speaker(self, given: JsonValue) -> JsonValue:
        if given is None:
            return None
        actor = self._party("speaker", _keys("speaker", given, (*_SPAN, "id", "country", "sectors")))
        return actor.model_dump(mode="json", include={"text", "start", "end", "id", "name"})

    def counts(self, given: JsonValue) -> JsonValue:
        """Numbers of people: ``what``, ``low``, ``high`` (null: an open end) and the words."""
        out: list[JsonValue] = []
        for one in _list("counts", given):
            of = _keys("counts", one, (*_SPAN, "what", "low", "high"))
            low, high = of.get("low"), of.get("high")
            if any(n is not None and (type(n) is not int or n < 0) for n in (low, high)) or low is high is None:
                raise UsageError(
                    f"counts: {low!r} to {high!r} is no number of people; give whole numbers, one may be null"
                )
            if low is not None and high is not None and high < low:
                raise UsageError(f"counts: {high} is less than {low}; low comes first")
            what = _choice("counts: what", of.get("what"), _COUNTED)
            out.append({"what": what, "low": low, "high": high, **self._quote("counts", of).model_dump()})
        return out


MAKERS: Mapping[str, Callable[[Values, JsonValue], JsonValue]] = MappingProxyType(
    {
        "type": Values.type, "mode": Values.mode, "contexts": Values.contexts, "status": Values.status,
        "historical": Values.historical, "actors": Values.actors, "recipients": Values.recipients, "when": Values.when,
        "where": Values.where, "said_by": Values.said_by, "counts": Values.counts,
    }
)  # fmt: skip
"""Field → what makes a value of what a person gives."""


def _code(what: str, given: object, known: Iterable[str], of: str) -> str:
    codes = {code.casefold(): code for code in known}
    code = codes.get(given.strip().casefold()) if isinstance(given, str) else None
    if code is None:
        raise UsageError(unknown(what, str(given), codes.values(), of=of))
    return code


def _choice(what: str, given: object, allowed: Sequence[str]) -> str:
    if given not in allowed:
        raise UsageError(f"{what}: {given!r} is not allowed; it takes {', '.join(allowed)}")
    return str(given)


def _list(field: str, given: object) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list | tuple):
        raise UsageError(f"{field}: {given!r} is no list")
    return list(given)


def _keys(field: str, given: object, allowed: Sequence[str]) -> dict[str, Any]:
    """An object with no other keys."""
    if not isinstance(given, Mapping):
        raise UsageError(f"{field}: {given!r} is not allowed; give an object with {', '.join(allowed)}")
    if strange := set(given) - set(allowed):
        raise UsageError(f"{field}: there is no key {', '.join(sorted(strange))}; keys: {', '.join(allowed)}")
    return dict(given)


def _precision(first: dt.date, last: dt.date) -> Precision:
    """The narrowest kind of time that is exactly from ``first`` to ``last``."""
    if first == last:
        return "day"
    whole_month = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole_month and months == 1:
        return "month"
    if whole_month and months == 3 and first.month % 3 == 1:
        return "quarter"
    if whole_month and months == 12 and first.month == 1:
        return "year"
    return "week" if first.weekday() == 0 and (last - first).days == 6 else "range"
