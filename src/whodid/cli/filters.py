"""The options by which events and claims are chosen, each with its one help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import repeated

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the dataset.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION", help="Read an earlier version: its number, a day, or a moment.", show_default=False
    ),
]
_WHO = "a name or whole words of one, an id, a country (IRQ, Iraq), a sector (MIL), or both (“IRQ MIL”)."
Actor = Annotated[list[str] | None, repeated("WHO", f"Done by: {_WHO}")]
Recipient = Annotated[list[str] | None, repeated("WHO", "Done to, as for --actor.")]
Involving = Annotated[list[str] | None, repeated("WHO", "On either side, as for --actor.")]
Type = Annotated[list[str] | None, repeated("TYPE", "Of this type, such as ASSAULT.")]
Mode = Annotated[list[str] | None, repeated("MODE", "Of this mode, such as drone.")]
Where = Annotated[
    list[str] | None, repeated("PLACE", "At a place: whole words of its name, a GeoNames id, or a country.")
]
Country = Annotated[list[str] | None, repeated("COUNTRY", "In a country: its name, or ISO 3166-1 code.")]
Since = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="On or after: 2020-01-14, 2020-01 or 2020.", show_default=False),
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="On or before, with the whole of DAY.", show_default=False)
]
Within = Annotated[
    bool, typer.Option("--within", help="Only what surely was in that time; by default also what may have been.")
]
StatusOption = Annotated[
    list[str] | None, repeated("STATUS", "With this status: happened, future, hypothetical or negated.")
]
Happened = Annotated[
    list[str] | None,
    repeated("STATUS", "With this status; happened by default. Others: future, hypothetical, negated."),
]
Voice = Annotated[list[str] | None, repeated("VOICE", "Told in this voice: outlet, quoted or paraphrased.")]
Speaker = Annotated[list[str] | None, repeated("NAME", "Told by this speaker: whole words of a name.")]
Publisher = Annotated[list[str] | None, repeated("NAME", "Told by this publisher: whole words of its name.")]
Historical = Annotated[
    bool | None,
    typer.Option(
        "--historical/--no-historical", help="Only background from an older time, or none of it.", show_default=False
    ),
]
CheckedOption = Annotated[
    list[str] | None, repeated("WHAT", "As people left it: none (nobody judged it), accepted or corrected.")
]
MinReports = Annotated[
    int | None,
    typer.Option(metavar="N", help="Told by at least N independent reports.", min=1, show_default=False),
]
MinScore = Annotated[
    float | None, typer.Option(metavar="P", help="With a score of at least P, 0 to 1.", show_default=False)
]
Order = Annotated[str, typer.Option(metavar="ORDER", help="day, reports (most first) or score (best first).")]
Limit = Annotated[int | None, typer.Option(metavar="N", help="At most N.", min=1, show_default=False)]
