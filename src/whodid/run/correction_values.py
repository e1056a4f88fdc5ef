"""What a person gives for a field of a claim, made a value as claims have it: words by their place in the report, codes
of the ontology, days, places and ids that are known. Nothing is taken that the report does not say or no list has."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from pydantic import JsonValue

from whodid.dataset.query import parse_day
from whodid.errors import UsageError
from whodid.ground.places import gazetteer
from whodid.records import Precision, Stance, Status, Voice, Where
from whodid.run.correction_parties import Parties
from whodid.run.correction_words import SPAN, choice_of, code_of, keys_of, list_of

_COUNTED = ("killed", "injured", "arrested", "crowd")


class Values(Parties):
    """Makes values for one claim as it is now, of the report that makes it.

    data: the dataset, whose actors are those that an id may name.
    """

    def made(self, field: str, given: JsonValue) -> JsonValue:
        """The value of a field, as JSON has it. Raises UsageError that says what is allowed."""
        if field not in MAKERS:
            raise UsageError(f"{field!r} cannot be corrected; fields: {', '.join(MAKERS)}")
        return MAKERS[field](self, given)

    # ------------------------------------------------------------ codes

    def type(self, given: JsonValue) -> JsonValue:
        """A type of the ontology."""
        return code_of("type", given, self._ontology.types, self._ontology.name)

    def mode(self, given: JsonValue) -> JsonValue:
        """A mode of the claim's type, or null."""
        if given is None:
            return None
        return code_of(f"mode of {self._claim.type}", given, self._ontology.type(self._claim.type).modes,
                     self._ontology.name)  # fmt: skip

    def contexts(self, given: JsonValue) -> JsonValue:
        """Contexts of the ontology, in its order."""
        known = self._ontology.contexts
        wanted = {code_of("context", one, known, self._ontology.name) for one in list_of("contexts", given)}
        return [context for context in known if context in wanted]

    def status(self, given: JsonValue) -> JsonValue:
        """One of the statuses."""
        return choice_of("status", given, get_args(Status))

    def historical(self, given: JsonValue) -> JsonValue:
        """True or false."""
        if not isinstance(given, bool):
            raise UsageError(f"historical: {given!r} is not allowed; give true or false")
        return given

    # ------------------------------------------------------------ who

    def actors(self, given: JsonValue) -> JsonValue:
        """Those who did it."""
        return self._parties("actors", given)

    def recipients(self, given: JsonValue) -> JsonValue:
        """Those to whom it was done."""
        return self._parties("recipients", given)

    # ------------------------------------------------------------ when and where

    def when(self, given: JsonValue) -> JsonValue:
        """First and last possible day, or null: ``2020-01-12``, ``2020-01``, ``2020-01-12/2020-01-14``, or an object
        with ``first``, ``last`` and the words."""
        if given is None:
            return None
        if isinstance(given, str):
            first, _, last = given.partition("/")
            given = {"first": first, "last": last or first}
        of = keys_of("when", given, (*SPAN, "first", "last", "basis"))
        if not of.get("first"):
            raise UsageError("when: give the first possible day, such as 2020-01-12")
        first_day = parse_day("when", of["first"], last=False)
        last_day = parse_day("when", of.get("last") or of["first"], last=True)
        if last_day < first_day:
            raise UsageError(f"when: {last_day} is before {first_day}; give the first day first")
        quote = self._quote("when", of) if of.keys() & set(SPAN) else None
        basis = choice_of("basis", of.get("basis", "text" if quote else "published"), ("text", "published"))
        words = quote.model_dump() if quote else {"text": None, "start": None, "end": None}
        return {"first": str(first_day), "last": str(last_day), "precision": _precision(first_day, last_day),
                "basis": basis, **words}  # fmt: skip

    def where(self, given: JsonValue) -> JsonValue:
        """A place by its words, with its GeoNames id where it is chosen, or null. Without an id the words stand for
        what the claim has for them, or for the only place of that name; with null for none that is known."""
        if given is None:
            return None
        of = keys_of("where", given, (*SPAN, "geonameid"))
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
        of = keys_of("said_by", given, ("voice", "speaker", "cue", "stance"))
        now = self._claim.said_by.model_dump(mode="json")
        voice = choice_of("voice", of.get("voice", now["voice"]), get_args(Voice))
        if voice == "outlet":
            if of.get("speaker") or of.get("cue"):
                raise UsageError("said_by: in the outlet's own voice there is no speaker and no cue")
            stance = of.get("stance")
            if stance is not None:
                choice_of("stance of the outlet", stance, ("doubts",))
            return {"voice": voice, "speaker": None, "cue": None, "chain": [], "stance": stance}
        if "speaker" in of:
            now["speaker"] = self._speaker(of["speaker"])
        if "cue" in of:
            now["cue"] = of["cue"] and self._quote("cue", keys_of("cue", of["cue"], SPAN)).model_dump()
        if "stance" in of:
            now["stance"] = of["stance"] and choice_of("stance", of["stance"], get_args(Stance))
        return {**now, "voice": voice}

    def _speaker(self, given: JsonValue) -> JsonValue:
        if given is None:
            return None
        actor = self._party("speaker", keys_of("speaker", given, (*SPAN, "id", "country", "sectors")))
        return actor.model_dump(mode="json", include={"text", "start", "end", "id", "name"})

    def counts(self, given: JsonValue) -> JsonValue:
        """Numbers of people: ``what``, ``low``, ``high`` (null: an open end) and the words."""
        out: list[JsonValue] = []
        for one in list_of("counts", given):
            of = keys_of("counts", one, (*SPAN, "what", "low", "high"))
            low, high = of.get("low"), of.get("high")
            if any(n is not None and (type(n) is not int or n < 0) for n in (low, high)) or low is high is None:
                raise UsageError(
                    f"counts: {low!r} to {high!r} is no number of people; give whole numbers, one may be null"
                )
            if low is not None and high is not None and high < low:
                raise UsageError(f"counts: {high} is less than {low}; low comes first")
            what = choice_of("counts: what", of.get("what"), _COUNTED)
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
