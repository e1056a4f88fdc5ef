"""The status of a predicate: happened, future, hypothetical or negated, from the words around it and above it."""

from __future__ import annotations

from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Status

_RANK: dict[Status, int] = {"happened": 0, "future": 1, "negated": 2, "hypothetical": 3}
_UP = frozenset({"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "dobj", "pobj", "attr", "nsubjpass", "nsubj", "prep",
                 "relcl", "acomp", "appos", "agent", "compound", "oprd", "dative", "npadvmod", "amod", "poss"})  # fmt: skip
_CONTENT = frozenset({"xcomp", "ccomp", "pcomp"})
_MAX_STEPS = 8


def status(a: Annotated, i: int) -> tuple[Status, str | None]:
    """The status of the predicate at token ``i``, and the words that decide it (None for happened).

    Climbs from the predicate to the root of its sentence: its own negation and auxiliaries, the condition it stands in, and
    the verbs, nouns and adjectives whose content it is. The farthest from fact wins: hypothetical, negated, future.
    """
    best: Status = "happened"
    why: str | None = None
    node, steps = i, 0
    while True:
        found, cue = _own(a, node) if node == i or _carries_down(a, i, node) else ("happened", None)
        if steps and found == "happened":
            found, cue = _imposed(a, node, below)
        if _RANK[found] > _RANK[best]:
            best, why = found, cue
        t = a.tokens[node]
        steps += 1
        if t.head == node or t.dep not in _UP or steps > _MAX_STEPS:
            return best, why
        if _closed(a, node) or (t.dep in ("nsubj", "poss", "compound", "amod", "appos", "attr") and steps > 1):
            return best, why
        below, node = node, t.head


def _closed(a: Annotated, i: int) -> bool:
    """A clause that stands for itself, whatever the one above it says: a relative or adverbial clause, a second main clause."""
    t = a.tokens[i]
    if t.dep in ("relcl", "advcl", "parataxis"):
        return True
    if t.dep == "acl":
        return not any(k.norm == "to" for k in children(a, i, "aux"))
    return t.dep == "conj" and is_verb(t) and bool(children(a, i, "nsubj", "nsubjpass"))


def _carries_down(a: Annotated, i: int, node: int) -> bool:
    """True where the modality of ``node`` holds for ``i`` too: a light or aspectual verb, a coordinated verb."""
    t = a.tokens[node]
    dep = a.tokens[i].dep
    if dep in ("dobj", "nsubjpass", "attr", "acomp", "xcomp") and a.tokens[i].head == node:
        return t.lemma not in words()["denial_verbs"]
    if dep == "conj" and a.tokens[i].head == node and is_verb(a.tokens[i]):
        return not children(a, i, "nsubj", "nsubjpass", "aux")
    return dep == "pobj" and a.tokens[a.tokens[i].head].head == node and is_verb(t) and t.lemma in ("take", "engage")


def _own(a: Annotated, i: int) -> tuple[Status, str | None]:
    w = words()
    t = a.tokens[i]
    kids = [a.tokens[c] for c in a.children[i]]
    low = [k.norm for k in kids]
    if any(k.dep == "mark" and k.norm in w["condition_marks"] for k in kids) or (
        any(k.dep == "advmod" and k.norm in ("if", "unless", "once", "whether") for k in kids)
    ):
        return "hypothetical", "stands in a condition"
    negator = next(
        (k for k in kids if (k.dep in ("neg", "preconj", "advmod", "det") and k.norm in w["negators"])), None
    )
    aux = {k.norm for k in kids if k.dep in ("aux", "auxpass")}
    if aux & w["possible_aux"] and (t.tag in ("VB", "VBN", "VBG")) and not (aux & {"could", "can"} and negator):
        return "hypothetical", f"modal “{sorted(aux & w['possible_aux'])[0]}”"
    if negator is not None:
        return "negated", f"negation “{negator.text}”"
    if "would" in aux or "'d" in aux or "should" in aux or "ought" in aux or "must" in aux:
        if any(a.tokens[c].dep == "advcl" and _own(a, c)[0] == "hypothetical" for c in a.children[i]):
            return "hypothetical", "“would” on a condition"
        if aux & {"should", "must", "ought"}:
            return "hypothetical", "an obligation, not a fact"
        return "future", "future in the past, “would”"
    if aux & w["future_aux"] or _going_to(a, i):
        return "future", "future auxiliary"
    if is_verb(t):
        return "happened", None
    if any(k.dep in ("amod", "compound", "advmod") and k.norm in w["future_words"] for k in kids):
        return "future", "described as to come"
    if any(k.dep in ("amod", "compound", "advmod") and k.norm in w["doubt_words"] for k in kids):
        return "hypothetical", "described as possible"
    if "no" in low:
        return "negated", "negation “no”"
    return "happened", None


def _going_to(a: Annotated, i: int) -> bool:
    t = a.tokens[i]
    head = a.tokens[t.head]
    return t.dep == "xcomp" and head.norm in ("going", "about") and t.tag == "VB"


def _imposed(a: Annotated, node: int, below: int) -> tuple[Status, str | None]:
    """What the governing word ``node`` makes of the content ``below`` it."""
    w = words()
    t, c = a.tokens[node], a.tokens[below]
    if c.dep in ("prep", "advcl", "relcl", "conj", "agent", "npadvmod") and c.dep != "prep":
        return ("hypothetical", "stands in a condition") if _conditional_clause(a, below) else ("happened", None)
    infinitive = c.tag == "VB" and any(k.norm == "to" for k in children(a, below, "aux"))
    nominal = not is_verb(c) and c.dep != "prep"
    inner = _prep_object(a, below) if c.dep == "prep" else None
    if inner is not None:
        nominal = not is_verb(inner)
        infinitive = is_verb(inner)
    if t.lemma in w["negating_verbs"] and is_verb(t) and c.dep != "nsubj":
        return "negated", f"content of “{t.text}”"
    if t.lemma in w["denial_verbs"] and is_verb(t) and (infinitive or nominal) and c.dep != "nsubj":
        return "negated", f"content of “{t.text}”"
    if is_verb(t) and t.lemma in w["doubt_verbs"] and c.dep in (*_CONTENT, "dobj", "prep"):
        return "hypothetical", f"content of “{t.text}”"
    if (
        is_verb(t)
        and t.lemma in w["plan_verbs"]
        and c.dep in (*_CONTENT, "dobj", "prep")
        and (infinitive or nominal or _bare(a, below))
    ):
        return "future", f"content of “{t.text}”"
    if (
        t.lemma in w["plan_nouns"]
        and not is_verb(t)
        and (c.dep in ("acl", "prep") and (infinitive or inner is not None))
    ):
        return "future", f"content of “{t.text}”"
    if t.lemma in w["doubt_nouns"] and not is_verb(t) and c.dep in ("acl", "prep", "ccomp"):
        return "hypothetical", f"content of “{t.text}”"
    if t.norm in w["plan_adjectives"] and c.dep in ("xcomp", "prep", "ccomp"):
        return "future", f"content of “{t.text}”"
    return "happened", None


def _bare(a: Annotated, i: int) -> bool:
    """A subjunctive: "demanded that Israel withdraw"."""
    return a.tokens[i].tag == "VB" and not children(a, i, "aux")


def _conditional_clause(a: Annotated, i: int) -> bool:
    return any(k.norm in words()["condition_marks"] for k in children(a, i, "mark"))


def _prep_object(a: Annotated, preposition: int):  # type: ignore[no-untyped-def]
    return next(iter(children(a, preposition, "pobj", "pcomp")), None)


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
