"""What a predicate's own clause says of its status: negation, auxiliaries, conditions, questions, commands."""

from __future__ import annotations

from whodid.extract.lexicon import words
from whodid.extract.tree import children, is_verb
from whodid.records import Annotated, Status, Token

Finding = tuple[Status, str | None]
HAPPENED: Finding = ("happened", None)
_NEGATING = frozenset({"neg", "preconj", "predet", "advmod", "det", "cc", "nsubj", "nsubjpass", "dobj"})


def own_status(a: Annotated, i: int) -> Finding:
    """The status that its own clause (of a noun: its noun phrase) gives a word, and the words that say so."""
    kids = [a.tokens[c] for c in a.children[i]]
    if in_condition(a, i):
        return "hypothetical", "stands in a condition"
    found = _verbal(a, i, kids) if is_verb(a.tokens[i]) else _nominal(kids)
    if found[0] in ("happened", "future") and (
        adverb := next((k for k in kids if k.norm in words()["doubt_words"]), None)
    ):
        return "hypothetical", f"described as “{adverb.text}”"
    return found


def in_condition(a: Annotated, i: int) -> bool:
    """True for a clause with "if", "unless", "whether", and for "should talks fail"."""
    marks = words()["condition_marks"]
    if any(k.norm in marks for k in children(a, i, "mark", "advmod")):
        return True
    t = a.tokens[i]
    if t.dep not in ("advcl", "ccomp") or t.i >= t.head:
        return False
    first = a.tokens[a.subtree(i)[0]]
    return first.head == i and first.norm in ("should", "had", "were") and first.dep in ("aux", "auxpass")


def inverted(a: Annotated, i: int) -> list[Token]:
    """The auxiliaries of the clause that stand in front of its subject."""
    subject = next(iter(children(a, i, "nsubj", "nsubjpass", "expl")), None)
    helpers = [*children(a, i, "aux", "auxpass"), *([a.tokens[i]] if a.tokens[i].lemma == "be" else [])]
    return [k for k in helpers if subject is not None and k.i < subject.i]


def is_infinitive(a: Annotated, i: int) -> bool:
    """True for "to attack", "to be attacked", "to have attacked"."""
    return any(k.norm == "to" for k in children(a, i, "aux"))


def negation(a: Annotated, i: int) -> Token | None:
    """The word that negates the clause of ``i``: "not", "never", "no longer", or a subject or object with "no"."""
    negators = words()["negators"]
    for k in (a.tokens[c] for c in a.children[i]):
        if k.i + 1 < len(a.tokens) and a.tokens[k.i + 1].norm in words()["only_words"]:
            continue  # "not only … but also"
        if k.norm in negators and k.dep in _NEGATING:
            return k
        if k.dep == "advmod" and k.norm in ("longer", "more") and children(a, k.i, "neg", "det"):
            return k
        if k.dep in ("nsubj", "nsubjpass", "dobj") and is_verb(a.tokens[i]):
            for d in children(a, k.i, "det", "neg", "preconj"):
                if d.norm in negators and a.quotation_at(d.start) == a.quotation_at(a.tokens[i].start):
                    return d
    return None


def _verbal(a: Annotated, i: int, kids: list[Token]) -> Finding:
    w = words()
    t = a.tokens[i]
    aux = {k.norm for k in kids if k.dep in ("aux", "auxpass")}
    negator = negation(a, i)
    possible = sorted(aux & w["possible_aux"])
    if possible and not (negator is not None and aux & {"can", "could", "ca"}):
        return "hypothetical", f"modal “{possible[0]}”"
    if negator is not None:
        return "negated", f"negation “{negator.text}”"
    if obliged := sorted(aux & w["obligation_aux"]):
        return "hypothetical", f"“{obliged[0]}”: an obligation, not a fact"
    if aux & w["would"]:
        return _would(a, i, aux)
    if aux & w["future_aux"]:
        return "future", "future auxiliary"
    if t.dep == "ROOT" and is_infinitive(a, i):
        return "future", "infinitive: still to come"
    if t.tag == "VB" and not aux and _is_command(a, i):
        return "future", "a command"
    if t.dep in ("ROOT", "ccomp") and _is_open_question(a, i):
        return "hypothetical", "a question"
    return HAPPENED


def _would(a: Annotated, i: int, aux: set[str]) -> Finding:
    if "have" in aux:
        return "hypothetical", "“would have”: contrary to fact"
    if any(in_condition(a, k.i) for k in children(a, i, "advcl")):
        return "hypothetical", "“would” on a condition"
    return "future", "future in the past, “would”"


def _is_command(a: Annotated, i: int) -> bool:
    t = a.tokens[i]
    return not children(a, i, "nsubj", "nsubjpass") and (t.dep == "ROOT" or (t.dep == "ccomp" and t.i < t.head))


def _is_open_question(a: Annotated, i: int) -> bool:
    """A question to be answered by yes or no; "Why did he attack?" takes the attack for granted."""
    if not inverted(a, i):
        return False
    first, last = a.subtree(i)
    asks = any(a.tokens[k].norm == "?" for k in range(i, min(last + 1, a.sentence_of(i).last)))
    return asks and not any(a.tokens[k].tag in ("WP", "WRB", "WDT") for k in range(first, i))


def _nominal(kids: list[Token]) -> Finding:
    w = words()
    for k in kids:
        if k.norm in w["negators"] and k.dep in ("det", "neg", "preconj", "advmod"):
            return "negated", f"negation “{k.text}”"
        if k.dep not in ("amod", "compound", "advmod", "nmod"):
            continue
        if k.norm in w["future_words"]:
            return "future", f"described as “{k.text}”"
        if k.norm in w["cancelled_words"]:
            return "negated", f"described as “{k.text}”"
    return HAPPENED
