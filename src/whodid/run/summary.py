"""What a run did, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from whodid.records import Rejection, Usage
from whodid.run.coder import Output


@dataclass
class Summary:
    """Counts of one run: every input is either in ``coded`` or in ``rejections``.

    coded: reports with claims, and those all of whose claims were rejected. events: those that the claims were fused
    into, 0 before. resumed: inputs that an earlier, stopped run of the same command had done. small_model: True where
    the small pipeline stands in for the medium one. rules_alone: True where the weights are not installed and the
    lexicon codes without them. rejected_claims: claims, or parts of reports, that were rejected in ``coded`` reports.
    usage: what a model elsewhere took, None where none was asked. prices: of a million tokens read and of a million
    written, in any currency.
    """

    parser: str
    small_model: bool = False
    rules_alone: bool = False
    coded: int = 0
    claims: int = 0
    events: int = 0
    resumed: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    rejected_claims: list[Rejection] = field(default_factory=list)
    usage: Usage | None = None
    prices: tuple[float, float] | None = None

    def add(self, output: Output) -> None:
        """Count one output."""
        if isinstance(output, Rejection):
            self.rejections.append(output)
            self.spend(output.usage)
        else:
            self.count(len(output.claims), output.rejections)
            self.spend(output.usage)

    def count(self, claims: int, rejected: Iterable[Rejection] = ()) -> None:
        """Count a report with this number of claims, and with what was rejected beside them."""
        self.coded += 1
        self.claims += claims
        self.rejected_claims += rejected

    def spend(self, usage: Usage | None) -> None:
        """Count what one report took at a model elsewhere."""
        if usage is not None:
            self.usage = usage if self.usage is None else self.usage + usage

    @property
    def cost(self) -> float | None:
        """What it cost by the prices; None where there are none, or nothing was asked."""
        if self.usage is None or self.prices is None:
            return None
        read, written = self.prices
        return (self.usage.input_tokens * read + self.usage.output_tokens * written) / 1e6

    @property
    def inputs(self) -> int:
        """Number of inputs."""
        return self.coded + len(self.rejections)

    @property
    def rejected(self) -> Mapping[str, int]:
        """Number of inputs without claims by code, most frequent first."""
        return dict(Counter(r.code for r in self.rejections).most_common())

    @property
    def rejected_claim_codes(self) -> Mapping[str, int]:
        """Number of rejected claims and parts by code, most frequent first."""
        return dict(Counter(r.code for r in self.rejected_claims).most_common())

    @property
    def read(self) -> int:
        """Number of reports that were read and coded, with or without an event in them."""
        return self.coded + self.rejected.get("no-events", 0)
