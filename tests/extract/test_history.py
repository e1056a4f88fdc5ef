"""Older events told as background; the word asked for stands in square brackets."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Annotator
from whodid.extract.history import historical

pytestmark = pytest.mark.model

_MARK = re.compile(r"\[(\w+)\]")
PUBLISHED = "2014-11-20"

OLD = [
    "Rebels [seized] the port in 2003.",
    "The general [took] power in a coup in May 1999.",
    "The 2009 [coup] divided the country.",
    "The army [bombed] the village six years ago.",
    "The [war] broke out in the 1980s.",
    "He was [jailed] two decades ago.",
    "The two sides [signed] a truce in March.",
    "The [treaty] signed in 1952 is still in force.",
    "The two countries fought a 19th century [war].",
    "Veterans of World [War] II gathered in the square.",
    "Thousands marked the anniversary of the [massacre].",
    "The president commemorated the [uprising].",
    "The islands were [occupied] last year.",
    "The two parties formerly [fought] each other.",
    "He was ousted by a popular [revolt] in 1990.",
    "In 1995, troops [stormed] the parliament.",
    "Police [detained] him four months ago.",
    "The 1973 war in which the army [lost] the canal is still discussed.",
]

RECENT = [
    "Rebels [seized] the port on Tuesday.",
    "The court [upheld] the sentence given to the rebel leader in 2003.",
    "The president [condemned] the 2009 coup.",
    "The minister [met] a general who seized power in 1999.",
    "The delegations will [meet] in March.",
    "The party hopes to [win] the vote in March.",
    "The army [bombed] the village three days ago.",
    "The two sides [signed] a truce in November.",
    "Police [arrested] 2003 people.",
    "Troops [entered] the town a month ago.",
    "The crowd [marched] to the palace.",
    "The two sides [signed] a truce in 2014.",
]


@pytest.mark.parametrize("sentence", OLD)
def test_an_older_event_is_history(annotated: Annotator, sentence: str) -> None:
    assert _ask(annotated, sentence, PUBLISHED)


@pytest.mark.parametrize("sentence", RECENT)
def test_a_recent_event_is_not(annotated: Annotator, sentence: str) -> None:
    assert not _ask(annotated, sentence, PUBLISHED)


def test_a_year_is_old_only_against_the_publication_date(annotated: Annotator) -> None:
    sentence = "Rebels [seized] the port in 2003."
    assert not _ask(annotated, sentence, "2003-06-01")
    assert not _ask(annotated, sentence, None)
    assert _ask(annotated, sentence, "2004-06-01")


def test_december_of_last_year_is_recent_in_january(annotated: Annotator) -> None:
    assert not _ask(annotated, "The two sides [signed] a truce in December 2013.", "2014-01-10")
    assert not _ask(annotated, "The two sides [signed] a truce in December.", "2014-01-10")
    assert _ask(annotated, "The two sides [signed] a truce in September.", "2014-01-10")


def _ask(annotated: Annotator, sentence: str, published: str | None) -> bool:
    found = _MARK.search(sentence)
    assert found is not None, sentence
    a = annotated(_MARK.sub(r"\1", sentence), published)
    return historical(a, a.token_range(a.report.quote(found.start(), found.start() + len(found[1])))[0])
