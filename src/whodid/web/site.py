"""What all routes share, and how they reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from whodid.dataset.people import People
from whodid.run.own_text import OwnTexts
from whodid.web.applying import Applying
from whodid.web.live import Live
from whodid.web.options import Options
from whodid.web.render import Pages
from whodid.web.security import Gate
from whodid.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Site:
    """options: as the program was started. live: the dataset. pages: templates, words and built files. gate: who may
    come in. people: the database of what people add, None where nobody can. applying: takes what they judge into the
    dataset, None where nothing is judged. own_texts: codes what people send."""

    options: Options
    live: Live
    pages: Pages
    gate: Gate
    people: People | None
    applying: Applying | None
    own_texts: OwnTexts

    def start(self) -> None:
        """Begin what goes on in the background."""
        self.live.start()
        if self.applying is not None:
            self.applying.start()

    def stop(self) -> None:
        """End it, and close what is open."""
        if self.applying is not None:
            self.applying.stop()
        self.live.stop()
        self.close()

    def changed(self) -> None:
        """Somebody changed something."""
        if self.applying is not None:
            self.applying.wake()

    def close(self) -> None:
        """Close what is open."""
        if self.people is not None:
            self.people.close()


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site


def data_of(request: Request) -> Snapshot:
    """The version of the dataset from which this request is answered."""
    return site_of(request).live.data


ASite = Annotated[Site, Depends(site_of)]
AData = Annotated[Snapshot, Depends(data_of)]
