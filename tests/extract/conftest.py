"""The rule coder on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Annotator
from whodid.extract import RuleCoder
from whodid.ontology import load_ontology
from whodid.records import Mention

Coded = Callable[..., tuple[Mention, ...]]


@pytest.fixture(scope="session")
def rules() -> RuleCoder:
    """The rule coder with PLOVER."""
    return RuleCoder(load_ontology())


@pytest.fixture(scope="session")
def code(annotated: Annotator, rules: RuleCoder) -> Coded:
    """``code(text)``: the mentions of a text."""

    def run(text: str, published: str | None = None) -> tuple[Mention, ...]:
        return rules.code(annotated(text, published))

    return run


def who(mention: Mention, kind: str) -> list[str]:
    """The words of the actors or recipients of a mention."""
    return [r.quote.text for r in mention.roles if r.kind == kind]
