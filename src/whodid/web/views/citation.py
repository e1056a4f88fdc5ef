"""How an event or a report is cited: as a line, as BibTeX, and as CSL-JSON, which reference managers read."""

from __future__ import annotations

import datetime as dt
import re
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, ConfigDict

from whodid.records import ReportInfo
from whodid.run.timeline import short_day
from whodid.web.snapshot import Snapshot
from whodid.web.text import plain, short, web_link

_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
           "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


class Citation(BaseModel):
    """One thing cited in three ways. ``csl`` is one item of CSL-JSON."""

    model_config = ConfigDict(frozen=True)

    plain: str
    bibtex: str
    csl: dict[str, Any]


def cite_event(data: Snapshot, id: str, title: str, address: str) -> Citation:
    """An event in a version of a dataset. address: of its page."""
    title, made = plain(title), data.head.made.date()
    within = f"dataset {data.name}, version {data.version} of {short_day(made)}, Whodid {version('whodid')}"
    bibtex = _entry(
        "misc", f"whodid-{id}", title=title, howpublished=f"Event {id} in the {within}", year=made.year, url=address
    )
    csl = {
        "id": f"whodid-{id}", "type": "dataset", "title": title, "container-title": data.name,
        "version": str(data.version), "issued": _date(made), "number": id, "URL": address,
        "note": f"Event data made with Whodid {version('whodid')}",
    }  # fmt: skip
    return Citation(plain=f"“{title}”. Event {id} in the {within}. {address}", bibtex=bibtex, csl=csl)


def cite_report(data: Snapshot, report: ReportInfo, address: str) -> Citation:
    """A report, with the version of the dataset that it was read in. address: of its page."""
    title, publisher = short(report.title, 300) or "Untitled report", short(report.publisher, 200)
    link = web_link(report.url) or address
    day = short_day(report.published) if report.published else "no date"
    note = f"Report {report.id} in the dataset {data.name}, version {data.version}: {address}"
    bibtex = _entry(
        "article", f"whodid-{report.id}", title=title, journal=publisher,
        date=report.published.isoformat() if report.published else "", url=link, note=note,
    )  # fmt: skip
    csl: dict[str, Any] = {"id": f"whodid-{report.id}", "type": "article-newspaper", "title": title, "URL": link}
    csl |= {"container-title": publisher} if publisher else {}
    csl |= {"issued": _date(report.published)} if report.published else {}
    csl |= {"language": report.language} if report.language else {}
    line = ". ".join(filter(None, [publisher, f"“{title}”", day, link]))
    return Citation(plain=f"{line}. {note}", bibtex=bibtex, csl={**csl, "note": note})


def _entry(kind: str, key: str, **fields: object) -> str:
    lines = [f"  {name} = {{{_escaped(str(value))}}}" for name, value in fields.items() if value != ""]
    return f"@{kind}{{{re.sub(r'[^A-Za-z0-9:.-]', '-', key)},\n" + ",\n".join(lines) + "\n}"


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in plain(text))


def _date(day: dt.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
