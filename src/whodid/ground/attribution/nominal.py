"""Attribution without a verb: "the claim that …", "is sure that …", "according to …", "in her view", "reportedly"."""

from __future__ import annotations

from whodid.ground.attribution.lexicon import Frames, Lexicon
from whodid.ground.attribution.spans import Found, Span, agent, below, chars, child, phrase, runs, said, subject
from whodid.ground.attribution.verbs import clause_of, cue_around, media
from whodid.records import Annotated

_LONGEST_NAME = 5
_NAME_WORDS = frozenset({"PROPN", "NOUN", "ADJ", "DET"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})


def nominal(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    """The attribution that token ``i``, a noun, adjective, preposition or adverb, makes as its cue."""
    token = a.tokens[i]
    if token.pos == "NOUN" and token.lemma in lexicon.nouns:
        if _is_means(a, i, lexicon):
            return None  # "said in a report that …": the verb attributes
        return _noun(a, i, lexicon.nouns[token.lemma], lexicon)
    if token.pos == "ADJ" and token.lemma in lexicon.adjectives:
        return _adjective(a, i, lexicon.adjectives[token.lemma])
    if token.norm == "according":
        return _according(a, i, lexicon)
    if token.dep == "prep" and token.norm in lexicon.stance_nouns:
        return _stance(a, i, lexicon)
    if token.norm in lexicon.adverbs and token.pos == "ADV":
        return _adverb(a, i, lexicon)
    if token.text == ":":
        return _colon(a, i, lexicon)
    return None


def _is_means(a: Annotated, i: int, lexicon: Lexicon) -> bool:
    verb = a.tokens[a.tokens[i].head].head
    if a.tokens[i].dep != "pobj" or "that" not in lexicon.verbs.get(a.tokens[verb].lemma, {}):
        return False
    return clause_of(a, i) is not None and i in media(a, verb, lexicon)


def _noun(a: Annotated, i: int, frames: Frames, lexicon: Lexicon) -> Found | None:
    for frame, group in frames.items():
        content = _noun_content(a, i, frame)
        if not content:
            continue
        drop = set(content)
        head = _noun_source(a, i, drop, frame)
        cue = [i]
        if frame not in {"that", "inf"}:
            cue.append(min(content) - 1)
        above = a.tokens[a.tokens[i].head]
        if a.tokens[i].dep == "dobj" and above.lemma in lexicon.light_verbs:
            cue += [above.i, *cue_around(a, above.i, lexicon)]
        source = phrase(a, head, {i, *drop}) if head is not None else None
        return Found(group, frame, cue, source, head, chars(a, runs(content)))
    return None


def _noun_content(a: Annotated, i: int, frame: str) -> set[int]:
    tokens = a.tokens
    for c in a.children[i]:
        token = tokens[c]
        if c < i:
            continue
        marks = {tokens[k].tag for k in a.children[c]}
        if frame == "that" and token.dep in {"acl", "relcl", "ccomp"} and child(a, c, "mark") is not None:
            return said(a, c)
        if frame == "inf" and token.dep in {"acl", "relcl", "xcomp", "ccomp"} and "TO" in marks:
            return said(a, c)
        if token.dep == "prep" and token.norm == frame:
            return said(a, c) - {c}
    if frame == "that" and tokens[i].dep in {"nsubj", "attr"}:  # "the claim is that …"
        clause = child(a, tokens[i].head, "ccomp")
        if clause is not None and tokens[tokens[i].head].lemma == "be":
            return said(a, clause)
    return set()


def _noun_source(a: Annotated, i: int, drop: set[int], frame: str) -> int | None:
    owner = child(a, i, "poss")
    if owner is not None:
        return owner
    for prep in a.children[i]:
        if a.tokens[prep].norm in {"by", "from", "of"} and a.tokens[prep].dep in {"prep", "agent"} and prep not in drop:
            noun = child(a, prep, "pobj")
            if noun is not None and a.tokens[prep].norm != frame:
                return noun
    token = a.tokens[i]
    above = a.tokens[token.head]
    if token.dep in {"dobj", "attr"} and above.pos in {"VERB", "AUX"}:
        return subject(a, above.i)
    if token.dep == "nsubjpass":
        return agent(a, above.i)
    return None


def _adjective(a: Annotated, i: int, frames: Frames) -> Found | None:
    token = a.tokens[i]
    if token.dep not in {"acomp", "oprd", "conj", "advcl", "ROOT", "ccomp", "attr"}:
        return None
    for frame, group in frames.items():
        content: set[int] = set()
        for c in a.children[i]:
            dep = a.tokens[c].dep
            if c > i and (
                (frame == "that" and dep == "ccomp")
                or (frame == "inf" and dep == "xcomp")
                or (dep == "prep" and a.tokens[c].norm == frame)
            ):
                content = said(a, c) - ({c} if dep == "prep" else set())
                break
        if content:
            verb = token.head
            head = subject(a, verb) if verb != i else None
            if head is not None and a.tokens[head].norm == "it":
                head = None
            source = phrase(a, head) if head is not None else None
            cue = [i, *([verb] if a.tokens[verb].lemma == "be" and verb == i - 1 else [])]
            return Found(group, frame, cue, source, head, chars(a, runs(content)))
    return None


def _according(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    to = next((c for c in a.children[i] if a.tokens[c].norm == "to"), None)
    if to is None:
        return None
    head = child(a, to, "pobj", "pcomp")
    if head is None:
        return None
    source = phrase(a, head)
    return Found(lexicon.according, "according", [i, to], source, head, _rest(a, i))


def _rest(a: Annotated, i: int) -> list[Span]:
    """What the phrase of token ``i`` speaks about: the sentence that it opens or ends, else the clause around it."""
    sentence = a.sentence_of(i)
    own = below(a, i)
    opens = all(a.tokens[k].pos in {"PUNCT", "CCONJ", "ADV", "SPACE"} for k in range(sentence.first, i))
    ends = i > 0 and a.tokens[i - 1].text == "," and max(own) >= sentence.last - 2
    if opens or ends or a.tokens[i].head == i:
        return chars(a, runs(set(range(sentence.first, sentence.last)) - own))
    top = a.tokens[i].head
    while a.tokens[top].pos in _NAMES and a.tokens[top].head != top and a.tokens[top].dep not in {"ccomp", "conj"}:
        top = a.tokens[top].head
    return chars(a, runs(below(a, top, {i})))


def _stance(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    noun = child(a, i, "pobj")
    if noun is None or a.tokens[noun].norm not in lexicon.stance_nouns[a.tokens[i].norm]:
        return None
    head = child(a, noun, "poss")
    if head is None:
        of = next((c for c in a.children[noun] if a.tokens[c].norm == "of"), None)
        head = child(a, of, "pobj") if of is not None else None
    if head is None:
        return None
    source = phrase(a, head, {noun})
    return Found(lexicon.according, "according", [i, noun], source, head, _rest(a, i))


def _adverb(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    token = a.tokens[i]
    if token.dep != "advmod" or token.head == i:
        return None
    return Found(lexicon.adverbs[token.norm], "adverb", [i], None, None, chars(a, runs(below(a, token.head, {i}))))


def _colon(a: Annotated, i: int, lexicon: Lexicon) -> Found | None:
    """ "Mayor: “…”", "LEE: …": a name alone and a colon open a paragraph; the rest of it is the content."""
    home = a.sentence_of(i)
    opens = home.i == 0 or a.sentences[home.i - 1].paragraph != home.paragraph
    if not opens or not 1 <= i - home.first <= _LONGEST_NAME or i + 1 >= len(a.tokens):
        return None
    name = range(home.first, i)
    if any(a.tokens[k].pos not in _NAME_WORDS for k in name):
        return None
    entity = a.entity_of.get(i - 1)
    known = entity is not None and entity.label in {"PERSON", "ORG"}
    if not known and not any(q.start == a.tokens[i + 1].start for q in a.quotations):
        return None
    last = next((s.last for s in reversed(a.sentences) if s.paragraph == home.paragraph), home.last)
    return Found(lexicon.colon, "colon", [i], (home.first, i), i - 1, chars(a, [(i + 1, last)]))
