"""What every record is made of: strict frozen models, exact words, and the closed lists of values."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Status = Literal["happened", "future", "hypothetical", "negated"]
Voice = Literal["outlet", "quoted", "paraphrased"]
Stance = Literal["asserts", "denies", "doubts", "supports", "condemns"]
Form = Literal["direct", "indirect", "mixed"]
Precision = Literal["day", "week", "month", "quarter", "year", "range"]
Basis = Literal["text", "published"]
RoleKind = Literal["actor", "recipient"]
Verdict = Literal["same", "different", "unsure"]
LinkKind = Literal["response_to", "follows", "because_of", "part_of", "foretold_by", "planned_by", "denied_by"]
EventFieldName = Literal[
    "type", "mode", "status", "actors", "recipients", "when", "where", "killed", "injured", "arrested", "crowd"
]
Probability = float


class Record(BaseModel):
    """Base of the validated records: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Quote(Record):
    """Exact words of a report: ``report.text[start:end] == text``.

    The report is that of the record that holds the quote; a claim belongs to exactly one.
    """

    text: str
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"a quote of {len(self.text)} characters cannot stand at {self.start}–{self.end}")
        return self
