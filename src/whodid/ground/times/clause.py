"""The days of one predicate, from its own sentence: its own time words, and what its clause shares with others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from whodid.ground.times.anchors import Anchor, anchors, apart
from whodid.ground.times.attach import Host, hosts, is_verb, names, spans_by_preposition
from whodid.ground.times.calendar import DAY
from whodid.ground.times.expression import TimeExpression
from whodid.ground.times.tense import direction, verb_direction
from whodid.records import Annotated, Basis, Precision, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_MAX_STEPS = 4
_AFTER = ("after", "following")
_COMPARING = ("from", "than", "with", "to", "against")  # "up from a year earlier"
_LONGEST = 14
_SHORT = 4
"""Days. Longer than this, "after" says too little."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Days, the words that they rest on (characters, half-open), and why they are those of the event."""

    first: dt.date
    last: dt.date
    precision: Precision
    basis: Basis
    start: int
    end: int
    why: str


class Clauses:
    """The dates of a report's predicates. ``heads``: tokens that are predicates of mentions."""

    def __init__(self, annotated: Annotated, times: Sequence[TimeExpression], heads: Iterable[int]) -> None:
        self.annotated = annotated
        self.times = times
        self.heads = frozenset(heads)
        self._hosted: dict[int, list[tuple[Host, TimeExpression]]] = {}
        self._hosts_of: dict[int, list[Host]] = {}
        for e in times:
            if e.dated:
                self._hosts_of[e.start] = list(hosts(annotated, e, self.heads))
                for host in self._hosts_of[e.start]:
                    self._hosted.setdefault(host.token, []).append((host, e))
        self.known: dict[int, Dated] = {}
        """Days of predicates that were found outside of their clause; they count like time words of their own."""
        self._inside = {i: e for e in times if e.dated for i in range(e.first_token, e.last_token)}
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors(annotated, times):
            self._anchors.setdefault(anchor.later, []).append(anchor)
            self._anchors.setdefault(anchor.earlier, []).append(anchor)

    def own(self, token: int) -> Dated | None:
        """The days that the time words at ``token`` itself give."""
        found = sorted(self._hosted.get(token, ()), key=lambda h: (h[0].distance, abs(h[1].first_token - token)))
        for host, e in found:
            dated = self._by_preposition(token, host, e)
            if dated is not None:
                return dated
        return None

    def _by_preposition(self, token: int, host: Host, e: TimeExpression) -> Dated | None:
        if e.first is None or e.last is None or (host.preposition in _COMPARING and e.reading in ("ago", "earlier")):
            return None
        words = f"“{e.text}” belongs to “{self.annotated.tokens[token].text}”"
        plain = Dated(e.first, e.last, e.precision, e.basis, e.start, e.end, words)
        other = spans_by_preposition(self.annotated, e, self.times)
        if other is not None and other.last is not None and other.last >= e.first:
            return replace(plain, last=other.last, precision="range", end=other.end)
        published = self.annotated.report.published
        if host.preposition in names("since"):
            if published is None or published < e.first or e.precision not in ("day", "week"):
                return None
            return replace(
                plain, last=published, precision="range", basis="published", why=f"{words}, up to the report's day"
            )
        if host.preposition in names("deadline") and published is not None and published <= e.last:
            ahead = direction(self.annotated, e.first_token, e.last_token) > 0
            return replace(plain, first=published, precision="range", basis="published") if ahead else None
        return None if host.preposition in names("open") or host.preposition in names("deadline") else plain

    def date(self, token: int, steps: int = 0) -> Dated | None:
        """The days of ``token``: its own, else those that the sentence lets it share."""
        found = self._date(token, steps)
        return None if found is None else self.lasting(token, found)

    def _date(self, token: int, steps: int) -> Dated | None:
        if (own := self.own(token)) is not None:
            return own
        if (apart_from := self._anchored(token)) is not None:
            return apart_from
        if token in self.known:
            return self.known[token]
        if steps >= _MAX_STEPS:
            return None
        partner = self._verb_partner(token) if is_verb(self.annotated.tokens[token]) else self._noun_partner(token)
        if partner is None:
            return self._since(token, steps)
        if partner in self._inside and self._inside[partner].first is not None:
            return self._relative(token, self._inside[partner])
        shared = self.date(partner, steps + 1)
        if shared is None:
            return None
        return replace(shared, why=f"{shared.why}, with which “{self.annotated.tokens[token].text}” happens")

    def _since(self, token: int, steps: int) -> Dated | None:
        """ "two were hurt after police fired on Sunday": from that day to the report's, if that is a short time."""
        published = self.annotated.report.published
        if published is None or not is_verb(self.annotated.tokens[token]) or verb_direction(self.annotated, token) >= 0:
            return None
        for clause in self._children(token, "advcl", "prep"):
            if clause.dep == "prep":
                before = [o.i for o in self._children(clause.i, "pobj", "pcomp")] if clause.norm in _AFTER else []
            else:
                before = [clause.i] if any(m.norm in _AFTER for m in self._children(clause.i, "mark")) else []
            for other in before:
                dated = self.date(other, steps + 1)
                if dated is not None and dated.last <= published and (published - dated.first).days <= _SHORT:
                    same = dated.first == published
                    mine, its = self.annotated.tokens[token].text, self.annotated.tokens[other].text
                    why = f"“{mine}” came after “{its}”: {dated.why}"
                    return replace(
                        dated, last=published, precision="day" if same else "range", basis="published", why=why
                    )  # fmt: skip
        return None

    def _relative(self, token: int, e: TimeExpression) -> Dated | None:
        """ "on Sunday, when seven died"."""
        if e.first is None or e.last is None:
            return None
        why = f"“{self.annotated.tokens[token].text}” tells what happened on “{e.text}”"
        return Dated(e.first, e.last, e.precision, e.basis, e.start, e.end, why)

    def _anchored(self, token: int) -> Dated | None:
        tokens = self.annotated.tokens
        for anchor in self._anchors.get(token, ()):
            other, sign = (anchor.earlier, 1) if token == anchor.later else (anchor.later, -1)
            known = self.own(other) or self.known.get(other)
            if known is None or known.precision not in ("day", "range"):
                continue
            days = apart((known.first, known.last), sign * anchor.count, anchor.unit)
            if days is not None:
                order = "after" if sign > 0 else "before"
                why = f"“{tokens[token].text}” is “{anchor.words.text}” {order} “{tokens[other].text}”: {known.why}"
                return Dated(
                    days.first, days.last, days.precision, known.basis, anchor.words.start, anchor.words.end, why
                )  # fmt: skip
        return None

    def _children(self, token: int, *labels: str) -> list[Token]:
        return [
            self.annotated.tokens[c] for c in self.annotated.children[token] if self.annotated.tokens[c].dep in labels
        ]

    def _verb_partner(self, token: int) -> int | None:
        """The word in whose time a verb without its own takes part."""
        t = self.annotated.tokens[token]
        head = self.annotated.tokens[t.head]
        if t.dep in ("relcl", "advcl", "acl") and (day := self._day_before(token, head.i)) is not None:
            return day
        if (circumstance := self._circumstance(token)) is not None:
            return circumstance
        if t.dep == "relcl" and self._in_which(token):
            return head.i
        if t.dep == "relcl" and (issuing := self._issuing(token)) is not None:
            return issuing
        subject = self._children(token, *_SUBJECTS)
        if t.dep == "advcl":
            marks = [m.norm for m in self._children(token, "mark", "advmod") if m.i < token]
            if t.tag in ("VBG", "VBN") and not subject and not marks:
                return head.i
            return head.i if any(m in names("simultaneous") for m in marks) else None
        if t.dep == "xcomp" and head.lemma in names("aspectual"):
            return head.i
        if t.dep == "pcomp" and head.norm in ("by", "in", "while", "when"):
            return head.head
        if t.dep == "conj" and is_verb(head) and self._shares_time(head.i, token, bool(subject)):
            return head.i
        for clause in self._children(token, "advcl"):
            first = self._children(clause.i, "mark", "advmod")
            if any(m.norm in names("simultaneous") and m.i < clause.i for m in first) and self._knows(clause.i):
                return clause.i
        if t.lemma in names("aspectual"):
            return next((c.i for c in self._children(token, "xcomp") if self.own(c.i)), None)
        return None

    def _knows(self, token: int) -> bool:
        return token in self.known or self.own(token) is not None

    def is_of_saying(self, e: TimeExpression) -> bool:
        """Does the expression date a verb of saying?"""
        return any(self.annotated.tokens[h.token].lemma in names("saying") for h in self._hosts_of.get(e.start, ()))

    def _day_before(self, token: int, head: int) -> int | None:
        """The day that a clause tells about: "on Sunday, when seven died", however the parser hangs it."""
        if head in self._inside:
            return head
        first = self.annotated.subtree(token)[0]
        before = first - 1 if first and self.annotated.tokens[first - 1].text != "," else first - 2
        if self.annotated.tokens[first].norm != "when" or before not in self._inside:
            return None
        return before

    def _circumstance(self, token: int) -> int | None:
        """A dated noun in "during the rally", "in the attack"; or the subject of a verb such as "take place"."""
        for prep in self._children(token, "prep"):
            if prep.norm in names("transparent_premodified"):
                for noun in self._children(prep.i, "pobj", "pcomp"):
                    if noun.i in self.known:
                        return noun.i
        if self.annotated.tokens[token].lemma in names("carriers"):
            for noun in self._children(token, "nsubj", "nsubjpass", "dobj"):
                if noun.i in self.known or (noun.i in self.heads and self._knows(noun.i)):
                    return noun.i
        return None

    def _in_which(self, token: int) -> bool:
        """ "a rally in which two were hurt", "clashes during which"."""
        first = self.annotated.subtree(token)[0]
        words = [t.norm for t in self.annotated.tokens[first : first + 3]]
        return ("which" in words and words[0] in names("transparent_premodified")) or words[0] in ("where", "when")

    def _issuing(self, token: int) -> int | None:
        """The verb that makes a paper speak, of a clause that tells what the paper says: "voted for a resolution that
        asks", "a letter that accuses … was published"."""
        paper = self.annotated.tokens[self.annotated.tokens[token].head]
        relative = any(s.tag in ("WDT", "WP") for s in self._children(token, *_SUBJECTS))
        if not relative or paper.lemma not in names("documents"):
            return None
        above = self.annotated.tokens[paper.head]
        if paper.dep == "pobj" and above.norm == "for":
            above = self.annotated.tokens[above.head]
        elif paper.dep not in ("dobj", "nsubjpass"):
            return None
        return above.i if above.lemma in names("issuing") and is_verb(above) else None

    def _shares_time(self, first: int, second: int, own_subject: bool) -> bool:
        """Two joined verbs of one tense share the time, if they share the subject or the time stands before both."""
        if verb_direction(self.annotated, first) != verb_direction(self.annotated, second):
            return False
        return not own_subject or any(e.first_token < first for _, e in self._hosted.get(first, ()))

    def _noun_partner(self, token: int) -> int | None:
        """The word in whose time an event noun without its own takes part."""
        t = self.annotated.tokens[token]
        head = self.annotated.tokens[t.head]
        if t.dep in ("dobj", "nsubj", "nsubjpass", "attr"):
            ensues = t.dep == "nsubj" and head.lemma in names("ensuing") and not self._children(head.i, "dobj")
            return head.i if ensues or head.lemma in names("carriers") else None
        if t.dep == "pobj":
            above = self.annotated.tokens[head.head]
            if is_verb(above):
                return above.i if head.norm in names("transparent_premodified") or head.norm in ("with", "by") else None
            return above.i if head.norm in ("of", "in", "during", "amid") else None
        return head.i if t.dep in ("conj", "appos", "compound") and not is_verb(head) else None

    def lasting(self, token: int, dated: Dated) -> Dated:
        """ "a four-day visit": the one day that is known is its first, or its last under a verb of ending."""
        if dated.first != dated.last or is_verb(self.annotated.tokens[token]):
            return dated
        first = self.annotated.subtree(token)[0]
        for e in self.times:
            if e.reading == "length" and first <= e.first_token and e.last_token == token:
                days = _days(e.value)
                if not 1 < days <= _LONGEST:
                    return dated
                over = self.annotated.tokens[self.annotated.tokens[token].head].lemma in names("ending")
                first_day = dated.first - DAY * (days - 1) if over else dated.first
                why = f"{dated.why}, and “{e.text}” says how long"
                return replace(dated, first=first_day, last=first_day + DAY * (days - 1), precision="range", why=why)
        return dated


def _days(value: str) -> int:
    """Days of a TIMEX3 duration in days or weeks; 0 for others."""
    found = re.fullmatch(r"P([0-9]+)([DW])", value)
    return int(found.group(1)) * (7 if found.group(2) == "W" else 1) if found else 0
