"""GDELT 2.0: the table of events (61 columns) and the table of mentions (16 columns), tab-separated without a header.

Follows "The GDELT Event Database Data Format Codebook V2.0" (19 February 2015) and GDELT's look-up tables for CAMEO.
The files are named as GDELT's own end: ``….export.CSV`` and ``….mentions.CSV``. What GDELT gives and Whodid does not
know (tone, religion, ethnic group, places of actors, feature ids) is empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from whodid.export.format import Column, Format, Table, TableSink, dyadic, happened_on_a_day, tsv_line
from whodid.export.formats import cameo
from whodid.export.formats.cameo import CameoActor, cameo_actor
from whodid.export.places import country, level, us_state
from whodid.export.told import Told, is_web, number
from whodid.records import Claim, Report, Where

EVENTS, MENTIONS = "events.export.CSV", "events.mentions.CSV"
_TIME = "%Y%m%d%H%M%S"
_WEB, _CITATION = 1, 2


@dataclass(frozen=True, slots=True)
class _Event:
    told: Told
    code: str
    day: dt.date
    actor1: CameoActor
    actor2: CameoActor

    @property
    def where(self) -> Where | None:
        return self.told.event.where


@dataclass(frozen=True, slots=True)
class _Mention:
    told: Told
    claim: Claim

    @property
    def report(self) -> Report | None:
        return self.told.reports.get(self.claim.report.id)


def _events(told: Told) -> Iterator[_Event]:
    event = told.event
    if event.cameo is None or told.day is None:
        raise ValueError(f"event {event.id} has no CAMEO code or no single day")
    actor1, actor2 = ((side[0] if side else None) for side in (event.actors, event.recipients))
    yield _Event(told, event.cameo, told.day, cameo_actor(actor1), cameo_actor(actor2))


def _mentions(told: Told) -> Iterator[_Mention]:
    return (_Mention(told, claim) for claim in told.claims)


# ---------------------------------------------------------------- values


def _fraction(day: dt.date) -> str:
    """The part of the year that is over, in GDELT's way: months of 30 days, years of 365."""
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"


def _added(told: Told) -> str:
    return told.retrieved.astimezone(dt.UTC).strftime(_TIME) if told.retrieved else ""


def _in_lead(event: _Event) -> int | None:
    """1 if a claim stands in the first paragraph of its report, None where no report's text is at hand."""
    at_hand = [(c, r) for c in event.told.claims if (r := event.told.reports.get(c.report.id))]
    return int(any(c.sentence.start < _first_paragraph(r) for c, r in at_hand)) if at_hand else None


def _first_paragraph(report: Report) -> int:
    """Where the first paragraph of the text ends; a first line that is the title again does not count."""
    at = 0
    for line in report.text.splitlines(keepends=True):
        at += len(line)
        if line.strip() and line.strip() != (report.title or "").strip():
            return at
    return at


def _sources(told: Told) -> int:
    """Different publishers; a report without one counts as a source of its own."""
    return len({c.report.publisher or c.report.id for c in told.claims})


def _geo_type(where: Where | None) -> int | None:
    """GDELT's kind of place: 1 country, 2 and 3 state and city of the USA, 4 and 5 city and division elsewhere."""
    if where is None:
        return None
    in_usa = where.country == "USA"
    kinds = {"country": 1, "province": 2 if in_usa else 5, "district": 5, "city": 3 if in_usa else 4}
    return kinds.get(level(where))


def _full_name(where: Where | None) -> str:
    if where is None:
        return ""
    home = country(where.country)
    name = where.name or where.text
    return name if home is None or name == home.name else f"{name}, {home.name}"


def _fips(where: Where | None) -> str:
    home = country(where.country) if where else None
    return (home.fips or "") if home else ""


def _adm1(where: Where | None) -> str:
    """FIPS code of a first-level division; only those of the USA are known. A country stands for itself."""
    if where is None:
        return ""
    if level(where) == "country":
        return _fips(where)
    state = us_state(where)
    return f"US{state}" if state else ""


def _source_name(mention: _Mention) -> str:
    url = mention.claim.report.url
    if is_web(url):
        return urlsplit(str(url)).hostname or ""
    return mention.claim.report.publisher or ""


def _identifier(mention: _Mention) -> str:
    report = mention.claim.report
    if is_web(report.url):
        return str(report.url)
    parts = (report.publisher, report.title, str(report.published) if report.published else None, report.id)
    return "; ".join(part for part in parts if part)


def _mention_time(mention: _Mention) -> str:
    report = mention.report
    return report.retrieved.astimezone(dt.UTC).strftime(_TIME) if report and report.retrieved else ""


# ---------------------------------------------------------------- columns

E = Column[_Event]
M = Column[_Mention]


def _actor(n: int) -> tuple[E, ...]:
    def of(event: _Event) -> CameoActor:
        return event.actor1 if n == 1 else event.actor2

    def nth_type(i: int) -> Callable[[_Event], str]:
        return lambda event: of(event).type(i)

    name = f"Actor{n}"
    source = "actors[0]" if n == 1 else "recipients[0]"
    role = "who did it" if n == 1 else "to whom"
    empty = (("EthnicCode", "ethnic group"), ("Religion1Code", "religion"), ("Religion2Code", "second religion"))
    return (
        E(f"{name}Code", "text", f"{role}: country, known group and types in one CAMEO code", source,
          lambda e: of(e).code),
        E(f"{name}Name", "text", f"{role}: name, or the words where no name is known", f"{source}.name",
          lambda e: of(e).name),
        E(f"{name}CountryCode", "text", "CAMEO country code", f"{source}.country", lambda e: of(e).country),
        E(f"{name}KnownGroupCode", "text", "CAMEO code of a known organisation", f"{source}.country",
          lambda e: of(e).group),
        *(E(f"{name}{part}", "text", f"{what}; not known", "", lambda _: None) for part, what in empty),
        *(E(f"{name}Type{i + 1}Code", "text", f"CAMEO actor type {i + 1}", f"{source}.sectors", nth_type(i))
          for i in range(3)),
    )  # fmt: skip


def _no_geo(name: str) -> tuple[E, ...]:
    parts = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(
        E(f"{name}_{part}", "number" if part in {"Lat", "Long", "Type"} else "text", "place of an actor; not known", "",
          lambda _: None)
        for part in parts
    )  # fmt: skip


_ACTION_GEO: tuple[E, ...] = (
    E("ActionGeo_Type", "whole number", "1 country, 2 state of the USA, 3 city of the USA, 4 city elsewhere, 5 "
      "division elsewhere", "where", lambda e: _geo_type(e.where)),
    E("ActionGeo_Fullname", "text", "name of the place, with its country", "where.name", lambda e: _full_name(e.where)),
    E("ActionGeo_CountryCode", "text", "FIPS 10-4 code of the country", "where.country", lambda e: _fips(e.where)),
    E("ActionGeo_ADM1Code", "text", "FIPS 10-4 code of the division; of states of the USA and whole countries only",
      "where.geonameid", lambda e: _adm1(e.where)),
    E("ActionGeo_ADM2Code", "text", "code of the district; not known", "", lambda _: None),
    E("ActionGeo_Lat", "number", "degrees, WGS84", "where.latitude", lambda e: e.where.latitude if e.where else None),
    E("ActionGeo_Long", "number", "degrees, WGS84", "where.longitude",
      lambda e: e.where.longitude if e.where else None),
    E("ActionGeo_FeatureID", "text", "GNS or GNIS id; not known (Whodid has GeoNames ids)", "", lambda _: None),
)  # fmt: skip

EVENT_COLUMNS: tuple[E, ...] = (
    E("GLOBALEVENTID", "whole number", "53 bits of the SHA-256 of the event's id", "id",
      lambda e: number(e.told.event.id)),
    E("SQLDATE", "whole number", "day of the event, YYYYMMDD", "when.first", lambda e: e.day.strftime("%Y%m%d")),
    E("MonthYear", "whole number", "YYYYMM", "when.first", lambda e: e.day.strftime("%Y%m")),
    E("Year", "whole number", "YYYY", "when.first", lambda e: e.day.year),
    E("FractionDate", "number", "year with the part of it that is over: ((month - 1) × 30 + day) / 365", "when.first",
      lambda e: _fraction(e.day)),
    *_actor(1),
    *_actor(2),
    E("IsRootEvent", "whole number", "1 if a claim stands in the first paragraph of its report, else 0", "claims",
      _in_lead),
    E("EventCode", "text", "CAMEO code", "cameo", lambda e: e.code),
    E("EventBaseCode", "text", "CAMEO code at level two", "cameo", lambda e: cameo.base(e.code)),
    E("EventRootCode", "text", "CAMEO code at level one", "cameo", lambda e: cameo.root(e.code)),
    E("QuadClass", "whole number", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material "
      "conflict, by the CAMEO root", "cameo", lambda e: cameo.quad_class(e.code)),
    E("GoldsteinScale", "number", "Goldstein value of the CAMEO code, -10 to 10; empty where none is published",
      "cameo", lambda e: cameo.goldstein(e.code)),
    E("NumMentions", "whole number", "claims that tell of the event, in all of its reports (GDELT: of the first 15 "
      "minutes)", "claims", lambda e: len(e.told.claims)),
    E("NumSources", "whole number", "different publishers of its reports", "publishers",
      lambda e: _sources(e.told)),
    E("NumArticles", "whole number", "reports that tell of it, copies too", "reports",
      lambda e: len({c.report.id for c in e.told.claims})),
    E("AvgTone", "number", "tone of the documents; not known", "", lambda _: None),
    *_no_geo("Actor1Geo"),
    *_no_geo("Actor2Geo"),
    *_ACTION_GEO,
    E("DATEADDED", "whole number", "when the first of its reports was read, YYYYMMDDHHMMSS, UTC", "report.retrieved",
      lambda e: _added(e.told)),
    E("SOURCEURL", "text", "address of the first of its reports that has one; else its citation", "report.url",
      lambda e: next(iter(e.told.urls), None) or _identifier(_Mention(e.told, e.told.claims[0]))),
)  # fmt: skip

MENTION_COLUMNS: tuple[M, ...] = (
    M("GLOBALEVENTID", "whole number", "number of the event", "event", lambda m: number(m.told.event.id)),
    M("EventTimeDate", "whole number", "when the first of the event's reports was read, YYYYMMDDHHMMSS, UTC",
      "report.retrieved", lambda m: _added(m.told)),
    M("MentionTimeDate", "whole number", "when this report was read", "report.retrieved", _mention_time),
    M("MentionType", "whole number", "1 on the web, 2 a citation only", "report.url",
      lambda m: _WEB if is_web(m.claim.report.url) else _CITATION),
    M("MentionSourceName", "text", "host of the address; of a report without one its publisher", "report.url",
      _source_name),
    M("MentionIdentifier", "text", "address of the report; of one without its publisher, title, day and id",
      "report.url", _identifier),
    M("SentenceID", "whole number", "number of the sentence; not known (offsets are)", "", lambda _: None),
    M("Actor1CharOffset", "whole number", "Unicode code points before the actor's words", "actors[0].start",
      lambda m: m.claim.actors[0].start if m.claim.actors else None),
    M("Actor2CharOffset", "whole number", "Unicode code points before the recipient's words", "recipients[0].start",
      lambda m: m.claim.recipients[0].start if m.claim.recipients else None),
    M("ActionCharOffset", "whole number", "Unicode code points before the words that name the event", "trigger.start",
      lambda m: m.claim.trigger.start),
    M("InRawText", "whole number", "always 1: texts are read as they are", "trigger", lambda _: 1),
    M("Confidence", "whole number", "score of the claim in per cent", "score", lambda m: round(m.claim.score * 100)),
    M("MentionDocLen", "whole number", "Unicode code points of the report", "report.text",
      lambda m: len(m.report.text) if m.report else None),
    M("MentionDocTone", "number", "tone of the document; not known", "", lambda _: None),
    M("MentionDocTranslationInfo", "text", "empty: no text is translated", "", lambda _: None),
    M("Extras", "text", "reserved by GDELT", "", lambda _: None),
)  # fmt: skip

_TABLES = (
    Table(EVENTS, EVENT_COLUMNS, _events, tsv_line, header=False),
    Table(MENTIONS, MENTION_COLUMNS, _mentions, tsv_line, header=False),
)


def _refuse(told: Told) -> str | None:
    if reason := happened_on_a_day(told):
        return reason
    return "no-cameo" if told.event.cameo is None else None


def _open(folder: Path) -> TableSink:
    return TableSink(folder, _TABLES)


GDELT = Format(
    name="gdelt",
    title="GDELT 2.0: table of events (61 columns) and table of mentions (16 columns), tab-separated, no header",
    document="The GDELT Event Database Data Format Codebook V2.0, 19 February 2015",
    note="GDELT has no status: only events that happened are in it, a threat or a promise among them. One row an "
    "event, not one a report or a pair of actors: counts of rows are not to be compared with GDELT's own.",
    files={EVENTS: EVENT_COLUMNS, MENTIONS: MENTION_COLUMNS},
    refuse=_refuse,
    reduce=dyadic,
    open=_open,
    numbered=True,
)
"""The format."""
