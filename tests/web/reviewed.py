"""``whodid serve`` with one route more, by which a test corrects a claim; a program of its own that a test can kill."""

from __future__ import annotations

import sys

from fastapi import FastAPI

from whodid import cli
from whodid.run.reviewing import Reviewing
from whodid.web import Options, serving
from whodid.web.app import make_app
from whodid.web.security import AViewer, need
from whodid.web.site import ASite


def corrected(site: ASite, viewer: AViewer, claim: str, status: str) -> int:
    """The number of the correction, once it is kept."""
    with Reviewing(site.options.folder) as review:
        return review.correct(claim, "status", status, person=viewer.name).id


def reviewed(options: Options) -> FastAPI:
    """The application with that route."""
    app = make_app(options)
    app.add_api_route("/corrected", corrected, methods=["POST"], dependencies=[need("review")])
    return app


def main() -> None:
    """Serve the folder that is named first."""
    serving.make_app = reviewed
    cli.main(["serve", sys.argv[1], "--port", "0"])


if __name__ == "__main__":
    main()
