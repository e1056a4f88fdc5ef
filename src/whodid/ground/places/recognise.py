"""Which words of a report are place names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from whodid.ground.places.gazetteer import Gazetteer, Sense
from whodid.ground.places.knowledge import knowledge
from whodid.records import Annotated, Entity, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAME_LABELS = frozenset({"ORG", "PERSON", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART"})
_MAYBE_PLACE = frozenset({"", "ORG", "PERSON", "NORP", "PRODUCT", "GPE", "LOC", "FAC"})
_LONGEST_NAME = 4
_SHORTEST_NAME = 4  # letters, of a name that the parser does not call a place


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` to ``last`` (half-open) that name a place."""

    first: int
    last: int


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(knowledge("words")[key])


@cache
def _place_nouns() -> frozenset[str]:
    return _words("settlement_nouns") | _words("site_nouns")


def recognise(annotated: Annotated, places: Gazetteer) -> list[Span]:
    """The place names of a report in order, none overlapping.

    Counted are names that the parser calls a place, unless the report calls the same name a person or organisation more
    often and the gazetteer does not have it; names that the words beside them make a place ("the village of …",
    "… province", "in …"); and names that the gazetteer has as a country, region, first-level division or large city.
    """
    return _Recogniser(annotated, places).spans()


class _Recogniser:
    def __init__(self, a: Annotated, places: Gazetteer) -> None:
        self.a = a
        self.places = places
        self.found: dict[int, Span] = {}
        self.taken: set[int] = set()
        self.known: set[str] = set()
        self.labels = self._labels()

    def spans(self) -> list[Span]:
        self._take(s for e in self.a.entities if e.label in _PLACE_LABELS for s in self._of_place(e))
        self._take(self._by_neighbours())
        self.known = {self._text(s.first, s.last) for s in self.found.values()}
        self._take(s for e in self.a.entities if e.label in _NAME_LABELS for s in self._in_name(e))
        self._take(self._in_plain_words())
        return [self.found[i] for i in sorted(self.found)]

    def _take(self, spans: Iterator[Span]) -> None:
        for span in spans:
            if self.taken.isdisjoint(range(span.first, span.last)):
                self.taken.update(range(span.first, span.last))
                self.found[span.first] = span

    def _labels(self) -> dict[str, Counter[str]]:
        """How often the parser gives each label to a name, and to its last word."""
        out: dict[str, Counter[str]] = {}
        for e in self.a.entities:
            for key in {self._text(e.first, e.last), self.a.tokens[e.last - 1].norm}:
                out.setdefault(key, Counter())[e.label] += 1
        return out

    def _text(self, first: int, last: int) -> str:
        return " ".join(t.norm for t in self.a.tokens[first:last])

    def _senses(self, first: int, last: int) -> tuple[Sense, ...]:
        return self.places.senses(self.a.quote(first, last).text)

    # ------------------------------------------------------------ entities that the parser calls places

    def _of_place(self, e: Entity) -> Iterator[Span]:
        for first, last in self._parts(e):
            text = self._text(first, last)
            if not any(t.text[0].isupper() for t in self.a.tokens[first:last]) or text in _words("rarely_places"):
                continue
            senses = self._senses(first, last)
            if not senses:
                if last - first == 1 and self.places.country_of_demonym(text) is not None:
                    continue
                votes = self.labels.get(text, Counter())
                if sum(votes[k] for k in _PLACE_LABELS) < votes["PERSON"] + votes["ORG"]:
                    continue
                if last - first == 1 and self._speaks(first):
                    continue
            yield self._whole(first, last)

    def _parts(self, e: Entity) -> Iterator[tuple[int, int]]:
        """The entity without articles, cut at commas: "Austin, Texas" is two names."""
        tokens = self.a.tokens
        start = e.first
        for i in range(e.first, e.last + 1):
            if i == e.last or tokens[i].text in (",", "/", ";") or tokens[i].text.isspace():
                first, last = start, i
                while first < last and (
                    tokens[first].norm in _words("leading_words") or not tokens[first].text[0].isalnum()
                ):
                    first += 1
                while last > first and (tokens[last - 1].tag == "POS" or not tokens[last - 1].text[0].isalnum()):
                    last -= 1
                if first < last:
                    yield first, last
                start = i + 1

    def _speaks(self, i: int) -> bool:
        """True where an unknown name is the subject of a verb of speech: it is a person's."""
        token = self.a.tokens[i]
        return token.dep == "nsubj" and self.a.tokens[token.head].lemma in _words("speech_verbs")

    def _whole(self, first: int, last: int) -> Span:
        """The name with the parts that the parser cut off at a hyphen ("Tal-Abyad") or a bare "Al"."""
        tokens = self.a.tokens
        while (
            last + 1 < len(tokens)
            and tokens[last].text == "-"
            and self._joined(last)
            and tokens[last + 1].text[0].isupper()
        ):
            last += 2
        while (
            first >= 2
            and tokens[first - 1].text == "-"
            and self._joined(first - 1)
            and tokens[first - 2].text[0].isupper()
        ):
            first -= 2
        return Span(first, last)

    def _joined(self, i: int) -> bool:
        tokens = self.a.tokens
        return (
            tokens[i - 1].end == tokens[i].start
            and tokens[i].end == tokens[i + 1].start
            and (tokens[i - 1].norm in _words("name_prefixes"))
        )

    # ------------------------------------------------------------ names that the words beside them make a place

    def _by_neighbours(self) -> Iterator[Span]:
        for first, last in self._runs():
            if self.places.country_of_demonym(self._text(first, last)) is None and (
                self._before_says_place(first, last)
                or self._after_says_place(first, last)
                or self._is_taken(first, last)
                or self._in_list(first, last)
            ):
                yield Span(first, last)

    def _in_list(self, first: int, last: int) -> bool:
        """True for a name of the gazetteer in a list of places ("Kharkiv and Sumy")."""
        name = self.a.tokens[last - 1]
        return name.dep == "conj" and name.head in self.taken and bool(self._senses(first, last))

    def _is_taken(self, first: int, last: int) -> bool:
        name = self.a.tokens[last - 1]
        return (
            name.dep in ("dobj", "nsubjpass")
            and self.a.tokens[name.head].lemma in _words("taking_verbs")
            and (name.dep == "dobj" or bool(self._senses(first, last)))
            and all(t.entity != "PERSON" for t in self.a.tokens[first:last])
        )

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of capitalised proper nouns, hyphens and particles inside, that are no place yet."""
        tokens, n, i = self.a.tokens, len(self.a.tokens), 0
        while i < n:
            last = i + 2 if self._starts_with_article(i) else i
            while last < n and (self._is_name(tokens[last]) or (i < last < n - 1 and self._links(last))):
                last += 1
            if last > i and last - i <= 2 * _LONGEST_NAME:
                yield i, last
            i = max(last, i + 1)

    def _starts_with_article(self, i: int) -> bool:
        """True for the "al" of "al-Qaim"."""
        tokens = self.a.tokens
        return (
            i + 2 < len(tokens)
            and tokens[i].text in _words("name_prefixes")
            and tokens[i + 1].text == "-"
            and self._is_name(tokens[i + 2])
        )

    def _is_name(self, t: Token) -> bool:
        return (
            t.pos == "PROPN"
            and t.text[0].isupper()
            and t.entity in _MAYBE_PLACE
            and t.i not in self.taken
            and t.norm not in _words("rarely_places")
        )

    def _links(self, i: int) -> bool:
        tokens = self.a.tokens
        inside = tokens[i].text == "-" and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start
        return (inside or tokens[i].norm in _words("name_particles")) and self._is_name(tokens[i + 1])

    def _before_says_place(self, first: int, last: int) -> bool:
        tokens = self.a.tokens
        i = first - 1
        while i >= 0 and tokens[i].norm in _words("part_words"):
            i -= 1
        if i < 1:
            return False
        if tokens[i].norm == "of" and tokens[i - 1].norm in _words("settlement_nouns") - _words("also_people"):
            return True
        if tokens[i].norm not in _words("before_place") or last - first > _LONGEST_NAME:
            return False
        labels = {t.entity for t in tokens[first:last]}
        acronym = any(t.text.isupper() and len(t.text) > 1 for t in tokens[first:last])
        following = tokens[last] if last < len(tokens) else None
        ends = (
            following is None
            or following.pos not in ("NOUN", "PROPN", "PART")
            or following.norm in _words("settlement_nouns")
        )
        return ends and not acronym and ("ORG" not in labels or last - first == 1)

    def _after_says_place(self, first: int, last: int) -> bool:
        tokens = self.a.tokens
        following = tokens[last] if last < len(tokens) else None
        own = tokens[last - 1].norm
        if last - first > 1 and own in _place_nouns() and own not in _words("also_people"):  # "Deir Jamil Airport"
            return True
        return (
            following is not None
            and following.norm in _place_nouns()
            and following.norm not in _words("also_people")
            and tokens[last - 1].head == last
            and last - first <= _LONGEST_NAME
        )

    # ------------------------------------------------------------ other names

    def _in_name(self, e: Entity) -> Iterator[Span]:
        i = e.first
        while i < e.last:
            sizes = range(min(_LONGEST_NAME, e.last - i), 0, -1)
            size = next((n for n in sizes if self._is_place(i, i + n, e)), 0)
            if size:
                yield Span(i, i + size)
            i += size or 1

    def _is_place(self, first: int, last: int, e: Entity | None) -> bool:
        words = self.a.tokens[first:last]
        if not _named(words) or (len(words) == 1 and words[0].norm in _words("rarely_places")):
            return False
        whole = e is None or (first, last) == (e.first, e.last)
        if e is not None and e.label == "PERSON" and not whole:
            return False
        if self._text(first, last) in self.known:
            return True
        senses = [s for s in self._senses(first, last) if s.is_prominent]
        if len(words) == 1 and len(words[0].text) < _SHORTEST_NAME:
            senses = [s for s in senses if s.place.kind == "country" and words[0].text.isupper()]
        if e is not None and (e.label == "PERSON" or not whole):
            small = ("city", "feature") if e.label == "PERSON" else ("feature",)
            senses = [s for s in senses if s.place.kind not in small]
        return bool(senses)

    def _in_plain_words(self) -> Iterator[Span]:
        tokens, n, i = self.a.tokens, len(self.a.tokens), 0
        while i < n:
            size = 0
            if tokens[i].pos == "PROPN" and not tokens[i].entity:
                for k in range(min(_LONGEST_NAME, n - i), 0, -1):
                    if all(t.pos == "PROPN" and not t.entity for t in tokens[i : i + k]) and self._is_place(
                        i, i + k, None
                    ):
                        size = k
                        break
            if size:
                yield Span(i, i + size)
            i += size or 1


def _named(words: tuple[Token, ...]) -> bool:
    return words[0].text[0].isupper() and words[-1].text[0].isupper() and words[-1].tag != "POS"
