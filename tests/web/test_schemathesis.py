"""Every operation of the API does what its description says, whatever it is asked: all checks of schemathesis."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dataset.scenes import filled
from tests.web.conftest import Served
from whodid.dataset.accounts import Accounts
from whodid.dataset.people import open_people
from whodid.web import Options, make_app


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a site of one's own, and a token with which everything may be done."""
    folder = filled(tmp_path / "data", 24)
    with open_people(folder) as people:
        accounts = Accounts(people)
        accounts.add("adam", "adam is an admin", "admin")
        token, _ = accounts.make_token("adam", "test", "admin")
    server = Served(make_app(Options(folder=folder)))
    yield server.url, token
    server.stop()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("methods", "seconds"),
    # what removes and changes users is asked last: it takes the token's own person away sooner or later
    [(["--exclude-method", "DELETE", "--exclude-method", "PATCH"], 80), (["--include-method", "DELETE"], 10),
     (["--include-method", "PATCH"], 10)],
    ids=["read-and-add", "remove", "change"],
)  # fmt: skip
def test_the_api_is_as_it_is_described(site: tuple[str, str], tmp_path: Path, methods: list[str], seconds: int) -> None:
    url, token = site
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    assert program, "schemathesis is not installed: pip install -e .[dev]"
    done = subprocess.run(
        # the first text that is coded loads the model: an answer may take a minute
        [program, "--config-file", str(Path(__file__).parent / "schemathesis.toml"), "run",
         f"{url}/api/v1/openapi.json", "--checks", "all", "--max-response-time", "60",
         "--request-timeout", "60", "--max-time", str(seconds), "--max-examples", "20", "--seed", "14",
         "--header", f"Authorization: Bearer {token}", "--continue-on-failure", "--no-color",
         "--generation-database", "none", "--suppress-health-check", "all", *methods],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
