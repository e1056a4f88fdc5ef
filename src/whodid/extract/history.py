"""Older events told as background."""

from __future__ import annotations

from whodid.extract.lexicon import words
from whodid.records import Annotated


def historical(a: Annotated, i: int) -> bool:
    """True where the words tell of an older event as background: a year before that of the report, "years ago", "in the 1990s"."""
    s = a.sentence_of(i)
    published = a.report.published
    first, last = a.subtree(i)
    near = range(max(s.first, first), min(s.last, last))
    for k in near:
        t = a.tokens[k]
        if t.pos == "NUM" and t.text.isdigit() and len(t.text) == 4 and published is not None:
            if (
                1500 < int(t.text) < published.year
                and a.tokens[t.head].lemma in ("in", "since", "of", "between") + _MONTHS
            ):
                return True
        if t.norm == "ago" and any(
            a.tokens[j].lemma in ("year", "decade", "century") for j in range(max(s.first, k - 4), k)
        ):
            return True
        if t.norm in words()["past_marks"] or (t.norm.endswith("0s") and t.norm[:4].strip("'").isdigit()):
            return True
    return False


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
           "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.")  # fmt: skip
