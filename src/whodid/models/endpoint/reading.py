"""The reading of one report: events as the model names them become events whose words have their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from whodid.models.endpoint.answer import Named, clipped
from whodid.models.endpoint.client import Spent
from whodid.models.endpoint.locate import Place, Stretch, gap, head
from whodid.models.endpoint.parts import Part
from whodid.ontology import Coding
from whodid.records import Annotated, Quote, Rejection, Role, RoleKind


class NotThere(Exception):
    """Words that the model gave do not stand in the text; the message says which."""


@dataclass
class Found:
    """An event with the places of its words. ``head``: token of the trigger; roles in the order of the answer."""

    named: Named
    coding: Coding
    trigger: Quote
    head: int
    roles: list[Role] = field(default_factory=list)


class Reading:
    """Gathers what was found in a report and what was rejected of it."""

    def __init__(self, annotated: Annotated) -> None:
        self.a = annotated
        self.rejections: list[Rejection] = []
        self._found: dict[tuple[int, str], Found] = {}

    @property
    def found(self) -> list[Found]:
        """What was found, in the order of the text."""
        return sorted(self._found.values(), key=lambda f: (f.trigger.start, f.head))

    def reject(self, code: str, message: str) -> None:
        """Note an event, or a part of the text, that cannot be kept."""
        self.rejections.append(self._rejection(code, message))

    def rejected(self, code: str, message: str, spent: Spent) -> Rejection:
        """The whole report as a rejection."""
        return self._rejection(code, message).model_copy(update={"usage": spent.usage})

    def _rejection(self, code: str, message: str) -> Rejection:
        report = self.a.report
        return Rejection(source=report.url or report.id, code=code, message=message, report_id=report.id)

    def locate(self, one: Named, coding: Coding, part: Part, stretch: Stretch) -> None:
        """Find the words of an event in its part of the text and keep it. Raises NotThere.

        Of several places the trigger takes the one nearest to the sentence that the model gives and, of these, one
        that no event of the same code has yet; each role then takes the one nearest to the trigger's sentence and,
        within it, to the trigger. An event of the same code at the same place adds its roles to the one that is there.
        """
        anchor = next(((s.start, s.end) for s in part.sentences if s.i + 1 == one.sentence), None)
        places = self._within_sentences(stretch.find(one.trigger))
        if not places:
            raise NotThere(f"the trigger “{clipped(one.trigger)}” does not stand in the text")
        taken = {(f.trigger.start, f.trigger.end) for f in self._found.values() if f.named.event == one.event}
        trigger = min(places, key=lambda p: (gap(p, anchor) if anchor else 0, p in taken, p))
        top = head(self.a, trigger)
        kinds: dict[RoleKind, list[str]] = {"actor": one.actors, "recipient": one.recipients}
        roles = [
            self._role(kind, words, trigger, top, stretch)
            for kind, given in kinds.items()
            for words in given
            if words.strip()
        ]
        kept = self._found.setdefault((top, one.event), Found(one, coding, self.a.report.quote(*trigger), top))
        known = {(r.kind, r.quote.start, r.quote.end) for r in kept.roles}
        for role in roles:
            if (place := (role.kind, role.quote.start, role.quote.end)) not in known:
                known.add(place)
                kept.roles.append(role)

    def _within_sentences(self, places: list[Place]) -> list[Place]:
        """The places that do not run over the end of a sentence."""
        ranges = [(p, self.a.token_range(self.a.report.quote(*p))) for p in places]
        return [p for p, (i, j) in ranges if self.a.tokens[i].sentence == self.a.tokens[j - 1].sentence]

    def _role(self, kind: RoleKind, words: str, trigger: Place, top: int, stretch: Stretch) -> Role:
        sentence = self.a.sentence_of(top)
        around = (sentence.start, sentence.end)
        places = self._within_sentences(stretch.find(words))
        if not places:
            raise NotThere(f"the {kind} “{clipped(words)}” does not stand in the text")
        place = min(places, key=lambda p: (gap(p, around), gap(p, trigger), p))
        many = f"; the nearest of {len(places)} places" if len(places) > 1 else ""
        quote = self.a.report.quote(*place)
        return Role(kind=kind, quote=quote, head=head(self.a, place), why=f"as the model says{many}")
