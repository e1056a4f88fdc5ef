"""Plain text: one report a file, kept exactly as it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from whodid.ingest.decode import decode, refuse_binary
from whodid.ingest.readers import Draft, Source
from whodid.records import Rejection


class TextReader:
    """Reads a source as one text. Title, publisher and date stay unknown: nothing in the words is taken for them."""

    name = "text"
    suffixes = (".txt", ".text", ".asc")

    def recognises(self, head: bytes) -> bool:
        """True for bytes without a NUL: whatever is no other kind is text."""
        return b"\0" not in head

    def read(self, source: Source) -> Iterator[Draft | Rejection]:
        """One draft. The reader's name carries the encoding where it had to be guessed: ``text (cp1252)``."""
        refuse_binary(source.head)
        data = source.read_text_bytes()
        decoded = decode(data)
        yield Draft(
            text=decoded.text,
            source=source.name,
            sha256=hashlib.sha256(data).hexdigest(),
            reader=f"{self.name} ({decoded.encoding})" if decoded.guessed else self.name,
            url=source.url,
        )
