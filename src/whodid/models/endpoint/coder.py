"""The endpoint coder: asks for the events of each part of a report, and keeps those whose words stand in the text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from whodid.errors import ModelError
from whodid.models.endpoint.answer import BadAnswer, events, named, schema
from whodid.models.endpoint.client import Client, Failed, Spent, TooLong
from whodid.models.endpoint.codebook import codebook, request
from whodid.models.endpoint.locate import Stretch
from whodid.models.endpoint.options import Options
from whodid.models.endpoint.parts import Part, parts
from whodid.models.endpoint.reading import Found, NotThere, Reading
from whodid.ontology import Coding, Ontology
from whodid.records import Annotated, Count, Extraction, Mention, Rejection

SCORE = 0.5
"""The score of every claim: nothing is known of how often this model is right. What a model says of its own certainty
is not asked for, as it is not calibrated; and token probabilities are not offered by every server."""

CUTS = 2
"""How often a part whose answer cannot be used is halved and asked for again."""

GIVE_UP = 20
"""So many reports in a row without an answer, and the run stops: the server is gone, and what is done is kept."""

Counter = Callable[[Annotated, int, Iterable[int], str], tuple[Count, ...]]
"""Numbers of people that a predicate gives: annotation, head token, head tokens of the people, event type."""


class _Unusable(Exception):
    """A part of a report without an answer that can be used. ``again``: whether smaller parts may have one."""

    def __init__(self, code: str, message: str, *, again: bool = True) -> None:
        super().__init__(message)
        self.code = code
        self.again = again


class EndpointCoder:
    """Codes reports by a model behind an OpenAI-compatible endpoint. Safe to use from several threads.

    counts: finds the numbers of people in the words of an event; the model only gives words.
    """

    def __init__(self, ontology: Ontology, options: Options, *, counts: Counter) -> None:
        self._ontology = ontology
        self._options = options
        self._counts = counts
        self._client = Client(options)
        self._system = codebook(ontology)
        self._schema = schema(ontology)
        self._lock = threading.Lock()
        self._failed = 0

    def code(self, annotated: Annotated) -> Extraction | Rejection:
        """The events of a report, with what was rejected of them.

        A Rejection where no part of the report could be read, and where one went unanswered: another run may mend that.
        Raises ModelError where no other report would fare better.
        """
        reading, spent = Reading(annotated), Spent()
        todo = parts(annotated, self._options.chunk)[::-1]
        read = not todo
        while todo:
            part = todo.pop()
            try:
                listed = self._ask(annotated, part, spent)
            except Failed as failed:
                message = f"{part.named}: {failed}"
                self._note_failure(message)
                return reading.rejected("endpoint-failed", message, spent)
            except _Unusable as unusable:
                halves = part.halves() if unusable.again and part.cuts < CUTS else None
                if halves:
                    todo += reversed(halves)
                else:
                    reading.reject(unusable.code, f"{part.named}: {unusable}")
                continue
            read = True
            self._failed = 0
            self._take(reading, part, listed)
        if not read:
            first = reading.rejections[0]
            return reading.rejected(first.code, first.message, spent)
        mentions = tuple(self._mention(annotated, found) for found in reading.found)
        return Extraction(
            annotated=annotated, mentions=mentions, rejections=tuple(reading.rejections), usage=spent.usage
        )

    def _note_failure(self, message: str) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= GIVE_UP:
                raise ModelError(
                    f"the endpoint {self._options.shown} failed {GIVE_UP} reports in a row, the last with: {message}"
                )

    def _ask(self, a: Annotated, part: Part, spent: Spent) -> list[object]:
        """The events of one answer. Raises Failed, _Unusable, ModelError."""
        try:
            reply = self._client.ask(self._system, request(a, part), self._schema, spent)
        except TooLong as error:
            raise _Unusable("endpoint-failed", str(error)) from error
        if reply.refusal is not None:
            raise _Unusable("endpoint-refused", reply.refusal, again=False)
        if not reply.whole:
            most = self._options.max_tokens
            raise _Unusable("endpoint-answer", f"the answer was cut off at {most} tokens (WHODID_ENDPOINT_MAX_TOKENS)")
        try:
            return events(reply.text)
        except BadAnswer as error:
            raise _Unusable("endpoint-answer", str(error)) from error

    def _take(self, reading: Reading, part: Part, listed: list[object]) -> None:
        """Keep the events of one answer that follow the schema and whose words are there; reject the others."""
        stretch = Stretch(reading.a.report.text, part.start, part.end)
        for number, event in enumerate(listed, 1):
            try:
                one, coding = named(event, self._ontology)
                reading.locate(one, coding, part, stretch)
            except BadAnswer as error:
                reading.reject("endpoint-answer", f"{part.named}, event {number}: {error}")
            except NotThere as error:
                reading.reject("span-not-found", f"{part.named}, event {number} ({one.event}): {error}")

    def _mention(self, a: Annotated, found: Found) -> Mention:
        coding, status, model = found.coding, found.named.status, self._options.model
        why = [f"{model} names “{found.trigger.text}” → {found.named.event}; its words were found in the text"]
        rule = None if status == "happened" else self._ontology.recode_rule(coding.type, status)
        if rule is not None:
            coding = Coding(type=rule.to, mode=rule.mode)
            why.append(f"{status} {found.coding.type} → {rule.to}")
        if status != "happened":
            why.append(f"status {status}: as {model} says")
        why += [f"{r.kind} “{r.quote.text}”: {r.why}" for r in found.roles]
        counted = "actor" if coding.type == "PROTEST" else "recipient"
        sentence = a.sentence_of(found.head)
        return Mention(
            head=found.head,
            trigger=found.trigger,
            sentence=a.report.quote(sentence.start, sentence.end),
            type=coding.type,
            mode=coding.mode,
            contexts=tuple(dict.fromkeys(found.named.contexts)),
            roles=tuple(found.roles),
            counts=self._counts(a, found.head, [r.head for r in found.roles if r.kind == counted], coding.type),
            status=status,
            historical=found.named.historical,
            score=SCORE,
            why=(*why, f"score {SCORE:g}: not known, as the endpoint's answers are not calibrated"),
        )
