"""What can go wrong, as one tree.

    WhodidError                 everything Whodid raises on purpose
    ├── UsageError              the caller asked for something that does not exist: a path, a date, a format, a claim
    │   └── SettingError        a setting has a value that is not allowed
    ├── ReadError               one input cannot be read; ``ingest`` turns it into a Rejection, so a run goes on
    ├── ModelError              a model is missing or does not load
    └── OntologyError           an ontology file contradicts itself

An error names the thing, its value, what is allowed and what to do next. What is wrong with *one* input never
stops a run: it becomes a :class:`whodid.records.Rejection` whose ``code`` is one of :data:`REJECTION_CODES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class WhodidError(Exception):
    """Base of every error that Whodid raises on purpose."""


class UsageError(WhodidError):
    """The caller asked for something that does not exist or is not allowed."""


class SettingError(UsageError):
    """A setting has a value that is not allowed."""


class ReadError(WhodidError):
    """One input cannot be read.

    ``code`` is one of :data:`REJECTION_CODES`; ``message`` says what is wrong and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        if code not in REJECTION_CODES:
            raise ValueError(f"unknown rejection code {code!r}; known: {', '.join(sorted(REJECTION_CODES))}")
        super().__init__(message)
        self.code = code
        self.message = message


class ModelError(WhodidError):
    """A model is missing or does not load."""


class OntologyError(WhodidError):
    """An ontology file contradicts itself."""


REJECTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "the file or address cannot be opened",
        "empty": "there is no text in it",
        "binary": "it is not text",
        "encoding": "the bytes fit no encoding that was tried",
        "too-long": "the text is longer than the setting max_chars allows",
        "no-main-text": "a page in which no main text was found",
        "not-json": "a line of a .jsonl file that is not a JSON object",
        "no-text": "a JSON line without a usable `text`",
        "bad-field": "a JSON line with a field of the wrong kind, such as a date that is no date",
        "language": "the text is not in a language that the parser reads",
        "duplicate": "the same text with the same publisher and date came earlier in this call",
        "no-events": "the report was read, and no event was found in it",
        "failed": "an unexpected error while this report was coded; the message has it",
        "endpoint-failed": "the endpoint gave no answer for this report, or refused the request, after all retries",
        "endpoint-refused": "the model, or a filter before it, refused to read this report or a part of it",
        "endpoint-answer": "an answer of the endpoint, or one event in it, that does not follow the schema",
        "span-not-found": "an event that the endpoint named in words that do not stand in the text",
    }
)
"""Every code a rejection may carry, with its meaning."""
