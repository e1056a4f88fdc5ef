"""Direct quotations: the verb that brings each of them, and quotations that go on in the next sentence or paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from whodid.ground.attribution.lexicon import Lexicon
from whodid.ground.attribution.spans import Found, Span, below, chars, child, is_verb, runs
from whodid.ground.attribution.verbs import cue_around, source_of
from whodid.records import Annotated, Quotation

_TAG_MARKS = ",?!—–-"
_TAG_WORDS = 30
_FEW = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its tokens (marks left out) and whether it is words of its own or a scrap within a clause."""

    mark: Quotation
    first: int
    last: int
    whole: bool


def quoted(a: Annotated) -> list[Quoted]:
    """The outermost quotations of the report, in order."""
    starts = [t.start for t in a.tokens]
    out: list[Quoted] = []
    for q in a.quotations:
        if out and q.start < out[-1].mark.end:
            continue
        first = bisect_left(starts, q.inner_start)
        last = bisect_left(starts, q.inner_end)
        if first < last:
            out.append(Quoted(q, first, last, _whole(a, q, first, last)))
    return out


def _whole(a: Annotated, q: Quotation, first: int, last: int) -> bool:
    """True for words that stand on their own: a sentence, or what a comma or colon sets off."""
    text = a.report.text
    before = text[max(0, q.start - 3) : q.start].rstrip()[-1:]
    inner = text[q.inner_start : q.inner_end].rstrip()
    words = sum(a.tokens[k].pos != "PUNCT" for k in range(first, last))
    if words < 2 and inner[-1:] not in ",?!.":
        return False
    starts_sentence = before in ("", ".", "?", "!", ":", "\n", "”", '"') or a.tokens[first].i == 0
    if starts_sentence:
        return words >= 3 or inner[-1:] in ",?!."
    has_verb = any(is_verb(a.tokens[k]) or a.tokens[k].pos == "AUX" for k in range(first, last))
    return (before in (",", ":", "—", "–") and (has_verb or inner[:1].isupper()) and words >= 2) or (
        has_verb and words > _FEW
    )


def direct(a: Annotated, lexicon: Lexicon) -> list[Found]:
    """The attributions of direct quotations, in the order of their first words."""
    by_verb: dict[int, Found] = {}
    left: list[Quoted] = []
    for q in quoted(a):
        verb = _verb_after(a, q, lexicon)
        if verb is None:
            verb = _verb_before(a, q, lexicon)
        if verb is None:
            left.append(q)
            continue
        span = (q.mark.start, q.mark.end)
        if verb in by_verb:
            by_verb[verb].content.append(span)
        else:
            source, head = source_of(a, verb, lexicon)
            group = lexicon.verbs.get(a.tokens[verb].lemma, {}).get("quote", lexicon.quotation)
            content = [*_clause_after(a, verb, q), span]
            by_verb[verb] = Found(
                group, "quote", [verb, *cue_around(a, verb, lexicon)], source, head, content, direct=True
            )
    found = list(by_verb.values())
    _continue(a, found, [q for q in left if q.whole])
    return found


def _verb_after(a: Annotated, q: Quoted, lexicon: Lexicon) -> int | None:
    """The verb of the tag after the quotation: "…," she said / said Ann Lee."""
    text, tokens = a.report.text, a.tokens
    inner = text[q.mark.inner_start : q.mark.inner_end].rstrip()
    rest = text[q.mark.end : q.mark.end + 2].lstrip()
    if not (inner[-1:] in _TAG_MARKS or rest[:1] in (",", "—", "–")):
        return None
    start = q.last
    while start < len(tokens) and (tokens[start].pos in {"PUNCT", "SPACE"}):
        start += 1
    for k in range(start, min(start + _TAG_WORDS, len(tokens))):
        token = tokens[k]
        if token.text in {".", ":", ";", '"', "“"} or a.sentence_of(k).paragraph != a.sentence_of(q.first).paragraph:
            return None
        if not is_verb(token) or token.dep in {"aux", "auxpass", "relcl", "amod", "acl"}:
            continue
        frames = lexicon.verbs.get(token.lemma, {})
        subject = child(a, k, "nsubj")
        if "quote" in frames or "tag" in frames or (subject is not None and _adjacent(a, k, subject, start)):
            return k
        return None
    return None


def _adjacent(a: Annotated, verb: int, subject: int, start: int) -> bool:
    parts = below(a, subject)
    return min(parts) == start or verb == start


def _verb_before(a: Annotated, q: Quoted, lexicon: Lexicon) -> int | None:
    """The verb before the quotation: She said: "…", told reporters in Rome that "…"."""
    tokens = a.tokens
    k = q.first - 1
    while k >= 0 and tokens[k].pos in {"PUNCT", "SPACE"} and tokens[k].text not in {".", "!", "?"}:
        k -= 1
    colon = any(tokens[j].text == ":" for j in range(k + 1, q.first))
    if k < 0 or not q.whole:
        return None
    home = a.sentence_of(k)
    if home.i != a.sentence_of(q.first).i and not colon and tokens[home.last - 1].text not in {",", ":"}:
        return None
    for j in range(k, home.first - 1, -1):
        token = tokens[j]
        if token.text in {'"', "”"} and j < k:
            return None
        if is_verb(token) and token.dep not in {"aux", "auxpass", "amod"}:
            frames = lexicon.verbs.get(token.lemma, {})
            if "quote" in frames or "that" in frames:
                return j
            if not colon and token.dep not in {"acl", "relcl", "pcomp"}:
                return None
    root = tokens[home.root]
    return root.i if colon and is_verb(root) and root.lemma != "be" else None


def _clause_after(a: Annotated, verb: int, q: Quoted) -> list[Span]:
    """What an indirect clause says before the quotation goes on in the speaker's words."""
    clause = next((c for c in a.children[verb] if a.tokens[c].dep == "ccomp" and c > verb), None)
    if clause is None or q.first < verb:
        return []
    return chars(a, runs(k for k in below(a, clause) if k > verb))


def _continue(a: Annotated, found: list[Found], left: list[Quoted]) -> None:
    """Give quotations without a verb to the speaker before them, in the same paragraph or the one before."""
    starts = [t.start for t in a.tokens]

    def paragraph(position: int) -> int:
        return a.sentence_of(max(0, bisect_right(starts, position) - 1)).paragraph

    for q in left:
        before = [f for f in found if max(f.content)[0] < q.mark.start]
        if not before:
            continue
        last = max(before, key=lambda f: max(max(f.content)[0], a.tokens[f.cue_head].start))
        gap = paragraph(q.mark.start) - paragraph(max(max(last.content)[0], a.tokens[last.cue_head].start))
        if gap == 0 or (gap == 1 and _opens_paragraph(a, q)):
            last.content.append((q.mark.start, q.mark.end))


def _opens_paragraph(a: Annotated, q: Quoted) -> bool:
    sentence = a.sentence_of(q.first)
    return sentence.i == 0 or (
        a.sentences[sentence.i - 1].paragraph != sentence.paragraph and q.mark.start <= sentence.start
    )
