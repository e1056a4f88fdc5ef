"""Short names, descriptions and pronouns: linked where that is safe, left alone where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.records import Annotated

pytestmark = pytest.mark.model

Annotator = Callable[..., Annotated]


def linked(a: Annotated) -> list[tuple[str, str, str]]:
    return [
        (a.quote(x.first, x.last).text, a.quote(x.to_first, x.to_last).text, x.kind)
        for x in sorted(a.links, key=lambda x: x.first)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Omar al-Farouk led the march. Farouk called for peace.",
            ("Farouk", "Omar al-Farouk", "name"),
        ),
        (
            "The Northern Workers Union (NWU) met. On Monday the NWU called a strike.",
            ("NWU", "Northern Workers Union", "name"),
        ),
        (
            "Omar Farouk, an influential cleric from Basra, led the march. The cleric called for peace.",
            ("The cleric", "Omar Farouk", "description"),
        ),
        (
            "Foreign Minister Carla Ruiz met the envoys. The minister signed the treaty.",
            ("The minister", "Carla Ruiz", "description"),
        ),
        (
            "A senior army officer spoke to reporters. The officer gave no name.",
            ("The officer", "A senior army officer", "description"),
        ),
        (
            "Minister Carla Ruiz met the envoys. She signed the treaty.",
            ("She", "Carla Ruiz", "pronoun"),
        ),
        (
            "Mr. Tom Keller praised Ms. Jane Bauer. She thanked the minister.",
            ("She", "Jane Bauer", "pronoun"),
        ),
        (
            "As he left the palace, President Omar Farouk waved to the crowd.",
            ("he", "Omar Farouk", "pronoun"),
        ),
        (
            "“I will not resign,” Carla Ruiz said. “They need me.”",
            ("me", "Carla Ruiz", "pronoun"),
        ),
        (
            "The mayor said: “We will rebuild the bridge.”",
            ("We", "The mayor", "pronoun"),
        ),
        (
            "France said it could leave the alliance.",
            ("it", "France", "pronoun"),
        ),
        (
            "Chad stepped up its rhetoric against Mali, accusing it of fraud.",
            ("it", "Mali", "pronoun"),
        ),
        (
            "The United States blamed the Northern Brigade, which denied that it had fired the rockets.",
            ("it", "Northern Brigade", "pronoun"),
        ),
    ],
)
def test_linked(annotated: Annotator, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in linked(annotated(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Bill Morton and Anna Morton met. Morton left early.", "Morton left"),
        ("Tom Keller accused him of lying.", "him"),
        ("It is clear that the talks failed in Geneva.", "It"),
        ("France waited while it rained in Geneva.", "it rained"),
        ("The cleric called for peace.", "The cleric"),
        ("Two ministers, Carla Ruiz and Tom Keller, met. The minister left.", "The minister"),
        ("“He lied,” Tom Keller said.", "He"),
        ("Chad quarrelled with Kenya and with Uganda, accusing it of fraud.", "it of"),
        ("“I will not resign.” Nobody clapped.", "I"),
    ],
)
def test_not_linked(annotated: Annotator, text: str, word: str) -> None:
    a = annotated(text)
    start = text.index(word)
    assert [x for x in a.links if a.tokens[x.first].start == start] == []


def test_no_words_are_linked_twice_nor_to_themselves(annotated: Annotator) -> None:
    text = (
        "Prime Minister Carla Ruiz of the Liberal Party (LP) met Omar Farouk, a cleric. Ruiz thanked him. The cleric "
        "said he would support her. The LP welcomed its leader. The prime minister left. She had seen Farouk before."
    )
    found = annotated(text).links
    words = [(x.first, x.last) for x in found]
    assert found and len(words) == len(set(words))
    assert all((x.first, x.last) != (x.to_first, x.to_last) for x in found)
