"""Attribution by verbs: "said that …", "…, officials said, …", "urged them to …", "accused her of …", "seems to …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whodid.ground.attribution.lexicon import Lexicon, lexicon
from whodid.ground.attribution.spans import Found, Span, chars, child, phrase, runs, said, subject
from whodid.ground.attribution.tags import is_tag, tag_content
from whodid.records import Annotated

_NO_CUE = frozenset({"aux", "auxpass", "amod", "compound"})
_PREPOSITION = frozenset({"prep", "prt", "agent", "dative"})
_MARKS = frozenset({'"', "“", "‘", "''", "``"})
_BESIDE = frozenset({"aux", "auxpass", "neg", "advmod"})
Words = tuple[list[Span], list[int], bool]
"""Content (characters), further tokens of the cue, and whether the source is left open."""


def indirect(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    """The attribution that verb ``i`` makes without a direct quotation, None if it makes none."""
    frames = lexicon.verbs.get(a.tokens[i].lemma)
    if not frames or a.tokens[i].dep in _NO_CUE:
        return None
    tag = tag_content(a, i, frames)
    if tag:
        return _found(a, i, "that", lexicon, (tag, [], False))
    for frame in frames:
        words = _WAYS.get(frame, _prepositional)(a, i, frame)
        if words and words[0]:
            return _found(a, i, frame, lexicon, words)
    return None


def _found(a: Annotated, i: int, frame: str, lexicon: Lexicon, words: Words) -> Found:
    content, more, open_source = words
    source, head = (None, None) if open_source else source_of(a, i, lexicon)
    group = lexicon.verbs[a.tokens[i].lemma][frame]
    return Found(group, frame, [i, *cue_around(a, i, lexicon), *more], source, head, content)


def source_of(a: Annotated, i: int, lexicon: Lexicon) -> tuple[Span | None, int | None]:
    """The source of verb ``i``: its noun phrase and its head."""
    head = subject(a, i)
    issuer = _issuer(a, i, lexicon)
    if issuer is not None:
        head = issuer
    if head is None or a.tokens[head].tag == "EX" or _empty_it(a, i, head):
        return None, None
    drop = {i} | {k for k in a.ancestors(i) if k != head and k not in set(a.ancestors(head))}
    return phrase(a, head, drop), head


def _issuer(a: Annotated, i: int, lexicon: Lexicon) -> int | None:
    """Who issued the statement in "issued a statement saying …"."""
    token = a.tokens[i]
    noun = a.tokens[token.head]
    if (
        token.dep not in {"acl", "relcl"}
        or token.tag != "VBG"
        or noun.lemma not in lexicon.media_nouns
        or noun.dep != "dobj"
    ):
        return None
    return subject(a, noun.head) if a.tokens[noun.head].lemma in lexicon.light_verbs else None


def _empty_it(a: Annotated, i: int, head: int) -> bool:
    return a.tokens[head].norm == "it" and child(a, i, "nsubjpass") == head


def cue_around(a: Annotated, i: int, lexicon: Lexicon) -> list[int]:
    """What belongs to the cue beside verb ``i``: auxiliaries, adverbs before it, a particle, "in a statement"."""
    out = [c for c in a.children[i] if c < i and a.tokens[c].dep in _BESIDE]
    while out and out[-1] - out[0] + 1 > len(out):
        out.pop(0)  # only what stands right before the verb
    if out and out[-1] != i - 1:
        out = []
    out += [c for c in a.children[i] if a.tokens[c].dep == "prt"]
    if _issuer(a, i, lexicon) is not None:
        out += [a.tokens[i].head, a.tokens[a.tokens[i].head].head]
    for noun in media(a, i, lexicon):
        prep = a.tokens[noun].head
        if noun - prep <= 3:
            out += range(prep, noun + 1)
    return out


def media(a: Annotated, i: int, lexicon: Lexicon) -> Iterator[int]:
    """The nouns behind verb ``i`` that tell by what means it was said: "said in a report"."""
    for prep in a.children[i]:
        if a.tokens[prep].dep == "prep" and prep > i:
            noun = child(a, prep, "pobj")
            if noun is not None and a.tokens[noun].lemma in lexicon.media_nouns:
                yield noun


def clause_of(a: Annotated, noun: int) -> int | None:
    """The clause with "that" on a noun: "the report that they left", where "that" is no part of the clause."""
    clause = child(a, noun, "acl", "relcl", "ccomp")
    return clause if clause is not None and clause > noun and child(a, clause, "mark") is not None else None


# ---------------------------------------------------------------- frames


def _clause(a: Annotated, i: int, frame: str) -> Words | None:
    clause = next((c for c in a.children[i] if a.tokens[c].dep == "ccomp" and c > i), None)
    if clause is None:
        clause = next((c for noun in media(a, i, lexicon()) if (c := clause_of(a, noun)) is not None), None)
    if clause is None:
        return None
    inner = child(a, clause, "ccomp")
    if inner is not None and inner < clause and is_tag(a, clause):
        clause = inner  # "Police said they had left, the paper reported": the last verb speaks about all of it
    if a.tokens[clause].tag in {"VB", "VBG"} and child(a, clause, "aux") is not None and _to(a, clause):
        return None
    return chars(a, runs(said(a, clause))), [], False


def _to(a: Annotated, verb: int) -> bool:
    return any(a.tokens[c].tag == "TO" for c in a.children[verb])


def _infinitive(a: Annotated, i: int, frame: str) -> Words | None:
    clause = child(a, i, "xcomp")
    if clause is None or not _to(a, clause) or child(a, i, "nsubjpass") is not None:
        return None
    return chars(a, runs(said(a, clause))), [], False


def _object_infinitive(a: Annotated, i: int, frame: str) -> Words | None:
    clause = next(
        (c for c in a.children[i] if a.tokens[c].dep in {"ccomp", "xcomp", "advcl"} and c > i and _to(a, c)), None
    )
    if clause is None:
        return None
    whom = child(a, i, "dobj", "dative", "nsubjpass")
    content = said(a, clause)
    if whom is not None:
        content |= said(a, whom)
    elif a.tokens[clause].dep != "ccomp":
        return None
    return chars(a, runs(content)), [], False


def _raised(a: Annotated, i: int, frame: str) -> Words | None:
    """ "She seems to have left", "is expected to leave": nobody is named as the source."""
    about = child(a, i, "nsubj", "nsubjpass", "csubj")
    clause = child(a, i, "xcomp", "oprd", "acomp", "attr", "ccomp")
    if about is None or clause is None:
        return None
    if child(a, i, "nsubjpass") is None and a.tokens[i].lemma not in _RAISING:
        return None
    by = child(a, i, "agent")
    return chars(a, [*runs(said(a, about)), *runs(said(a, clause))]), [], by is None


_RAISING = frozenset({"seem", "appear", "look", "sound"})


def _gerund(a: Annotated, i: int, frame: str) -> Words | None:
    clause = child(a, i, "xcomp", "ccomp")
    if clause is None or a.tokens[clause].tag != "VBG":
        return None
    return chars(a, runs(said(a, clause))), [], False


def _small(a: Annotated, i: int, frame: str) -> Words | None:
    """ "called the plan a disaster": object and what is said of it."""
    predicate = child(a, i, "oprd", "ccomp", "xcomp")
    about = child(a, i, "dobj", "nsubjpass")
    if predicate is not None and about is not None and not _to(a, predicate):
        return chars(a, runs(said(a, predicate) | said(a, about))), [], False
    if about is not None and (child(a, about, "appos") is not None or _quotes(a, about)):
        return chars(a, runs(said(a, about))), [], False
    return None


def _quotes(a: Annotated, i: int) -> bool:
    """True if some of the words are in quotation marks ("called the raid “a massacre”")."""
    return any(a.tokens[k].text in _MARKS for k in range(*a.subtree(i)))


def _as(a: Annotated, i: int, frame: str) -> Words | None:
    phrase_as = next((c for c in a.children[i] if a.tokens[c].norm == "as" and c > i), None)
    if phrase_as is None or (child(a, phrase_as, "pcomp") is not None and a.tokens[i].lemma == "quote"):
        return None  # in "was quoted as saying" the cue is "saying"
    about = child(a, i, "dobj", "nsubjpass")
    parts = said(a, phrase_as) | (said(a, about) if about is not None else set())
    return chars(a, runs(parts)), [], False


def _object(a: Annotated, i: int, frame: str) -> Words | None:
    about = child(a, i, "dobj")
    if about is None and child(a, i, "agent") is not None:
        about = child(a, i, "nsubjpass")
    return (chars(a, runs(said(a, about))), [], False) if about is not None else None


def _prepositional(a: Annotated, i: int, frame: str) -> Words | None:
    """A preposition's noun phrase; "whom-of" takes the object along ("accused her of lying")."""
    name = frame.removeprefix("whom-")
    whom = child(a, i, "dobj", "nsubjpass") if name != frame else None
    near = a.children[i] if whom is None else (*a.children[i], *a.children[whom])
    for prep in near:
        token = a.tokens[prep]
        if token.norm != name or token.dep not in _PREPOSITION or prep < i:
            continue
        content = said(a, prep)
        if whom is not None:
            return chars(a, runs(content | said(a, whom))), [], False
        return chars(a, runs(content - {prep})), [prep] if name == frame else [], False
    return None


def _elsewhere(a: Annotated, i: int, frame: str) -> Words | None:
    """Direct quotations are found from the quotation marks, not from the verb."""
    return None


_WAYS: dict[str, Callable[[Annotated, int, str], Words | None]] = {
    "that": _clause,
    "quote": _elsewhere,
    "tag": _elsewhere,
    "inf": _infinitive,
    "whom-inf": _object_infinitive,
    "raise": _raised,
    "ing": _gerund,
    "small": _small,
    "as": _as,
    "np": _object,
}
