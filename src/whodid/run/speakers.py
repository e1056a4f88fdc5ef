"""Finding a speaker by name, and leaving out claims that were not asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from whodid.records import Actor, Claim, Speaker


def is_named(who: Actor | Speaker | None, wanted: str) -> bool:
    """True if ``wanted`` is the id, or stands as whole words in the name or, where no name is known, in the report's
    words; case does not count."""
    if who is None:
        return False
    asked = _words(wanted)
    if not asked:
        return False
    if who.id is not None and who.id.casefold() == wanted.strip().casefold():
        return True
    known = _words(who.name or who.text)
    return any(known[n : n + len(asked)] == asked for n in range(len(known) - len(asked) + 1))


def _words(text: str) -> list[str]:
    return [word.strip(".,;:()'’\"“”").casefold().removesuffix("'s").removesuffix("’s") for word in text.split()]


@dataclass
class Choice:
    """Which claims are wanted: of these voices, of one of these speakers, with one of these statuses; an empty set asks
    for nothing. ``left_out`` counts the claims that :meth:`of` did not hand on."""

    voices: frozenset[str] = frozenset()
    speakers: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    left_out: int = field(default=0, init=False)

    @property
    def everything(self) -> bool:
        """True if no claim is left out."""
        return not (self.voices or self.speakers or self.statuses)

    @property
    def named(self) -> str:
        """The options that ask for something, as a person writes them."""
        given = {"--voice": self.voices, "--speaker": self.speakers, "--status": self.statuses}
        return " ".join(option for option, values in given.items() if values)

    def wants(self, claim: Claim) -> bool:
        """True if the claim fits each of the sets."""
        return (
            (not self.voices or claim.said_by.voice in self.voices)
            and (not self.statuses or claim.status in self.statuses)
            and (not self.speakers or any(is_named(claim.said_by.speaker, name) for name in self.speakers))
        )

    def of(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The wanted ones of ``claims``; the others are counted."""
        for claim in claims:
            if self.wants(claim):
                yield claim
            else:
                self.left_out += 1
