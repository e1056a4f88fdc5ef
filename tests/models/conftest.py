"""The fake endpoint as a process, and annotations that need no parser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import report
from whodid.models.endpoint import Options
from whodid.records import Annotated, Sentence, Token


class FakeEndpoint:
    """A server that runs beside the tests. Each test starts with one that does nothing wrong."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self.url = f"{self._root}/v1"

    def faults(self, *faults: dict[str, Any]) -> None:
        """Do these from now on; the first that fits a request counts."""
        data = json.dumps(faults).encode()
        urllib.request.urlopen(f"{self._root}/faults", data=data, timeout=10).close()

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What it was asked since the last faults, in order: body, path and key."""
        with urllib.request.urlopen(f"{self._root}/requests", timeout=10) as answer:
            return list(json.load(answer))

    @property
    def asked(self) -> list[str]:
        """The user messages."""
        return [r["body"]["messages"][1]["content"] for r in self.requests]

    def options(self, **given: Any) -> Options:
        """Options with limits that suit a test."""
        return Options(**{"url": self.url, "model": "fake-1", "timeout": 5.0, "patience": 10.0, **given})


@pytest.fixture(scope="session")
def endpoint_process() -> Iterator[int]:
    """The port of the one server of the session."""
    command = [sys.executable, str(Path(__file__).with_name("fake_endpoint.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


@pytest.fixture
def endpoint(endpoint_process: int, monkeypatch: pytest.MonkeyPatch) -> FakeEndpoint:
    """A server without faults."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeEndpoint(endpoint_process)
    fake.faults()
    return fake


_SENTENCE = re.compile(r"[^.!?]+[.!?]\S*\s*")


def flat(text: str, **fields: Any) -> Annotated:
    """An annotation without a parser: in each sentence all words hang on its second one."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, found in enumerate(_SENTENCE.finditer(text)):
        first = len(tokens)
        words = list(re.finditer(r"\w+(?:['’]\w+)*|[^\w\s]", found[0]))
        root = first + min(1, len(words) - 1)
        for i, word in enumerate(words, first):
            low = word[0].lower()
            start = found.start() + word.start()
            pos = "PUNCT" if not word[0][0].isalnum() else "DET" if low == "the" else "NOUN"
            tokens.append(
                Token(
                    i=i, start=start, end=start + len(word[0]), text=word[0], norm=low, lemma=low,
                    pos=pos, tag="NN", dep="ROOT" if i == root else "dep", head=root, sentence=number, entity="",
                )
            )  # fmt: skip
        end = found.start() + len(found[0].rstrip())
        sentences.append(
            Sentence(i=number, first=first, last=len(tokens), start=found.start(), end=end, root=root, paragraph=0)
        )
    return Annotated(
        report=report(text, **fields), tokens=tuple(tokens), sentences=tuple(sentences), entities=(), phrases=(),
        quotations=(), links=(), parser="none",
    )  # fmt: skip
