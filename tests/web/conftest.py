"""A dataset that is served: to a client without a socket, on a real one, and to a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.dataset.scenes import filled
from tests.web.varied import varied
from whodid.web import Options, make_app
from whodid.web.render import STATIC
from whodid.web.serving import IDLE_S

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ("--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of made-up news that no test changes."""
    return filled(tmp_path_factory.mktemp("web") / "data", 24)


@pytest.fixture(scope="session")
def app(folder: Path) -> FastAPI:
    """The application on that dataset."""
    return make_app(Options(folder=folder))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Asks the application without a socket."""
    with TestClient(app, base_url="http://localhost") as asking:
        yield asking


class Served:
    """An application on a port of this machine, until :meth:`stop`."""

    def __init__(self, app: FastAPI) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_keep_alive=IDLE_S))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[str]:
    """The address of the application on that dataset, on a real socket."""
    server = Served(make_app(Options(folder=folder)))
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one, or without the built files, what needs it is skipped; where CI is set it
    fails."""
    missing = "Chromium is not installed" if CHROMIUM is None else ""
    if not (STATIC / "manifest.json").is_file():
        missing = "the browser side is not built: `make web`"
    if missing:
        assert not os.environ.get("CI"), missing
        pytest.skip(missing)
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *root])
        yield opened
        opened.close()


class Watched:
    """What went wrong in a page: errors of scripts, refusals of the security policy, requests to elsewhere."""

    def __init__(self, page: Page, home: str) -> None:
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", lambda m: self.problems.append(f"console: {m.text}") if m.type == "error" else None)
        page.on(
            "request", lambda r: None if r.url.startswith((home, "data:", "blob:")) else self.problems.append(r.url)
        )


@pytest.fixture
def context(browser: Browser, served: str) -> Iterator[BrowserContext]:
    """A fresh window on the site."""
    made = browser.new_context(base_url=served, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: str) -> Iterator[Page]:
    """A page of the site; the test fails where a script does, where the security policy refuses something, or where
    something is asked of another host."""
    opened = context.new_page()
    watched = Watched(opened, served)
    yield opened
    assert watched.problems == []


def csrf(client: TestClient, path: str = "/") -> dict[str, str]:
    """The header that a script of a page sends along."""
    found = re.search(r'name="csrf" (?:content|value)="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no token"
    return {"X-CSRF-Token": found[1]}


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """What axe finds wrong with a page as it is now: nothing where it can be used by everyone, as far as a program can
    tell. A line a finding: the rule, the element, what is wrong. Further arguments: only these rules."""

    def find(page: Page, *rules: str) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluated, as the security policy admits no other script
        options = json.dumps({"runOnly": list(rules or WCAG), "resultTypes": ["violations"]})
        found = page.evaluate(f"() => axe.run(document, {options})")
        return [
            f"{one['id']}: {node['html'][:160]}: {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    return find


def fits(page: Page, width: int = 360) -> list[str]:
    """What sticks out of a page on a screen of this width in px; nothing where no one has to scroll sideways."""
    page.set_viewport_size({"width": width, "height": 740})
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
           [...document.querySelectorAll("body *")]
             .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
             .map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.fixture(scope="session")
def special(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of what is rare: wide and missing days, places on both sides of the antimeridian, hostile names."""
    return varied(tmp_path_factory.mktemp("varied") / "data")


@pytest.fixture(scope="module")
def asking(special: Path) -> Iterator[TestClient]:
    """Asks the application on that dataset."""
    with TestClient(make_app(Options(folder=special)), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def window(browser: Browser, special: Path) -> Iterator[Page]:
    """A page on that dataset; the test fails as with ``page``."""
    server = Served(make_app(Options(folder=special)))
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    watched = Watched(opened, server.url)
    yield opened
    context.close()
    server.stop()
    assert watched.problems == []
