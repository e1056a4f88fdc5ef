"""How the web application bears a dataset of 100,000 claims: made-up news is served by `whodid serve` on this machine,
and asked as people and programs ask it."""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from bench.errors import BenchError
from bench.scale import PORTION, News, long_news, store
from bench.shared import Figures
from whodid.dataset import init_dataset, open_dataset
from whodid.dataset.heads import versions
from whodid.dataset.people import open_people

FACETS = 200
CLIENTS = 4
CROWD = 50
REVIEWERS = 2
CROWD_S = 60.0
LONG_WORDS = 20_000

_PATIENCE_S = 120.0


def serve(claims: int, folder: Path | None = None, crowd_s: float = CROWD_S) -> Figures:
    """Fill a dataset with this number of claims and one report of 20,000 words, unless ``folder`` has one that is kept,
    serve it and measure. Times are milliseconds; ratios are by a bare request, the median of as many requests for a
    small static file in the same run.

    Raises BenchError where the site does not start, answers with an error of its own, or lost a judgement.
    """
    with tempfile.TemporaryDirectory() as scratch:
        target = folder or Path(scratch, "data")
        if not versions(target):
            fill(target, claims)
        with _served(target) as (url, start_s):
            with httpx.Client(base_url=url, timeout=_PATIENCE_S) as client:
                bare = _median(_times(client, [_small_file(client)] * FACETS))
                first, whole = _overview(client)
                facets = facet_changes(url)
                long = _median(_times(client, [f"/reports/{_longest(client)}"] * 10))
            crowd = Crowd(url, target, crowd_s)
            figures = crowd.run()
        data = open_dataset(target)
        p95 = percentile(facets, 95)
        return {
            "claims": data.query("SELECT count(*) AS n FROM claims")["n"][0].as_py(),
            "events": data.query("SELECT count(*) AS n FROM events")["n"][0].as_py(),
            "start_s": round(start_s, 1),
            "bare_ms": round(bare, 2),
            "overview_first_ms": round(first, 1),
            "overview_ms": round(whole, 1),
            "overview_ratio": round(whole / bare, 1),
            "facet_median_ms": round(_median(facets), 1),
            "facet_p95_ms": round(p95, 1),
            "facet_ratio": round(p95 / bare, 1),
            "long_report_ms": round(long, 1),
            "long_report_ratio": round(long / bare, 1),
            **figures,
        }


def fill(folder: Path, claims: int) -> None:
    """A dataset with made-up news and one long report."""
    init_dataset(folder)
    news = News()
    for number in range(max(claims // PORTION, 1)):
        made = list(news.reports(min(PORTION, claims)))
        store(folder, made if number else [*made, long_news(LONG_WORDS)])
        print(f"{(number + 1) * PORTION:>10,} claims", file=sys.stderr, flush=True)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, float]]:
    """The address of the dataset while it is served, and the seconds until it was."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "whodid", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not (found := re.search(r"http://\S+", line)):
                raise BenchError(f"the site did not start: {line.strip() or 'it said nothing'}")
            url = found[0].rstrip("/")
            with httpx.Client(base_url=url, timeout=_PATIENCE_S) as client:
                while True:
                    try:
                        client.get("/")
                        break
                    except httpx.ConnectError:
                        time.sleep(0.05)
            yield url, time.perf_counter() - started
        finally:
            process.terminate()


def _small_file(client: httpx.Client) -> str:
    """The address of a small file that every page has: its icon or a script."""
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text))
    sizes = {address: len(client.get(address).content) for address in sorted(addresses)}
    return str(min(sizes, key=lambda address: sizes[address]))


def _times(client: httpx.Client, paths: Sequence[str]) -> list[float]:
    return [_timed(client, path)[1] for path in paths]


def _timed(client: httpx.Client, path: str) -> tuple[float, float]:
    """Milliseconds until the first byte and until the last. Raises BenchError for an answer that is not as it should
    be."""
    started = time.perf_counter()
    with client.stream("GET", path) as answer:
        first = time.perf_counter() - started
        answer.read()
        whole = time.perf_counter() - started
    if answer.status_code != 200:
        raise BenchError(f"GET {path} was answered with {answer.status_code}: {answer.text[:300]}")
    return first * 1000, whole * 1000


def _overview(client: httpx.Client, times: int = 20) -> tuple[float, float]:
    """Medians for the first and for the last byte; every request asks for another number of lines, so that no answer is
    one that was kept."""
    found = [_timed(client, f"/?limit={50 + n}") for n in range(times)]
    return _median([first for first, _ in found]), _median([whole for _, whole in found])


def facet_changes(url: str, number: int = FACETS, clients: int = CLIENTS) -> list[float]:
    """Milliseconds of changes of a facet, from some clients at once: each follows a link to put a value in or take one
    out, as a reader does, and gets the whole page."""
    times: list[float] = []

    def change(seed: int) -> None:
        chance = random.Random(seed)
        address = "/"
        with httpx.Client(base_url=url, timeout=_PATIENCE_S) as client:
            for _ in range(number // clients):
                query = address.partition("?")[2]
                found = client.get(f"/api/v1/facets?{query}").json()["data"]["facets"]
                choices = [value["address"] for facet in found for value in facet["values"] if value["count"]]
                address = chance.choice(choices) if choices and len(query) < 150 else "/"
                times.append(_timed(client, address)[1])

    _side_by_side([partial(change, seed) for seed in range(clients)])
    return times


def _longest(client: httpx.Client) -> str:
    found = client.get("/api/v1/reports", params={"publisher": "Long Paper", "limit": 1}).json()["data"]
    if not found:
        raise BenchError("the dataset has no report of 20,000 words: give a folder that `python -m bench serve` filled")
    return str(found[0]["id"])


# ---------------------------------------------------------------- a crowd


class Crowd:
    """Many readers and two reviewers at once."""

    def __init__(self, url: str, folder: Path, seconds: float) -> None:
        self.url, self.folder, self.seconds = url, folder, seconds
        self.times: list[float] = []
        self.errors: list[str] = []
        self.acknowledged: list[str] = []
        self._until = 0.0

    def run(self) -> Figures:
        """Raises BenchError for an answer with a status of 500 or more, and where a judgement was lost."""
        events, claims = self._things()
        self._until = time.monotonic() + self.seconds
        readers = [partial(self._read, seed, events) for seed in range(CROWD)]
        reviewers = [partial(self._review, claims[number::REVIEWERS]) for number in range(REVIEWERS)]
        _side_by_side([*readers, *reviewers])
        if self.errors:
            raise BenchError(f"{len(self.errors)} requests of the crowd failed; the first: {self.errors[0]}")
        with open_people(self.folder) as people:
            there = {made.claim for made in people.corrections()}
        if not self.acknowledged:
            raise BenchError("no judgement was answered in that time: the machine is too busy to measure")
        lost = sorted(set(self.acknowledged) - there)
        if lost:
            raise BenchError(f"{len(lost)} judgements that were acknowledged are not there; the first: {lost[0]}")
        return {
            "crowd_requests": len(self.times),
            "crowd_median_ms": round(_median(self.times), 1),
            "crowd_p95_ms": round(percentile(self.times, 95), 1),
            "crowd_errors": len(self.errors),
            "judgements": len(self.acknowledged),
            "judgements_lost": len(lost),
        }

    def _things(self) -> tuple[list[str], list[str]]:
        with httpx.Client(base_url=self.url, timeout=_PATIENCE_S) as client:
            events = client.get("/api/v1/events?limit=200").json()["data"]
            claims = client.get("/api/v1/claims?limit=500").json()["data"]
        return [event["id"] for event in events], [claim["id"] for claim in claims]

    def _read(self, seed: int, events: Sequence[str]) -> None:
        """Read as a person does, who looks at a page for some seconds."""
        chance = random.Random(seed)
        with httpx.Client(base_url=self.url, timeout=_PATIENCE_S) as client:
            while time.monotonic() < self._until:
                path = chance.choice(
                    ["/", f"/?limit={chance.randrange(20, 90)}", f"/events/{chance.choice(events)}",
                     f"/api/v1/facets?min_reports={chance.randrange(1, 9)}", "/api/v1/events?order=reports"]
                )  # fmt: skip
                self._asked(client, "GET", path)
                time.sleep(chance.uniform(1, 5))

    def _review(self, claims: Sequence[str]) -> None:
        with httpx.Client(base_url=self.url, timeout=_PATIENCE_S) as client:
            page = client.get("/views").text
            token = re.search(r'<meta name="csrf" content="([^"]+)"', page)
            headers = {"X-CSRF-Token": token[1] if token else ""}
            for claim in claims:
                if time.monotonic() >= self._until:
                    return
                answer = self._asked(client, "POST", "/api/v1/review/accept", json={"claim": claim}, headers=headers)
                if answer is not None and answer.is_success:
                    self.acknowledged.append(claim)
                time.sleep(1)

    def _asked(self, client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response | None:
        started = time.perf_counter()
        try:
            answer = client.request(method, path, **more)
        except httpx.HTTPError as error:
            self.errors.append(f"{method} {path}: {error!r}")
            return None
        self.times.append((time.perf_counter() - started) * 1000)
        if answer.status_code >= 400:
            self.errors.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer


def _side_by_side(work: Sequence[Callable[[], None]]) -> None:
    """Do all of it at once. Raises the first error."""
    raised: list[BaseException] = []

    def do(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:  # told by the thread that waits
            raised.append(error)

    threads = [threading.Thread(target=do, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def _median(times: Sequence[float]) -> float:
    return statistics.median(times)


def percentile(times: Sequence[float], of: int) -> float:
    """The time that so many of a hundred do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * of // 100) - 1)]
