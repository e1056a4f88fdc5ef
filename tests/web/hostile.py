"""Reports that try to do harm, put into a dataset: a page shows what is in them, and nothing runs, hides or
breaks it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.builders import report
from tests.dataset.scenes import add, news
from whodid.dataset import init_dataset
from whodid.records import Report

SCRIPT = '<script>document.title = "run"</script><img src=x onerror="document.title=\'run\'">'
TURNED = "right\u202eot-left zero\u200bwidth \u2066isolate\u2069"
LINE = "the army of Avalon attacked a convoy in Port Elm on March 3, and 4 people died."


def reports() -> list[Report]:
    """One report a trick, each with a claim or more."""
    day = dt.date(2020, 3, 3)
    return [
        report(f"Officials said {LINE} {SCRIPT}", id="script00", publisher=SCRIPT, title=SCRIPT, published=day,
               url="https://example.org/<script>"),
        report(f"Later, {LINE} \r\n\x00{TURNED} {LINE}", id="turned00", publisher=TURNED, title=TURNED, published=day,
               url="javascript:document.title='run'"),
        report(f"Again {LINE}", id="huge0000", publisher="Elm Wire", title="A" * 1_000_000, published=day,
               url="https://example.org/" + "x" * 100_000),
        report(f"In a file, {LINE}", id="file0000", publisher="Elm Wire", title="“Quoted” & <b>bold</b>", published=day,
               url="/srv/private/news/a.html"),
    ]  # fmt: skip


def hostile(folder: Path) -> Path:
    """A dataset of made-up news with these reports in it."""
    init_dataset(folder)
    add(folder, [*news(6), *reports()])
    return folder
