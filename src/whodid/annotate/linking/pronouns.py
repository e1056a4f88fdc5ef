"""Pronouns: "he", "her", "it", "they" where one antecedent alone fits, or where the grammar singles one out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from whodid.annotate.linking.mentions import Mention, Thing, quoted_tokens
from whodid.annotate.linking.words import PronounKind, people
from whodid.records import Annotated, Link, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ACTORS = frozenset({"person", "group", "document"})
_REACH = 2
"""How many sentences back an antecedent may stand."""


def pronoun_links(a: Annotated, mentions: list[Mention]) -> Iterator[Link]:
    """Links of third-person pronouns outside quotations, first to last; each one found is added to ``mentions``."""
    known: defaultdict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        if not m.quoted:
            known[m.sentence].append(m)
    inside = quoted_tokens(a)
    kinds = people().pronouns
    added: list[Mention] = []
    for token in a.tokens:
        kind = kinds.get(token.norm)
        if kind is None or token.pos not in {"PRON", "DET"} or token.i in inside:
            continue
        window = [m for s in range(token.sentence - _REACH, token.sentence + 1) for m in known.get(s, ())]
        thing = _other_party(a, token, kind, window)
        if thing is None and (kind[0] != "thing" or _refers(a, token)):
            thing = _antecedent(a, token, kind, window)
        if thing is None:
            continue
        if kind[1] and thing.gender is None:
            thing.gender = kind[1]
        mention = Mention(token.i, (token.i, token.i + 1), thing, token.sentence, token.dep in _SUBJECTS, quoted=False)
        known[token.sentence].append(mention)
        added.append(mention)
        if thing.kind in _ACTORS:
            yield Link(token.i, token.i + 1, *thing.span, "pronoun")
    mentions += added


def _refers(a: Annotated, token: Token) -> bool:
    """False for the "it" of "it is clear that", "it rained", "making it clear", which stands for nothing."""
    if token.dep == "poss":
        return True
    verb = a.tokens[token.head]
    if token.dep not in _SUBJECTS or verb.pos != "VERB" or verb.lemma in people().empty_it:
        return False
    return not (token.dep == "nsubjpass" and any(a.tokens[c].dep in {"ccomp", "xcomp"} for c in a.children[verb.i]))


def _other_party(a: Annotated, token: Token, kind: PronounKind, window: Sequence[Mention]) -> Thing | None:
    """Whom the object of a participle stands for ("Chad turned on Mali, accusing it of …"): the one other than the
    subject who is named before it in the sentence."""
    verb = a.tokens[token.head]
    if token.dep != "dobj" or (verb.dep, verb.tag) != ("advcl", "VBG"):
        return None
    before = [m for m in window if m.sentence == token.sentence and m.head < verb.i and m.thing.kind in _ACTORS]
    acting = [m.thing for m in before if m.subject and a.tokens[m.head].head == verb.head]
    others = _things(m for m in before if _fits(m.thing, kind) and not any(m.thing is x for x in acting))
    return others[0] if acting and len(others) == 1 else None


def _antecedent(a: Annotated, token: Token, kind: PronounKind, window: Sequence[Mention]) -> Thing | None:
    fitting = [m for m in window if _fits(m.thing, kind) and not _same_clause(a, token, m)]
    later = _announced(a, token, fitting)
    if later is not None:
        return later
    near = [m for m in fitting if m.head < token.i]
    speaker = _speaker(a, token, kind, window)
    if speaker is not None:
        return speaker
    here = [m for m in near if m.sentence == token.sentence]
    before = [m for m in near if m.sentence == token.sentence - 1]
    for group in (here, before):
        subjects = _things(m for m in group if m.subject)
        if len(subjects) == 1 and (token.dep in _SUBJECTS or token.dep == "poss" or len(_things(near)) == 1):
            return subjects[0]
        if len(subjects) > 1:
            return None
        if group and kind[0] == "person" and len(_things(near)) == 1:
            return near[0].thing
        if group:
            return None
    if kind[0] == "person" and len(_things(near)) == 1:
        return near[0].thing
    return None


def _speaker(a: Annotated, token: Token, kind: PronounKind, window: Sequence[Mention]) -> Thing | None:
    """Whom the subject of a reported clause stands for where a relative clause reports it: "… blamed the militia, which
    denied that it had fired"; None in any other clause. What "which" stands for is no person, whatever its name."""
    said = a.tokens[token.head]
    saying = a.tokens[said.head]
    if token.dep != "nsubj" or said.dep != "ccomp" or saying.dep != "relcl":
        return None
    who = next((a.tokens[c].norm for c in a.children[saying.i] if a.tokens[c].dep == "nsubj"), "")
    told = next((m.thing for m in window if m.head == saying.head), None)
    if told is None or (who, kind[0]) not in {("which", "thing"), ("who", "person"), ("who", "plural")}:
        return None
    return told if who == "which" or _fits(told, kind) else None


def _things(mentions: Iterator[Mention] | Sequence[Mention]) -> list[Thing]:
    out: list[Thing] = []
    for m in mentions:
        if not any(m.thing is t for t in out):
            out.append(m.thing)
    return out


def _fits(thing: Thing, kind: PronounKind) -> bool:
    if kind[0] == "plural":
        return thing.plural
    if thing.plural:
        return False
    if kind[0] == "person":
        return thing.kind == "person" and thing.gender in (None, kind[1])
    return thing.kind != "person"


def _same_clause(a: Annotated, token: Token, m: Mention) -> bool:
    """True for two arguments of one verb, which are never the same actor ("X accused him"); "his" may be."""
    if token.dep == "poss":
        return m.span[0] <= token.i < m.span[1]
    return _verb(a, token.i) == _verb(a, m.head)


def _verb(a: Annotated, i: int) -> int:
    for k in a.ancestors(i):
        if a.tokens[k].pos in {"VERB", "AUX"}:
            return k
    return i


def _announced(a: Annotated, token: Token, fitting: Sequence[Mention]) -> Thing | None:
    """The subject of the main clause for a pronoun in the clause before it ("As he left, the minister said …")."""
    if token.dep not in _SUBJECTS and token.dep != "poss":
        return None
    clause = next((k for k in (token.i, *a.ancestors(token.i)) if a.tokens[k].dep == "advcl"), None)
    if clause is None:
        return None
    main = a.tokens[clause].head
    if main < clause or a.sentence_of(clause).first + 3 < a.subtree(clause)[0]:
        return None
    return next((m.thing for m in fitting if m.subject and a.tokens[m.head].head == main and m.head > clause), None)
