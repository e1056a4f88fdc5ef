"""The claims and rejections of the last run, kept so that ``whodid show`` and ``whodid rejects`` can speak of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from whodid.errors import UsageError
from whodid.export import read_claims
from whodid.records import Claim, Rejection

CLAIMS = "claims.jsonl"
REJECTIONS = "rejections.jsonl"


def keep(folder: Path, claims: Path, rejections: Iterable[Rejection]) -> None:
    """Make ``claims`` (a JSON Lines file, copied) and ``rejections`` the last run. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=folder) as new:
        shutil.copyfile(claims, Path(new, CLAIMS))
        Path(new, REJECTIONS).write_text("".join(r.model_dump_json() + "\n" for r in rejections), encoding="utf-8")
        for name in (CLAIMS, REJECTIONS):
            Path(new, name).replace(folder / name)


def last_claims(folder: Path) -> Path:
    """The claims file of the last run. Raises UsageError where there was none."""
    return _existing(folder / CLAIMS)


def last_rejections(folder: Path) -> list[Rejection]:
    """The rejections of the last run. Raises UsageError where there was none."""
    text = _existing(folder / REJECTIONS).read_text(encoding="utf-8")
    return [Rejection.model_validate_json(line) for line in text.split("\n") if line]


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"no run is remembered in {path.parent}: run `whodid code PATH` first")
    return path


def find_claim(path: Path, wanted: str) -> Claim:
    """The claim of a JSON Lines file whose id is ``wanted`` or, of one only, starts so.

    Raises UsageError with the ids that are near where there is none, or more than one.
    """
    ids: list[str] = []
    found: dict[str, Claim] = {}
    for claim in read_claims(path):
        if claim.id == wanted:
            return claim
        ids.append(claim.id)
        if wanted and claim.id.startswith(wanted):
            found[claim.id] = claim
    if len(found) != 1:
        raise UsageError(_no_claim(path, wanted, list(found) or ids, ambiguous=bool(found)))
    return next(iter(found.values()))


def _no_claim(path: Path, wanted: str, ids: list[str], *, ambiguous: bool) -> str:
    if ambiguous:
        return f"several claims of {path} start with {wanted!r}: {', '.join(ids[:8])}; give more of the id"
    if not ids:
        return f"there are no claims in {path}: code a report that has some first, or name another file with --claims"
    length = max(len(wanted), 4)
    short = list(dict.fromkeys(i[:length] for i in ids))
    near = get_close_matches(wanted, short, n=5, cutoff=0.4) or short[:5]
    return f"no claim of {path} has the id {wanted!r}; near ones: {', '.join(near)}"
