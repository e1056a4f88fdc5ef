"""A report cut into parts of whole sentences, none of them read twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whodid.records import Annotated, Sentence


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive sentences of a report. ``cuts``: how often it was halved."""

    sentences: tuple[Sentence, ...]
    cuts: int = 0

    @property
    def start(self) -> int:
        """The first character of the part."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """The character after its last one."""
        return self.sentences[-1].end

    @property
    def named(self) -> str:
        """Its sentences as people count them."""
        first, last = self.sentences[0].i + 1, self.sentences[-1].i + 1
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"

    def numbered(self, text: str) -> str:
        """Its sentences, one a line, with the numbers by which an answer refers to them."""
        return "\n".join(f"[{s.i + 1}] {' '.join(text[s.start : s.end].split())}" for s in self.sentences)

    def halves(self) -> tuple[Part, Part] | None:
        """Two parts of about the same length; None for a single sentence."""
        if len(self.sentences) < 2:
            return None
        middle = (self.start + self.end) / 2
        cut = min(range(1, len(self.sentences)), key=lambda i: abs(self.sentences[i].start - middle))
        return Part(self.sentences[:cut], self.cuts + 1), Part(self.sentences[cut:], self.cuts + 1)


def parts(a: Annotated, most: int) -> list[Part]:
    """The sentences of a report in parts of at most ``most`` characters; a longer sentence is a part of its own."""
    out: list[Sequence[Sentence]] = []
    now: list[Sentence] = []
    for s in a.sentences:
        if not a.report.text[s.start : s.end].strip():
            continue
        if now and s.end - now[0].start > most:
            out.append(now)
            now = []
        now.append(s)
    return [Part(tuple(some)) for some in ([*out, now] if now else out)]
