"""What a run did, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from whodid.records import Rejection
from whodid.run.coder import Output


@dataclass
class Summary:
    """Counts of one run: every input is either in ``coded`` or in ``rejections``.

    coded: reports with claims. resumed: inputs that an earlier, stopped run of the same command had done. small_model:
    True where the small pipeline stands in for the medium one.
    """

    parser: str
    small_model: bool = False
    coded: int = 0
    claims: int = 0
    resumed: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    def add(self, output: Output) -> None:
        """Count one output."""
        if isinstance(output, Rejection):
            self.rejections.append(output)
        else:
            self.count(len(output.claims))

    def count(self, claims: int) -> None:
        """Count a report with this number of claims."""
        self.coded += 1
        self.claims += claims

    @property
    def inputs(self) -> int:
        """Number of inputs."""
        return self.coded + len(self.rejections)

    @property
    def rejected(self) -> Mapping[str, int]:
        """Number of rejections by code, most frequent first."""
        return dict(Counter(r.code for r in self.rejections).most_common())

    @property
    def read(self) -> int:
        """Number of reports that were read and coded, with or without an event in them."""
        return self.coded + self.rejected.get("no-events", 0)
