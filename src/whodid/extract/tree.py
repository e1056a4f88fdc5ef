"""Who is the subject, who the object: the arguments of a predicate, read off the dependency parse.

Everything here takes and gives token indexes. A relative pronoun is replaced by its antecedent, a missing subject by
what controls it.
"""

from __future__ import annotations

from whodid.records import Annotated, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_TO_RELATIVE = frozenset({"conj", "xcomp", "ccomp", "prep", "pobj", "nsubj", "nsubjpass", "dobj", "agent"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_DEPTH = 6  # a controller is looked for at most so many clauses up; parses of broken sentences can be deep


def children(a: Annotated, i: int, *deps: str) -> list[Token]:
    """The children of ``i`` with one of the dependency labels."""
    tokens = a.tokens
    return [t for c in a.children[i] if (t := tokens[c]).dep in deps]


def is_verb(t: Token) -> bool:
    """Verbs, and auxiliaries that stand as a clause's head."""
    return t.pos == "VERB" or (t.pos == "AUX" and t.dep not in ("aux", "auxpass"))


def is_passive(a: Annotated, i: int) -> bool:
    """True for "was arrested", "(troops) stationed in", and a participle that shares a passive's auxiliary."""
    t = a.tokens[i]
    if t.tag != "VBN" or not is_verb(t):
        return False
    if children(a, i, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if any(c.lemma == "have" for c in children(a, i, "aux")) or children(a, i, "nsubj"):
        return False
    if t.dep == "acl" or (t.dep in ("advcl", "amod", "ROOT") and not children(a, i, "dobj")):
        return True
    return t.dep == "conj" and is_passive(a, t.head)


def copula(a: Annotated, i: int) -> int | None:
    """The "be" of a predicate adjective or noun, also of one behind another ("was wrong and unacceptable")."""
    t = a.tokens[i]
    if t.dep in ("acomp", "attr", "conj") and a.tokens[t.head].lemma == "be":
        return t.head
    return copula(a, t.head) if t.dep == "conj" and a.tokens[t.head].pos in ("ADJ", "NOUN") else None


def conjuncts(a: Annotated, i: int) -> list[int]:
    """``i`` and the nouns coordinated with it ("Egypt, Jordan and Iraq", "officials, including the mayor")."""
    out = [i]
    for c in children(a, i, "conj", "prep", "appos"):
        if c.dep == "appos":
            out += [k for p in children(a, c.i, "conj") if _next_person(a, i, c, p) for k in conjuncts(a, p.i)]
        elif c.dep == "conj" and c.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            out += conjuncts(a, c.i)
        elif c.norm == "including":
            out += [k for p in children(a, c.i, "pobj") for k in conjuncts(a, p.i)]
    return out


def _next_person(a: Annotated, i: int, description: Token, t: Token) -> bool:
    """In "X, the minister, and Y" the parser hangs Y on the description of X: both are names, that is none."""
    return a.tokens[i].entity == t.entity == "PERSON" and description.entity != "PERSON" and t.pos == "PROPN"


def antecedent(a: Annotated, i: int) -> int:
    """The noun that a relative pronoun stands for; ``i`` itself for any other token."""
    if a.tokens[i].norm not in RELATIVE or a.tokens[i].tag not in ("WP", "WDT", "WP$", "IN", "DT"):
        return i
    for j in a.ancestors(i):
        if a.tokens[j].dep == "relcl":
            return a.tokens[j].head
        if a.tokens[j].dep not in _TO_RELATIVE:
            break
    return i


def subjects(a: Annotated, i: int, depth: int = 0) -> list[int]:
    """Who does what the verb ``i`` says: its grammatical subject, or what controls it; conjuncts included.

    For a passive that is whom it is done to. Empty where the clause has none.
    """
    own = [c for c in children(a, i, *SUBJECTS) if c.dep != "expl"]
    if own:
        return [k for c in own for k in conjuncts(a, antecedent(a, c.i))]
    if depth > _DEPTH:
        return []
    t = a.tokens[i]
    if t.dep in ("relcl", "acl") and a.tokens[t.head].pos in ("NOUN", "PROPN", "PRON"):
        return _subject_of_modifier(a, i)
    if t.dep == "pcomp":
        return _subject_of_gerund(a, i, depth)
    if t.dep in ("xcomp", "ccomp", "oprd"):
        controlled = [k for c in children(a, t.head, "dobj", "dative") for k in conjuncts(a, antecedent(a, c.i))]
        if controlled and t.dep != "oprd" and a.tokens[t.head].lemma not in ("promise", "threaten", "vow"):
            return controlled
        return _above(a, i, depth)
    if t.dep == "advcl" and (near := _object_before(a, i)):
        return near
    if t.dep in ("conj", "advcl", "parataxis", "dep"):
        return _above(a, i, depth)
    return []


def _object_before(a: Annotated, i: int) -> list[int]:
    """A participle right after an object, with no comma, is the object's: "arrested students calling for a boycott"."""
    t = a.tokens[i]
    if t.tag != "VBG" or children(a, i, "mark", "prep", "aux") or i == 0:
        return []
    objects_above = [c.i for c in children(a, t.head, "dobj") if a.subtree(c.i)[1] == a.subtree(i)[0] and c.i < i]
    return [k for o in objects_above for k in conjuncts(a, o)]


def _above(a: Annotated, i: int, depth: int) -> list[int]:
    """The subject of the governing verb, as long as both are active or both passive."""
    head = _finite_head(a, i)
    if head == i or not is_verb(a.tokens[head]):
        return []
    if is_passive(a, head) and not is_passive(a, i) and a.tokens[i].dep in ("conj", "advcl"):
        return agents(a, head) or (subjects(a, head, depth + 1) if a.tokens[i].dep == "conj" else [])
    return subjects(a, head, depth + 1)


def _finite_head(a: Annotated, i: int) -> int:
    """The verb that ``i`` is coordinated with: a finite verb goes with a finite one, wherever the parser hangs it
    ("opposes plans to build a dam and accuses …")."""
    head = a.tokens[i].head
    if a.tokens[i].dep == "conj" and a.tokens[i].tag in _FINITE and a.tokens[head].tag == "VB":
        return next((k for k in a.ancestors(head) if a.tokens[k].tag in _FINITE), head)
    return head


def _subject_of_modifier(a: Annotated, i: int) -> list[int]:
    t = a.tokens[i]
    if t.dep == "acl" and any(c.norm == "to" for c in children(a, i, "aux")):
        return possessors(a, t.head) or _light_subject(a, t.head)  # "the plan to attack": whose plan
    return conjuncts(a, t.head) if t.dep == "acl" else [t.head]


def _light_subject(a: Annotated, noun: int) -> list[int]:
    t = a.tokens[noun]
    return subjects(a, t.head) if t.dep in ("dobj", "attr") and is_verb(a.tokens[t.head]) else []


def _subject_of_gerund(a: Annotated, i: int, depth: int) -> list[int]:
    preposition = a.tokens[a.tokens[i].head]
    governor = preposition.head
    if is_verb(a.tokens[governor]):
        if preposition.norm in ("of", "from", "into", "against", "for"):  # "accused X of doing": X
            controlled = [k for c in children(a, governor, "dobj") for k in conjuncts(a, antecedent(a, c.i))]
            if controlled:
                return controlled
        if preposition.norm == "by" and is_passive(a, governor):
            return agents(a, governor)
        return subjects(a, governor, depth + 1)
    return possessors(a, governor) or _light_subject(a, governor)


def agents(a: Annotated, i: int) -> list[int]:
    """The doer of a passive or of a noun: "by …".

    Of a passive without one: that of a participle coordinated with it ("beaten and arrested by …"), or one that the
    parser hung on a noun in between ("invited to talks by …").
    """
    if own := _by(a, i):
        return own
    if not is_passive(a, i):
        return []
    for c in children(a, i, "conj"):
        if c.tag == "VBN" and (shared := _by(a, c.i)):
            return shared
    return [k for p in children(a, i, "prep") for n in children(a, p.i, "pobj") for k in _by(a, n.i)]


def _by(a: Annotated, i: int) -> list[int]:
    phrases = [c for c in children(a, i, "agent", "prep") if c.dep == "agent" or c.norm == "by"]
    return [k for c in phrases for p in children(a, c.i, "pobj") for k in conjuncts(a, p.i)]


def objects(a: Annotated, i: int) -> list[int]:
    """Whom or what the verb ``i`` acts on, conjuncts included: direct object, subject of a passive, antecedent."""
    if is_passive(a, i):
        return subjects(a, i)
    own = [k for c in children(a, i, "dobj") for k in conjuncts(a, antecedent(a, c.i))]
    if own:
        return own
    t = a.tokens[i]
    if (
        t.dep == "relcl"
        and children(a, i, "nsubj")
        and not any(antecedent(a, c.i) != c.i for c in children(a, i, "nsubj", "nsubjpass"))
    ):
        return conjuncts(a, t.head)  # "the march that he called": a gap
    shared = next((c for c in children(a, i, "conj") if is_verb(c) and c.i > i), None)
    if shared is not None and t.pos == "VERB" and not children(a, i, "prep", "ccomp", "xcomp", "prt"):
        return [k for c in children(a, shared.i, "dobj") for k in conjuncts(a, antecedent(a, c.i))]
    return []


def indirect(a: Annotated, i: int) -> list[int]:
    """To whom: "gave Tanzania a grant", "gave a grant to Tanzania" is a preposition instead."""
    return [k for c in children(a, i, "dative") if c.pos != "ADP" for k in conjuncts(a, c.i)]


def prepositional(a: Annotated, i: int, *prepositions: str) -> list[int]:
    """Objects of the prepositions that hang on ``i`` (any preposition where none is named), conjuncts included."""
    out = []
    for c in a.children[i]:
        t = a.tokens[c]
        if t.dep not in ("prep", "dative") or t.pos not in ("ADP", "SCONJ", "PART", "VERB"):
            continue
        if not prepositions or t.norm in prepositions:
            out += [k for p in children(a, c, "pobj") for k in conjuncts(a, antecedent(a, p.i))]
        for inner in children(a, c, "prep"):  # "out of", "away from"
            if inner.norm in prepositions:
                out += [k for p in children(a, inner.i, "pobj") for k in conjuncts(a, p.i)]
    return out


def possessors(a: Annotated, i: int) -> list[int]:
    """Whose: "Iraq's access", "their plan"."""
    return [k for c in children(a, i, "poss") for k in conjuncts(a, antecedent(a, c.i))]


def modifiers(a: Annotated, i: int) -> list[int]:
    """Names in front of a noun: "US strike", "Israeli raid", "Taliban attack"."""
    return [
        c.i
        for c in children(a, i, "compound", "amod", "nmod")
        if c.entity in ("GPE", "NORP", "ORG", "PERSON", "LOC") or c.pos == "PROPN"
    ]
