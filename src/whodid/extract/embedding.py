"""What the words above a predicate make of it: the verb, noun or adjective whose content it is.

Each rule answers for one kind of dependency how a word hangs on the word above it. A link is one of:

closed        the word stands for itself, whatever is said above (relative clauses, adjuncts, what is taken for granted)
carry         what holds of the word above holds of this one ("did not manage to", "will hold talks")
beside        coordinated with the word above, but with a tense of its own: only what is above both holds
along         of the same world as the word above, yet not of its negation: to come where that is to come (clauses of
              time, means; definite objects)
future, hypothetical, negated   the word above makes its content so
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from whodid.extract.clause import is_infinitive, negation
from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Token

Kind = Literal["closed", "carry", "beside", "along", "future", "hypothetical", "negated"]


class Link(NamedTuple):
    """How a word hangs on ``governor``; ``cue`` is the word that makes it so, where that is another (token indexes)."""

    kind: Kind
    governor: int
    cue: int | None = None


def link(a: Annotated, i: int) -> Link:
    """The link of token ``i`` to the word that governs it (past prepositions)."""
    t = a.tokens[i]
    rule = _RULES.get(t.dep)
    if t.head == i or rule is None:
        return Link("closed", t.head)
    return rule(a, t, a.tokens[t.head])


def _helper(_a: Annotated, t: Token, _h: Token) -> Link:
    return Link("carry", t.head)


def _coordinated(a: Annotated, t: Token, h: Token) -> Link:
    but = any(k.norm == "but" for k in children(a, h.i, "cc") if h.i < k.i < t.i)
    if any(k.norm == "than" for k in children(a, h.i, "cc") if k.i < t.i):
        return Link("negated", h.i)  # "rather than fight"
    if not is_verb(t) or not is_verb(h):
        return Link("beside" if but else "carry", h.i)
    if is_infinitive(a, h.i) and t.tag in ("VBD", "VBZ"):
        return Link("closed", h.i)
    return Link("carry" if not but and _shares_auxiliary(a, t, h) else "beside", h.i)


def _shares_auxiliary(a: Annotated, t: Token, h: Token) -> bool:
    helpers = [k for k in children(a, t.i, "aux", "auxpass") if k.norm != "to"]
    if helpers or children(a, t.i, "nsubj", "nsubjpass", "expl"):
        return False
    return not (t.tag in ("VBD", "VBZ") and h.tag in ("VB", "VBG", "VBN") and children(a, h.i, "aux", "auxpass"))


def _complement(a: Annotated, t: Token, h: Token) -> Link:
    """An infinitive, gerund or clause that completes a verb, noun or adjective."""
    if is_infinitive(a, t.i):
        return Link(_to(a, t, h), h.i)
    if not is_verb(t):
        return Link("carry", h.i) if t.dep == "xcomp" else Link("closed", h.i)
    if t.tag == "VBG" and not children(a, t.i, "aux"):
        ended = h.lemma in words()["ending_verbs"]  # "stopped shelling": there was shelling
        return Link("closed" if ended else _by_list(h, "gerund") or "carry", h.i)
    if t.tag == "VB" and not children(a, t.i, "aux"):
        return Link(_by_list(h, "clause") or "carry", h.i)
    if t.dep == "xcomp":
        return Link(_by_list(h, "infinitive") or "carry", h.i)  # "wants the men released"
    return _finite(a, h)


def _to(a: Annotated, t: Token, h: Token) -> Kind:
    """What becomes of "to attack" after ``h``. Without a word that vouches for it, an infinitive is no fact."""
    if h.lemma == "have" and any(k.norm == "yet" for k in children(a, h.i, "advmod")):
        return "negated"  # "has yet to prove"
    if h.pos == "ADJ" and any(k.norm == "too" for k in children(a, h.i, "advmod")):
        return "negated"  # "too weak to attack"
    if h.lemma == "have" and is_verb(h):
        return "carry" if h.tag == "VBD" else "hypothetical"
    if h.lemma == "be" or h.norm in ("going", "about"):
        return "future"
    found = _by_list(h, "infinitive")
    if found is not None:
        return found
    perfect = any(k.lemma == "have" for k in children(a, t.i, "aux"))
    return "carry" if perfect else "hypothetical"


def _finite(a: Annotated, h: Token) -> Link:
    """ "He said that …": closed, unless the verb denies, fears or hopes it, or an opinion is denied."""
    if h.lemma == "be":
        for k in children(a, h.i, "acomp"):  # "it is possible that"
            return Link(_by_list(k, "clause") or "closed", h.i, k.i)
    found = _by_list(h, "clause")
    if found is None and h.lemma in words()["opinion_verbs"] and negation(a, h.i) is not None:
        found = "hypothetical"
    return Link(found or "closed", h.i)


def _by_list(h: Token, form: str) -> Kind | None:
    """The lists of ``words.yaml`` for the governing word: by part of speech and by the form of the content."""
    w = words()
    part = "verbs" if is_verb(h) else "adjectives" if h.pos in ("ADJ", "ADV", "ADP", "SCONJ") else "nouns"
    if part == "verbs":
        if form == "infinitive" and h.lemma in w["implicative_verbs"]:
            return "carry"
        lists: tuple[tuple[Kind, str], ...] = (
            ("negated", f"negating_{form}_verbs"),
            ("future", f"plan_{form}_verbs"),
            ("hypothetical", f"doubt_{form}_verbs"),
        )
    else:
        if form == "infinitive" and h.lemma in w[f"factual_{part}"]:
            return "carry"
        lists = (("negated", f"negating_{part}"), ("hypothetical", f"doubt_{part}"), ("future", f"plan_{part}"))
    found = next((kind for kind, name in lists if h.lemma in w.get(name, ()) or h.norm in w.get(name, ())), None)
    if found is None and part == "nouns" and form == "infinitive":
        return "future"
    return found


def _modifying_clause(a: Annotated, t: Token, h: Token) -> Link:
    """ "the plan to attack", "fears that he fled"; other clauses on a noun stand for themselves."""
    if is_infinitive(a, t.i):
        return Link(_by_list(h, "infinitive") or "closed", h.i)
    that_clause = (
        t.dep == "acl" and children(a, t.i, "mark") and (t.tag[:3] in ("VBD", "VBZ", "VBP") or children(a, t.i, "aux"))
    )
    return Link((_by_list(h, "clause") if that_clause else None) or "closed", h.i)


def _adverbial(a: Annotated, t: Token, h: Token) -> Link:
    if is_infinitive(a, t.i):
        if not is_verb(h):
            return Link(_to(a, t, h), h.i)
        return Link("carry" if h.lemma in words()["means_verbs"] else "future", h.i)
    marks = {k.norm for k in children(a, t.i, "mark", "advmod")}
    if marks & words()["time_marks"] and t.tag not in ("VBD",):
        return Link("along", h.i)
    if not is_verb(h) and children(a, t.i, "mark"):
        return _finite(a, h)
    return Link("closed", h.i)


def _subject(a: Annotated, t: Token, h: Token) -> Link:
    """A happening that is the subject of its own taking place: "talks will begin", "an attack is likely"."""
    if _occurs(a, h):
        return Link("carry", h.i)
    if h.lemma in ("be", "become", "remain", "seem"):
        for k in children(a, h.i, "acomp"):
            if (kind := _by_list(k, "clause")) is not None:
                return Link(kind, h.i, k.i)
        for k in children(a, h.i, "xcomp"):  # "if talks were to begin"
            if _occurs(a, k):
                return Link("carry", k.i)
    return Link("along" if any(k.norm in ("a", "an", "any") for k in children(a, t.i, "det")) else "closed", h.i)


def _occurs(a: Annotated, t: Token) -> bool:
    takes_place = t.lemma == "take" and any(k.norm == "place" for k in children(a, t.i, "dobj"))
    return takes_place or t.lemma in words()["occurring_verbs"]


def _clause_as_subject(a: Annotated, t: Token, h: Token) -> Link:
    """ "To attack would be wrong", "bombing them will not help"."""
    gerund = t.tag == "VBG" and not children(a, t.i, "aux", "nsubj")
    return Link("hypothetical" if is_infinitive(a, t.i) else "along" if gerund else "closed", h.i)


def _object(a: Annotated, t: Token, h: Token) -> Link:
    """A noun that is object, subject of a passive, or predicate."""
    if not is_verb(h):
        return Link("closed", h.i)
    w = words()
    if is_verb(t):
        return _complement(a, t, h)
    if any(k.norm == "off" for k in children(a, h.i, "prt")):
        return Link("negated" if h.lemma == "call" else "closed", h.i)
    if t.lemma in w["speech_nouns"] and h.lemma in w["answering_verbs"]:
        return Link("closed", h.i)
    if h.lemma in w["presupposing_verbs"]:
        return Link("closed", h.i)
    definite = t.dep != "attr" and any(
        k.dep == "poss" or k.norm in w["definite"] for k in children(a, t.i, "det", "poss")
    )
    return Link(_by_list(h, "object") or ("along" if definite else "carry"), h.i)


def _after_preposition(a: Annotated, t: Token, p: Token) -> Link:
    w = words()
    instead = [k.i for n in (p.i, p.head) for k in children(a, n, "advmod") if k.norm == "instead" and p.norm == "of"]
    if p.norm == "without" or instead:
        return Link("negated", p.head, instead[0] if instead else p.i)
    while p.dep == "prep" and a.tokens[p.head].dep == "prep" and a.tokens[p.head].pos in ("ADP", "SCONJ"):
        p = a.tokens[p.head]
    h = a.tokens[p.head]
    if h.lemma == "be" and p.norm in w["state_prepositions"]:
        return Link("carry", h.i)
    if p.dep == "agent" or p.norm in w["adjunct_prepositions"]:
        own_business = p.dep == "prep" and p.norm == "in" and h.lemma in w["carrying_prep_verbs"]
        return Link("carry" if own_business else "along" if is_verb(t) and is_verb(h) else "closed", h.i)
    if p.pos == "ADJ" or p.norm == "due":
        return Link(_by_list(p, "infinitive") or "closed", h.i, p.i)
    if not is_verb(h):
        kind = _by_list(h, "preposition")
        return Link(kind or ("carry" if h.lemma in w["container_nouns"] else "closed"), h.i)
    if p.norm == "from":
        return Link("negated" if h.lemma in w["negating_from_verbs"] else "closed", h.i)
    kind = _by_list(h, "preposition")
    if kind is not None:
        return Link("closed" if kind == "future" and p.norm in ("about", "of") else kind, h.i)  # "asked about the raid"
    return Link("carry" if h.lemma in w["carrying_prep_verbs"] else "closed", h.i)


def _in_front(_a: Annotated, t: Token, h: Token) -> Link:
    """ "strike threat", "peace plan", "war fears"."""
    return Link("closed" if is_verb(h) or is_verb(t) else _by_list(h, "preposition") or "closed", h.i)


_Rule = Callable[[Annotated, Token, Token], Link]
_RULES: dict[str, _Rule] = {
    **dict.fromkeys(("aux", "auxpass", "acomp"), _helper),
    **dict.fromkeys(("xcomp", "ccomp"), _complement),
    **dict.fromkeys(("acl", "relcl"), _modifying_clause),
    **dict.fromkeys(("dobj", "nsubjpass", "attr", "oprd"), _object),
    **dict.fromkeys(("pobj", "pcomp"), _after_preposition),
    "conj": _coordinated,
    "advcl": _adverbial,
    "nsubj": _subject,
    "csubj": _clause_as_subject,
    "compound": _in_front,
}
