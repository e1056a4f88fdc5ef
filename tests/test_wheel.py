"""The wheel, installed as a user gets it: nothing may depend on the source tree."""

from __future__ import annotations

import json
import os
import re
import site
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from hatch_build import fresh

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.model]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env={**environment, "WHODID_STATE": str(cwd / "state")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("whodid-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment with the wheel; what it depends on is borrowed from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    home = Path(run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder).strip())
    # a path in a .pth file adds a folder, but not the .pth files in it: the editable install here stays out
    (home / "borrowed.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return folder / "bin"


def test_the_wheel_has_the_knowledge_the_licence_and_the_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "whodid/py.typed" in names
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    in_source = {
        f"whodid/{path.relative_to(ROOT / 'src' / 'whodid')}"
        for path in (ROOT / "src" / "whodid").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert in_source <= names


def test_it_is_the_wheel_that_runs(installed: Path) -> None:
    at = run(installed / "python", "-c", "import whodid; print(whodid.__file__)", cwd=installed.parent).strip()
    assert Path(at).is_relative_to(installed.parent)
    assert run(installed / "whodid", "--version", cwd=installed.parent).startswith("whodid ")


def test_it_codes(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Police arrested twelve protesters in Nairobi on Monday, a spokesman said.\n")
    out = run(installed / "whodid", "code", "news.txt", "--date", "2024-06-26", "--format", "jsonl", cwd=tmp_path)
    assert "COERCE" in {json.loads(line)["type"] for line in out.splitlines()}
    assert "COERCE" in run(installed / "whodid", "ontology", "show", "COERCE", cwd=tmp_path)


def test_it_serves_the_browser_side(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Police arrested twelve protesters in Nairobi on Monday, a spokesman said.\n")
    run(installed / "whodid", "init", "data", cwd=tmp_path)
    run(installed / "whodid", "add", "data", "news.txt", "--date", "2024-06-26", cwd=tmp_path)
    serving = subprocess.Popen(
        [installed / "whodid", "serve", "data", "--port", "0"], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        env={k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}},
    )  # fmt: skip
    try:
        assert serving.stdout is not None
        home = re.search(r"http://[\w.:]+", serving.stdout.readline())
        assert home
        page = urllib.request.urlopen(home[0]).read().decode()
        assert "/events/" in page
        style = re.search(r'href="(/static/main[^"]+\.css)"', page)
        assert style and b"--paper" in urllib.request.urlopen(home[0] + style[1]).read()
    finally:
        serving.terminate()
        serving.wait(30)
        assert serving.stdout is not None
        serving.stdout.close()


def test_the_source_archive_has_the_browser_side_built_and_to_be_built_again(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (found,) = tmp_path.glob("whodid-*.tar.gz")
    with tarfile.open(found) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert fresh(unpacked), "a wheel of it would need Node"
    (unpacked / "web" / "styles" / "tokens.css").write_text(":root { --paper: red; }")
    assert not fresh(unpacked)
