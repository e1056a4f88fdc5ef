"""Claims as arrays of whole numbers, so that many pairs are compared at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from whodid.fuse.blocks import kinships
from whodid.fuse.features import Features
from whodid.fuse.words import sound, word_lists

Ints = NDArray[np.signedinteger]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KILLING = "killing"
"""The family of words of killing: nobody is killed twice."""

UNKNOWN = -1
"""A day that is not known."""

FORMS = ("", "bare", "definite", "one", "new")
"""The values of :attr:`Features.form`."""

_WIDE = {"parties": 4, "words": 20, "content": 10, "trigger": 6, "names": 8, "tied": 3}


class Table:
    """Columns of some claims; row *i* is claim *i*. Strings are numbered, 0 is the empty one; sets are rows that end in
    zeros. Numbers of strings hold within one table only."""

    def __init__(self, claims: Sequence[Features]) -> None:
        self.claims = claims
        self._numbers: dict[str, int] = {"": 0}

    def __len__(self) -> int:
        return len(self.claims)

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def _column(self, of: Callable[[Features], str]) -> Ints:
        return np.fromiter((self._number(of(c)) for c in self.claims), np.int64, len(self.claims))

    def _integers(self, of: Callable[[Features], int | None]) -> Ints:
        values = (UNKNOWN if (v := of(c)) is None else v for c in self.claims)
        return np.fromiter(values, np.int64, len(self.claims))

    def _floats(self, of: Callable[[Features], float | None]) -> Floats:
        values = (np.nan if (v := of(c)) is None else v for c in self.claims)
        return np.fromiter(values, np.float64, len(self.claims))

    def _sets(self, of: Callable[[Features], Iterable[str]], width: int) -> Ints:
        number, sizes, flat = self._number, list[int](), list[int]()
        for claim in self.claims:
            row = [number(text) for text in dict.fromkeys(of(claim)) if text][:width]
            sizes.append(len(row))
            flat += row
        out = np.zeros((len(self.claims), width), np.int32)
        out[np.arange(width) < np.array(sizes, np.int64)[:, None]] = flat
        return out

    @cached_property
    def type(self) -> Ints:
        """Number of ontology and type."""
        return self._column(lambda c: f"{c.ontology} {c.type}")

    @cached_property
    def kin(self) -> Ints:
        """Groups of types."""
        return self._sets(lambda c: kinships(c.type), 4)

    @cached_property
    def mode(self) -> Ints:
        """Number of the mode."""
        return self._column(lambda c: c.mode)

    @cached_property
    def report(self) -> Ints:
        """Number of the report."""
        return self._column(lambda c: c.report)

    @cached_property
    def sentence(self) -> Ints:
        """Number of the sentence's folded words."""
        return self._column(lambda c: c.sentence)

    @cached_property
    def start(self) -> Ints:
        """Offset of the trigger in its report."""
        return self._integers(lambda c: c.start)

    @cached_property
    def sentence_start(self) -> Ints:
        """Offset of the sentence in its report."""
        return self._integers(lambda c: c.sentence_start)

    @cached_property
    def published(self) -> Ints:
        """Day of publication."""
        return self._integers(lambda c: c.published)

    @cached_property
    def first(self) -> Ints:
        """First possible day."""
        return self._integers(lambda c: c.first)

    @cached_property
    def last(self) -> Ints:
        """Last possible day."""
        return self._integers(lambda c: c.last)

    @cached_property
    def historical(self) -> Bools:
        """Told as background."""
        return np.fromiter((c.historical for c in self.claims), np.bool_, len(self.claims))

    @cached_property
    def happened(self) -> Bools:
        """Told as having happened."""
        return np.fromiter((c.status == "happened" for c in self.claims), np.bool_, len(self.claims))

    @cached_property
    def standing(self) -> Ints:
        """0 happened, 1 planned, feared or on a condition, 2 denied."""
        return np.fromiter((standing(c.status) for c in self.claims), np.int64, len(self.claims))

    @cached_property
    def actors(self) -> Ints:
        """Keys of the actors."""
        return self._sets(lambda c: c.actors, _WIDE["parties"])

    @cached_property
    def recipients(self) -> Ints:
        """Keys of the recipients."""
        return self._sets(lambda c: c.recipients, _WIDE["parties"])

    @cached_property
    def named_actors(self) -> Ints:
        """Keys of the actors that are persons or organisations."""
        return self._sets(lambda c: map(sound, filter(is_name, c.actors)), _WIDE["parties"])

    @cached_property
    def named_recipients(self) -> Ints:
        """Keys of the recipients that are persons or organisations."""
        return self._sets(lambda c: map(sound, filter(is_name, c.recipients)), _WIDE["parties"])

    @cached_property
    def actor_countries(self) -> Ints:
        """Countries of the actors."""
        return self._sets(lambda c: c.actor_countries, _WIDE["parties"])

    @cached_property
    def recipient_countries(self) -> Ints:
        """Countries of the recipients."""
        return self._sets(lambda c: c.recipient_countries, _WIDE["parties"])

    @cached_property
    def actor_sectors(self) -> Ints:
        """Sectors of the actors."""
        return self._sets(lambda c: c.actor_sectors, _WIDE["parties"])

    @cached_property
    def recipient_sectors(self) -> Ints:
        """Sectors of the recipients."""
        return self._sets(lambda c: c.recipient_sectors, _WIDE["parties"])

    @cached_property
    def actor_words(self) -> Ints:
        """Words of the actors of which no more is known, and last names."""
        return self._sets(lambda c: party_words(c.actors), _WIDE["parties"])

    @cached_property
    def recipient_words(self) -> Ints:
        """Words of the recipients of which no more is known, and last names."""
        return self._sets(lambda c: party_words(c.recipients), _WIDE["parties"])

    @cached_property
    def place(self) -> Ints:
        """Number of the place."""
        return self._column(lambda c: c.place)

    @cached_property
    def place_country(self) -> Ints:
        """Number of the place's country."""
        return self._column(lambda c: c.place_country)

    @cached_property
    def latitude(self) -> Floats:
        """Degrees; NaN where not known."""
        return self._floats(lambda c: c.latitude)

    @cached_property
    def longitude(self) -> Floats:
        """Degrees; NaN where not known."""
        return self._floats(lambda c: c.longitude)

    @cached_property
    def radius_km(self) -> Floats:
        """Kilometres; NaN where not known."""
        return self._floats(lambda c: c.radius_km)

    @cached_property
    def trigger(self) -> Ints:
        """Stems of the trigger."""
        return self._sets(lambda c: c.trigger, _WIDE["trigger"])

    @cached_property
    def families(self) -> Ints:
        """Families of the trigger's words."""
        families = word_lists().families
        return self._sets(lambda c: (families.get(w, "") for w in c.trigger), _WIDE["trigger"])

    @cached_property
    def killing(self) -> Bools:
        """Told with a word of killing."""
        families = word_lists().families
        found = (any(families.get(w) == KILLING for w in c.trigger) for c in self.claims)
        return np.fromiter(found, np.bool_, len(self.claims))

    @cached_property
    def family_kin(self) -> Ints:
        """Families that often tell of another side of the same happening."""
        lists = word_lists()
        return self._sets(
            lambda c: (kin for w in c.trigger for kin in lists.family_kin.get(lists.families.get(w, ""), ())),
            _WIDE["trigger"],
        )

    @cached_property
    def local(self) -> Ints:
        """Number of the group within the report."""
        return self._column(lambda c: c.local)

    @cached_property
    def claim(self) -> Ints:
        """Number of the claim."""
        return self._column(lambda c: c.claim)

    @cached_property
    def tied(self) -> Ints:
        """Numbers of the claims that grammar ties it to."""
        return self._sets(lambda c: c.tied, _WIDE["tied"])

    @cached_property
    def after(self) -> Ints:
        """Numbers of the claims that are told to have come before or after it."""
        return self._sets(lambda c: c.after, _WIDE["tied"])

    @cached_property
    def antecedent(self) -> Ints:
        """Number of the claim that it points back to."""
        return self._column(lambda c: c.antecedent)

    @cached_property
    def form(self) -> Ints:
        """How its words name the happening, as a place in :data:`FORMS`."""
        return np.fromiter((FORMS.index(c.form) for c in self.claims), np.int64, len(self.claims))

    @cached_property
    def headline(self) -> Bools:
        """Told in the headline."""
        return np.fromiter((c.headline for c in self.claims), np.bool_, len(self.claims))

    @cached_property
    def words(self) -> Ints:
        """Stems of the sentence without those of the trigger."""
        return self._sets(lambda c: (w for w in c.words if w not in c.trigger), _WIDE["words"])

    @cached_property
    def names(self) -> Ints:
        """Capitalised words of the sentence."""
        return self._sets(lambda c: c.names, _WIDE["names"])

    @cached_property
    def story(self) -> Ints:
        """Names that the report speaks of most."""
        return self._sets(lambda c: c.story, _WIDE["names"])

    @cached_property
    def content(self) -> Ints:
        """Stems of what a speech act is about."""
        return self._sets(lambda c: c.content, _WIDE["content"])

    @cached_property
    def content_type(self) -> Ints:
        """Number of the type of what a speech act is about."""
        return self._column(lambda c: c.content_type)

    @cached_property
    def counts(self) -> Ints:
        """Low and high of each count."""
        return np.array([c.counts for c in self.claims], np.int64).reshape(len(self.claims), 8)


HAPPENED, PLANNED, DENIED = 0, 1, 2


def standing(status: str) -> int:
    """:data:`HAPPENED`, :data:`PLANNED` (or feared, or on a condition) or :data:`DENIED`. Claims of two standings are
    never one event."""
    return {"happened": HAPPENED, "negated": DENIED}.get(status, PLANNED)


def is_name(key: str) -> bool:
    """True for a person or an organisation."""
    return ":" in key


def party_words(keys: Iterable[str]) -> list[str]:
    """The words of participants of which no more is known than the words, and the last name of persons, which is how
    a report may call them."""
    out = [word for key in keys if key.startswith("~") for word in key[1:].split()]
    return [*map(sound, out), *(sound(key.rsplit("-", 1)[-1]) for key in keys if key.startswith("person:"))]
