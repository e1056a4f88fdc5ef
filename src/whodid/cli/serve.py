"""``whodid serve``: the web application on a dataset."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from whodid.cli.keeping import Folder, Judgements
from whodid.errors import UsageError

_MOST_PORTS = 65_535


def serve(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: Folder,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on. Any but this machine's own needs users.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", help="Port to listen on; 0 for any that is free.")] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Another name by which the site is reached. May be repeated.", show_default=False
        ),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="Address of a proxy that says who asks (X-Forwarded-For, X-Forwarded-Proto). May be repeated.",
            show_default=False,
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody change anything.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Let everybody read without logging in; with --read-only alone.")
    ] = False,
    max_upload: Annotated[float, typer.Option(metavar="MB", help="Most megabytes that a request may have.")] = 5.0,
    texts_an_hour: Annotated[
        int, typer.Option(metavar="N", help="Own texts that a person may have coded in an hour; 0 for none.")
    ] = 60,
    language: Annotated[str, typer.Option(metavar="LANGUAGE", help="Language of the pages, such as en.")] = "en",
    judgements: Judgements = None,
) -> None:
    """Open a dataset in the browser: to read it, to see why it says so, and to put it right.

    Only this machine reaches it unless --host is given, and that needs users: `whodid user add`. Ctrl-C ends it.
    docs/serving.md says how to serve it for others.
    """
    from whodid.web import Options
    from whodid.web.options import MEGABYTE

    if not 0 <= port <= _MOST_PORTS:
        raise UsageError(f"--port: {port} is no port; give 1 to {_MOST_PORTS}, or 0 for any that is free")
    options = Options(
        folder=folder, judgements=judgements, language=language, host=host, names=tuple(allow_host or ()),
        proxies=tuple(proxy or ()), read_only=read_only, public=public, max_upload=round(max_upload * MEGABYTE),
        texts_an_hour=texts_an_hour,
    )  # fmt: skip
    from whodid.web.serving import Serving

    with Serving(options, port) as serving:
        if sys.platform != "win32":
            signal.signal(signal.SIGTERM, lambda *_: None)  # the server ends by it; the program then ends as usual
        typer.echo(f"{folder} is open at {serving.url} ; Ctrl-C ends it")
        serving.run()
