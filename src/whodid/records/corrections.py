"""What people say of claims: judgements that are kept as rows, and what a claim tells of those that count for it."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, JsonValue, model_validator

from whodid.records.base import Record

CorrectedField = Literal[
    "type", "mode", "contexts", "status", "historical", "actors", "recipients", "when", "where", "said_by", "counts"
]
ClaimVerdict = Literal["accept", "reject", "restore"]
Checked = Literal["none", "accepted", "corrected"]


class Correction(Record):
    """One judgement of a person on a claim. Rows are added, never changed; to take one back is another row.

    id: number of the row, later ones greater. field: what it is about; ``claim`` for the claim as a whole, of which
    ``after`` is the verdict ``accept``, ``reject`` or ``restore``. before, after: the values as JSON, as the claim has
    them in JSON Lines; ``before`` is what counted when it was made. deciding: settles what reviewers differ on, and
    counts before rows that do not. undoes: number of the row that this one takes back, else None.
    """

    id: int = Field(ge=1)
    claim: str
    field: CorrectedField | Literal["claim"]
    before: JsonValue
    after: JsonValue
    person: str
    why: str
    made: dt.datetime
    deciding: bool = False
    undoes: int | None = None

    @model_validator(mode="after")
    def _undoes_an_earlier_one(self) -> Self:
        if self.undoes is not None and self.undoes >= self.id:
            raise ValueError(f"row {self.id} cannot take back row {self.undoes}, which is not an earlier one")
        return self


class Corrected(Record):
    """A field of a claim that has its value from a person. before: the coder's value as JSON text; id: number of the
    :class:`Correction` that counts."""

    id: int
    field: CorrectedField
    before: str
    by: str
    made: dt.datetime
    why: str
