"""The status of predicates, by grammatical construction; the word asked for stands in square brackets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Annotator
from whodid.extract.status import status
from whodid.records import Annotated

pytestmark = pytest.mark.model

_MARK = re.compile(r"\[(\w+)\]")


def marked(annotated: Annotator, sentence: str) -> tuple[Annotated, int]:
    """The annotation of a sentence and the token in square brackets."""
    found = _MARK.search(sentence)
    assert found is not None, sentence
    a = annotated(_MARK.sub(r"\1", sentence))
    return a, a.token_range(a.report.quote(found.start(), found.start() + len(found[1])))[0]


CASES: dict[str, dict[str, list[str]]] = {
    "plain statements": {
        "happened": [
            "Rebels [attacked] the convoy near the border.",
            "The minister has [resigned].",
            "Two villages were [shelled] overnight.",
            "The [attack] on the convoy lasted an hour.",
            "Police [fire] tear gas at students in Lima",
        ],
    },
    "future auxiliaries": {
        "future": [
            "The two presidents will [meet] in Oslo on Friday.",
            "He'll [sign] the treaty tomorrow.",
            "The army is going to [withdraw] from the valley.",
            "The envoy said the government would [release] the prisoners.",
            "The delegations are to [hold] talks next week.",
            "Foreign ministers to [visit] Tunis",
            "The talks will [begin] on Sunday.",
            "Peace [talks] will begin on Sunday.",
        ],
    },
    "modals": {
        "hypothetical": [
            "The rebels may [attack] the capital.",
            "The strike might [lead] to a wider war.",
            "Turkey could [send] troops.",
            "The council should [impose] an embargo.",
            "Both sides must [stop] the fighting.",
            "The army would have [crushed] the revolt.",
            "They have to [leave] the town.",
        ],
        "negated": ["The police could not [arrest] him.", "She cannot [travel] to the summit."],
        "happened": ["The garrison had to [surrender]."],
    },
    "negation": {
        "negated": [
            "The soldiers did not [open] fire.",
            "The government never [signed] the accord.",
            "The two leaders will not [meet].",
            "No [talks] were held.",
            "No talks were [held].",
            "Nobody was [arrested].",
            "None of the hostages was [freed].",
            "Neither side [attacked].",
            "The party no longer [supports] the coalition.",
            "The crowd dispersed without [clashing] with police.",
            "The general withdrew instead of [attacking].",
            "Neither the rebels nor the army [attacked].",
            "The two sides have not been in [contact] since May.",
            "The council has yet to [decide].",
            "The rebels were too weak to [attack].",
            "The monitors were not able to [visit] the prison.",
        ],
        "happened": [
            "The army not only [bombed] the town but occupied it.",
            "He did not say how many died, but [blamed] the rebels.",
            "The union did not strike, and the company [fired] its leader.",
            "The officer did not know that troops had [entered] the town.",
        ],
    },
    "verbs that deny, fail and prevent": {
        "negated": [
            "The ministry denied that its troops had [crossed] the river.",
            "The ministry denied [shelling] the hospital.",
            "The mediators failed to [reach] a compromise.",
            "The rebels refused to [disarm].",
            "Police prevented the students from [marching].",
            "Security forces foiled an [attack] on the airport.",
            "The city banned the [march].",
            "The organisers called off the [rally].",
            "The failure to [agree] on a budget angered donors.",
        ],
        "happened": [
            "The gunmen did not fail to [hit] their target.",
            "The army stopped [shelling] the town.",
            "The court rejected his [appeal].",
            "The president condemned the [attack].",
        ],
        "hypothetical": ["The patrols want to prevent [attacks] on the road."],
    },
    "intentions, promises, demands": {
        "future": [
            "The union plans to [strike].",
            "The president promised to [release] the detainees.",
            "The rebels threatened to [kill] the hostages.",
            "The council demanded that the army [withdraw].",
            "The bishops called for an [investigation].",
            "Opposition parties called for a [boycott].",
            "The United Nations urged both sides to [negotiate].",
            "Parliament voted to [expel] the envoy.",
            "The plan to [invade] was leaked.",
            "The general is ready to [negotiate].",
            "A planned [visit] drew criticism.",
            "The [rally] was scheduled for Sunday.",
        ],
        "happened": [
            "The rebels [threatened] to kill the hostages.",
            "The council [demanded] that the army withdraw.",
            "Thousands [called] for the release of the editor.",
            "The mayor managed to [calm] the crowd.",
            "The soldiers forced the villagers to [flee].",
            "Police used batons to [disperse] the crowd.",
            "The premier announced in a radio [address] that he would resign.",
        ],
        "negated": ["The government has no plans to [extradite] him.", "They did not agree to [withdraw]."],
    },
    "purpose": {"future": ["Troops were sent to [protect] the mines.", "He flew to Cairo to [mediate]."]},
    "conditions": {
        "hypothetical": [
            "If the rebels [attack], the army will respond.",
            "Unless the government [resigns], the strike goes on.",
            "The union asked whether the police had [fired] first.",
            "Should the truce [collapse], thousands will flee.",
            "If the [talks] were to take place, France would send an envoy.",
            "The army would [retaliate] if it were attacked.",
        ],
        "happened": ["Once the siege [ended], aid workers entered the city."],
    },
    "fear, doubt, possibility": {
        "hypothetical": [
            "Diplomats fear that the truce will [collapse].",
            "Residents fear an [attack].",
            "There is a risk of [war].",
            "Investors discussed the possibility of a [coup].",
            "The rebels will possibly [attack].",
            "Officials suspect that he [fled].",
            "It is possible that the rebels [fled].",
            "A [ceasefire] is unlikely.",
            "The cabinet is considering a [boycott].",
            "An [attack] could be a mistake.",
        ],
        "happened": [
            "The officials said that rebels [burned] the village.",
            "The officials confirmed that he [fled].",
            "Fears grew after rebels [burned] the village.",
        ],
    },
    "questions and commands": {
        "hypothetical": ["Did the army [shell] the hospital?"],
        "happened": ["Why did the army [shell] the hospital?"],
        "future": ["[Release] the prisoners!"],
    },
    "clauses that stand for themselves": {
        "happened": [
            "The army may punish the soldiers who [looted] the town.",
            "He will resign because voters [rejected] his plan.",
            "The president will visit the town that rebels [burned].",
            "She may testify about the raid [carried] out by the police.",
            "Ministers will meet after the army [seized] the port.",
        ],
    },
    "nouns that look at what is to come": {
        "future": ["The [march] was needed to show unity.", "Activists demanded a [march] on the palace."],
    },
}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(sentence, expected, id=f"{construction}: {sentence}")
        for construction, by_status in CASES.items()
        for expected, sentences in by_status.items()
        for sentence in sentences
    ],
)
def test_status_of_the_marked_word(annotated: Annotator, sentence: str, expected: str) -> None:
    a, i = marked(annotated, sentence)
    assert status(a, i)[0] == expected


def _documented() -> list[tuple[str, str]]:
    """The examples of the table of ``docs/status.md`` and their status."""
    page = Path(__file__).parents[2].joinpath("docs", "status.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]*) \|$", page, re.MULTILINE)
    return [(re.sub(r"\*(\w+)\*", r"[\1]", s) + ".", row[0]) for row in rows for s in row[1].rstrip(".").split(". ")]


@pytest.mark.parametrize(("sentence", "expected"), _documented())
def test_the_documentation_tells_the_truth(annotated: Annotator, sentence: str, expected: str) -> None:
    a, i = marked(annotated, sentence)
    assert status(a, i)[0] == expected


def test_the_documentation_has_examples_of_each_status() -> None:
    assert {expected for _, expected in _documented()} == {"happened", "future", "hypothetical", "negated"}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The soldiers did not [open] fire.", "not"),
        ("The rebels may [attack] the capital.", "may"),
        ("The mediators failed to [reach] a compromise.", "failed"),
        ("Diplomats fear that the truce will [collapse].", "fear"),
        ("The bishops called for an [investigation].", "called"),
        ("The general withdrew instead of [attacking].", "instead"),
        ("It is possible that the rebels [fled].", "possible"),
    ],
)
def test_the_reason_names_the_deciding_word(annotated: Annotator, sentence: str, words: str) -> None:
    a, i = marked(annotated, sentence)
    why = status(a, i)[1]
    assert why is not None
    assert f"“{words}”" in why


def test_a_fact_needs_no_reason(annotated: Annotator) -> None:
    a, i = marked(annotated, "Rebels [attacked] the convoy near the border.")
    assert status(a, i) == ("happened", None)


def test_every_word_has_a_status(annotated: Annotator) -> None:
    a = annotated("“No,” he said. Never! If and when? To be, or not to be, unless… The. Of without whether.")
    assert {status(a, t.i)[0] for t in a.tokens} <= {"happened", "future", "hypothetical", "negated"}
