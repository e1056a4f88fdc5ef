"""The diagram that cannot go stale: who may import whom inside ``whodid``, read from the source."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import whodid

PACKAGE = Path(whodid.__file__).parent

GROUND = {"records", "errors", "ontology", "models"}
"""What every stage stands on."""

STAGES = ("ingest", "annotate", "extract", "ground", "framing", "fuse", "dataset", "export", "timeline")
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "records": {"errors"},
    "ontology": {"records", "errors"},
    "models": {"records", "errors", "ontology"},
    **dict.fromkeys(STAGES, GROUND),
    "settings": {"errors"},
    "run": {*GROUND, *STAGES, "settings"},
    "web": {*GROUND, "export", "settings", "run", "dataset"},
    "cli": {*GROUND, "export", "settings", "run", "dataset", "web"},
    "__main__": {"cli"},
    "": {*GROUND, "settings", "run", "export", "ingest", "fuse", "dataset"},
}
"""Part of the package → parts that it may import; "" is the package's own ``__init__``."""


def part(module: str) -> str:
    """``whodid.ground.who`` → ``ground``."""
    return [*module.split("."), ""][1]


def imported(source: str) -> Iterator[str]:
    """The parts of ``whodid`` that a module's source imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import; name the module in full"
            names = [node.module or ""]
            if node.module == "whodid":  # `from whodid import records` names a part as well
                names = [f"whodid.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (part(name) for name in names if name.split(".")[0] == "whodid")


def sideways(of: str, source: str) -> set[str]:
    """What a module of the part ``of`` imports and may not."""
    return set(imported(source)) - ALLOWED[of] - {of}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def of_path(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_imported_sideways(path: Path) -> None:
    assert of_path(path) in ALLOWED, f"{of_path(path)} is a new part: say in {Path(__file__).name} what it may import"
    assert sideways(of_path(path), path.read_text(encoding="utf-8")) == set()


def test_every_part_in_the_table_exists() -> None:
    assert set(ALLOWED) == {of_path(path) for path in modules()}


@pytest.mark.parametrize(
    ("of", "source", "found"),
    [
        ("extract", "from whodid.ground import ground", {"ground"}),
        ("ground", "def f():\n    import whodid.extract.tree", {"extract"}),
        ("cli", "from whodid import annotate", {"annotate"}),
        ("records", "from whodid.run import code", {"run"}),
        ("ground", "from whodid.ground.who import Who\nfrom whodid.records import Claim\nimport json", set()),
    ],
)
def test_the_check_itself(of: str, source: str, found: set[str]) -> None:
    assert sideways(of, source) == found


def third_party(source: str) -> set[str]:
    """Names of the packages from elsewhere that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"whodid"}


def test_what_the_package_imports_is_what_it_declares() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    homes = packages_distributions()
    for path in modules():
        for name in third_party(path.read_text(encoding="utf-8")):
            assert {home.lower() for home in homes[name]} & declared, f"{path}: {name} is not in pyproject.toml"
