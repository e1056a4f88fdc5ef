"""Older events told as background: what the words around a predicate say of its age.

Only time expressions of the predicate's own phrase or clause count ("the 2016 coup", "was arrested six years ago");
those of its arguments and of clauses inside it date other events. An event noun also takes the time of the verb whose
subject or object it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from whodid.extract.clause import own_status
from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Token

OLD_DAYS = 30
"""A month named without a year is past history where it ended at least so many days before publication."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"1[5-9]\d\d$|20\d\d$")
_DECADE = re.compile(r"(1[5-9]|20)?\d0s$")
_ADVERBIAL = ("npadvmod", "advmod", "prep", "tmod")
_ON_NOUN = ("nummod", "compound", "nmod", "amod", "poss", "prep", "npadvmod", "advmod")


def historical(annotated: Annotated, i: int) -> bool:
    """True where the words tell of the predicate at token ``i`` as of an older event: an earlier year, "years ago", "in
    the 1990s", a month well before publication, a world war, an anniversary of it."""
    if _is_remembered(annotated, i):
        return True
    return any(_old(annotated, node, k) for node in _clause(annotated, i) for k in _times(annotated, node))


def _clause(a: Annotated, i: int) -> Iterator[int]:
    """``i`` and the words whose times are its times too."""
    yield i
    t = a.tokens[i]
    head = a.tokens[t.head]
    if is_verb(t):
        if t.dep in ("conj", "xcomp") and is_verb(head) and not children(a, i, "nsubj", "nsubjpass"):
            yield head.i
        elif t.dep == "relcl" and _takes_place_in(a, i):
            yield head.i  # "the 1973 war in which they lost"
        return
    yield from (k.i for k in children(a, i, "acl") if k.tag == "VBN")  # "the treaty signed in 1952"
    if t.dep == "pobj" and head.norm in ("in", "during", "by") and is_verb(a.tokens[head.head]):
        yield head.head
    argument = t.dep in ("nsubj", "nsubjpass", "attr") or (t.dep == "dobj" and not _definite(a, i))
    if argument and is_verb(head) and head.lemma not in words()["presupposing_verbs"]:
        yield head.i


def _takes_place_in(a: Annotated, i: int) -> bool:
    places = (p for k in children(a, i, "prep") if k.norm in ("in", "during") for p in children(a, k.i, "pobj"))
    return any(p.tag == "WDT" for p in places)


def _definite(a: Annotated, i: int) -> bool:
    return any(k.norm in words()["definite"] for k in children(a, i, "det"))


def _times(a: Annotated, i: int) -> Iterator[list[Token]]:
    """The words of each time expression that hangs on ``i`` itself."""
    t = a.tokens[i]
    for k in (a.tokens[c] for c in a.children[i]):
        if k.dep not in (_ADVERBIAL if is_verb(t) else _ON_NOUN):
            continue
        if k.dep != "prep":
            yield _phrase(a, k.i)
        elif k.norm in words()["time_prepositions"]:
            for p in children(a, k.i, "pobj", "pcomp"):
                yield _phrase(a, p.i)
                yield from (_phrase(a, d.i) for c in children(a, p.i, "prep") for d in children(a, c.i, "pobj"))


def _phrase(a: Annotated, i: int) -> list[Token]:
    """The words below ``i`` without those of clauses and longer attributes inside."""
    out = [a.tokens[i]]
    for k in (a.tokens[c] for c in a.children[i]):
        if k.dep in ("nummod", "compound", "amod", "advmod", "npadvmod", "quantmod", "nmod", "det") or k.tag == "CD":
            out += _phrase(a, k.i)
        elif k.dep == "prep" and k.norm in ("of", "in") and (p := children(a, k.i, "pobj")):
            out += _phrase(a, p[0].i) if _YEAR.match(p[0].norm) else []
    return sorted(out, key=lambda k: k.i)


def _old(a: Annotated, i: int, phrase: list[Token]) -> bool:
    norms = [k.norm for k in phrase]
    lemmas = {k.lemma for k in phrase}
    if any(_DECADE.match(n.strip("'")) for n in norms) or lemmas & words()["past_marks"]:
        return True
    if "century" in lemmas or ("last" in norms and "year" in lemmas):
        return True
    if "ago" in norms:
        return bool(lemmas & words()["long_units"]) or ("month" in lemmas and not {"a", "one"} & set(norms))
    return _before_publication(a, i, phrase)


def _before_publication(a: Annotated, i: int, phrase: list[Token]) -> bool:
    """A year before that of the report, or a month that was over well before it."""
    published = a.report.published
    if published is None:
        return False
    year = next((int(k.norm) for k in phrase if _YEAR.match(k.norm)), None)
    month = next(
        (_MONTHS.index(k.norm[:3]) + 1 for k in phrase if k.pos == "PROPN" and k.norm.rstrip(".") in words()["months"]),
        None,
    )
    if year is not None and (month is None or year < published.year - 1):
        return year < published.year
    if month is None or not _looks_back(a, i, phrase):
        return False
    if year is None:
        year = published.year if month <= published.month else published.year - 1
    end = dt.date(year + month // 12, month % 12 + 1, 1)
    return (published - end).days >= OLD_DAYS


def _looks_back(a: Annotated, i: int, phrase: list[Token]) -> bool:
    """False where a bare month is still to come: "will meet in March", "hopes to win in March", "next March"."""
    if own_status(a, i)[0] in ("future", "hypothetical") or any(k.norm in ("this", "next") for k in phrase):
        return False
    t = a.tokens[i]
    finite_past = t.tag in ("VBD", "VBN") or any(k.norm in ("did", "have", "has", "had") for k in children(a, i, "aux"))
    return finite_past or not is_verb(t)


def _is_remembered(a: Annotated, i: int) -> bool:
    """ "World War II", "the anniversary of the uprising", "commemorated the massacre"."""
    w = words()
    t = a.tokens[i]
    if t.lemma == "war" and i > 0 and a.tokens[i - 1].norm in w["old_wars"]:
        return True
    head = a.tokens[t.head]
    if t.dep == "pobj" and head.norm in ("of", "since"):
        head = a.tokens[head.head]
        return head.lemma in w["anniversary_nouns"]
    if is_verb(t):
        return any(k.norm in w["past_marks"] for k in children(a, i, "advmod"))
    return (t.dep in ("dobj", "nsubjpass") and head.lemma in w["remembering_verbs"]) or (
        t.dep in ("compound", "poss") and head.lemma in w["anniversary_nouns"]
    )
