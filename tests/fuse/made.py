"""Features and claims made by hand, for tests that need no model."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from whodid.fuse import Features
from whodid.fuse.words import stems

DAY = dt.date(2021, 3, 10).toordinal()

BASE = Features(
    claim="a",
    report="r1",
    publisher="Gazette",
    published=DAY + 1,
    ontology="plover-2.0",
    type="ASSAULT",
    mode="",
    status="happened",
    historical=False,
    actors=("AVL-MIL",),
    actor_countries=("AVL",),
    actor_sectors=("MIL",),
    recipients=("org:harbour-guard",),
    recipient_countries=("BOR",),
    recipient_sectors=("MIL",),
    first=DAY,
    last=DAY,
    precision="day",
    place="17",
    place_country="BOR",
    latitude=10.0,
    longitude=20.0,
    radius_km=10.0,
    start=40,
    sentence_start=0,
    sentence="s1",
    trigger=stems("bombed"),
    words=stems("Avalon's air force bombed a depot of the Harbour Guard near Port Elm on Wednesday"),
    names=("harbour", "guard", "port", "elm"),
    content_type="",
    content=(),
    counts=(3, 3, -1, -1, -1, -1, -1, -1),
    speaker="",
    local="a",
    headline=False,
    form="",
    tied=(),
    antecedent="",
    after=(),
    story=("harbour", "guard", "avalon"),
    setting=("AVL", "BOR"),
)
"""A bombing, as one report tells it."""


def made(claim: str, **fields: Any) -> Features:
    """:data:`BASE` under another id and with other fields; its sentence is its own unless it is given."""
    return dataclasses.replace(
        BASE, **{"claim": claim, "sentence": f"s-{claim}", "report": f"r-{claim}", "local": claim, **fields}
    )
