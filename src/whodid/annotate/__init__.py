"""Report → Annotated: words, sentences, entities, noun phrases, quotations, and who "he" is where that is safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from whodid.annotate.links import links
from whodid.annotate.quotations import quotations
from whodid.annotate.text import normalise, paragraphs, pieces
from whodid.models import Parsed, Parser
from whodid.records import Annotated, Entity, Phrase, Rejection, Report, Sentence, Token

_REPORTS_AT_ONCE = 16


def annotate(reports: Iterable[Report | Rejection], *, parser: Parser) -> Iterator[Annotated | Rejection]:
    """One Annotated for each report, in order; rejections pass through, and a report in a language that ``parser``
    does not read becomes one (code ``language``)."""
    stream = iter(reports)
    while batch := list(islice(stream, _REPORTS_AT_ONCE)):
        checked = [_in_language(item, parser) for item in batch]
        cuts = [_pieces(item.text) if isinstance(item, Report) else [] for item in checked]
        texts = (
            normalise(item.text[a:b])
            for item, cut in zip(checked, cuts, strict=True)
            if isinstance(item, Report)
            for _, a, b in cut
        )
        parsed = parser.parse(texts)
        for item, cut in zip(checked, cuts, strict=True):
            if isinstance(item, Rejection):
                yield item
            else:
                yield _assemble(item, [(p, a, next(parsed)) for p, a, _ in cut], parser.name)


def _in_language(item: Report | Rejection, parser: Parser) -> Report | Rejection:
    if isinstance(item, Rejection) or item.language is None or item.language.split("-")[0] in parser.languages:
        return item
    return Rejection(
        source=item.url or item.id,
        code="language",
        message=f"the text is in {item.language!r}; {parser.name} reads {', '.join(parser.languages)}",
        report_id=item.id,
    )


def _pieces(text: str) -> list[tuple[int, int, int]]:
    return [(n, a, b) for n, (start, end) in enumerate(paragraphs(text)) for a, b in pieces(text, start, end)]


def _assemble(report: Report, parts: list[tuple[int, int, Parsed]], parser: str) -> Annotated:
    tokens: list[Token] = []
    entities: list[Entity] = []
    phrases: list[Phrase] = []
    sentences: list[Sentence] = []
    for paragraph, offset, part in parts:
        base, first_sentence = len(tokens), len(sentences)
        for t in part.tokens:
            start, end = t.start + offset, t.end + offset
            tokens.append(
                Token(
                    i=t.i + base, start=start, end=end, text=report.text[start:end], norm=t.norm, lemma=t.lemma,
                    pos=t.pos, tag=t.tag, dep=t.dep, head=t.head + base, sentence=t.sentence + first_sentence,
                    entity=t.entity,
                )
            )  # fmt: skip
        entities += [
            replace(e, first=e.first + base, last=e.last + base, start=e.start + offset, end=e.end + offset)
            for e in part.entities
        ]
        phrases += [replace(p, first=p.first + base, last=p.last + base, head=p.head + base) for p in part.phrases]
        sentences += _sentences(tokens[base:], paragraph)
    annotated = Annotated(
        report=report,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        entities=tuple(entities),
        phrases=tuple(phrases),
        quotations=tuple(quotations(report.text, paragraphs(report.text))),
        links=(),
        parser=parser,
    )
    return annotated.model_copy(update={"links": tuple(links(annotated))})


def _sentences(tokens: list[Token], paragraph: int) -> Iterator[Sentence]:
    first = 0
    for n in range(1, len(tokens) + 1):
        if n == len(tokens) or tokens[n].sentence != tokens[first].sentence:
            part = tokens[first:n]
            words = [t for t in part if not t.text.isspace()] or part
            root = next((t.i for t in part if t.head == t.i and not t.text.isspace()), part[0].i)
            yield Sentence(
                i=part[0].sentence, first=part[0].i, last=part[-1].i + 1, start=words[0].start, end=words[-1].end,
                root=root, paragraph=paragraph,
            )  # fmt: skip
            first = n
