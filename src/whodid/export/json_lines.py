"""One JSON object a line, field by field as in :class:`whodid.records.Claim`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from whodid.errors import UsageError
from whodid.records import Claim


def json_line(claim: Claim) -> str:
    """A claim as one line, with its line end."""
    return claim.model_dump_json() + "\n"


def write_json_lines(claims: Iterable[Claim], target: Path) -> None:
    """Write claims as UTF-8 JSON Lines."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(map(json_line, claims))


def read_claims(path: Path) -> Iterator[Claim]:
    """The claims of a JSON Lines file. Raises UsageError for a file or a line that does not hold them."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _claim(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the claims file {path} cannot be read: {error}") from error


def _claim(path: Path, number: int, line: str) -> Claim:
    try:
        return Claim.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"])) or "the line"
        raise UsageError(
            f"{path}, line {number} is not a claim: {field}: {problem['msg']}. "
            "Give a file that `whodid code … --format jsonl` wrote"
        ) from error
