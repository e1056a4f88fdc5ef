"""Families of words that report each type, and the same words where they tell of no political event."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Coded

pytestmark = pytest.mark.model

TOLD = {
    "PROTEST": (
        "Nurses in Leeds stopped work over unpaid overtime.",
        "Dozens of students staged a sit-in outside the ministry in Quito.",
        "Residents of Lagos poured into the streets against the fuel tax.",
        "Lorry drivers blocked the main road to the port of Calais.",
        "Inmates in Lima refused food for a third day.",
    ),
    "ASSAULT": (
        "Insurgents ambushed an army convoy near Mopti.",
        "The army and the rebels exchanged fire near the border.",
        "Guerrillas violated the truce near the river.",
        "Police used water cannon against demonstrators in Tunis.",
        "The militia held fifty villagers as human shields.",
    ),
    "COERCE": (
        "A court in Minsk issued an arrest warrant for the opposition leader.",
        "The junta imposed a curfew on the capital.",
        "Customs officers confiscated the passports of two activists.",
        "Hackers breached the servers of the Latvian parliament.",
        "The president declared a state of siege in the province.",
    ),
    "SANCTION": (
        "Peru recalled its ambassador from Mexico.",
        "Sweden announced a suspension of aid to Uganda.",
        "A jury in Texas found the former mayor guilty of bribery.",
        "Mali expelled the head of the UN mission.",
    ),
    "MOBILIZE": (
        "Jordan put its troops on high alert.",
        "India test-fired a missile on Sunday.",
        "Serbia massed soldiers along the border.",
    ),
    "CONSULT": (
        "The French president called his Turkish counterpart to discuss the war.",
        "Envoys of both sides sat down with mediators in Geneva.",
        "The prime minister of Nepal had lunch with the king of Bhutan.",
    ),
    "SUPPORT": (
        "Fiji expressed its gratitude to Japan for the new hospital.",
        "Ghana and Togo reached an agreement on fishing rights.",
        "Costa Rica recognized the independence of Kosovo.",
    ),
    "COOPERATE": ("Spain extradited a banker to Brazil.", "Chad shared intelligence with Niger."),
    "AID": (
        "Swiss engineers handed over two tons of medicine to the hospital in Gonaives.",
        "Kenya opened its borders to refugees from Somalia.",
        "Nepal sent peacekeepers to South Sudan.",
        "Qatar granted asylum to the general.",
    ),
    "RETREAT": (
        "The rebels freed six hostages.",
        "The insurgents laid down their weapons.",
        "Denmark lifted its travel ban on Iranian officials.",
        "The defense minister of Malta resigned on Friday.",
    ),
    "CONCEDE": (
        "The government gave in to the demands of the strikers.",
        "The governor pardoned two journalists.",
        "The ministry accepted the demands of the farmers.",
    ),
    "REQUEST": (
        "Malawi appealed to donors for food aid.",
        "The opposition called for early elections.",
        "Ireland urged Israel to lift the blockade.",
        "The bishops said the government must protect the miners.",
    ),
    "ACCUSE": (
        "The senator lashed out at the governor.",
        "Prosecutors charged the minister with fraud.",
        "Chile lodged a protest with Bolivia.",
        "Lawmakers expressed outrage over the arrest.",
        "Police in Oslo opened an inquiry into the banker.",
    ),
    "REJECT": (
        "Hungary vetoed the resolution.",
        "The rebels refused to meet the mediators.",
        "The parliament turned down the offer.",
    ),
    "THREATEN": (
        "The militia gave the mayor a deadline to leave the town.",
        "Hezbollah threatened to retaliate against Israel.",
        "The union threatened a strike.",
    ),
    "AGREE": (
        "Norway pledged to send medicine to Gaza.",
        "The two presidents agreed to meet in Vienna.",
        "Laos is ready to resume talks with Thailand.",
    ),
}
UNTOLD = (
    "The earthquake killed nine people in the village.",
    "Three workers were injured when a boiler exploded at the paper mill.",
    "Shares hit a record high as investors welcomed the earnings.",
    "The striker shot wide and the goalkeeper saved the penalty.",
    "She died after a long battle with cancer.",
    "The airline released its figures for the quarter.",
    "Let me know when the parcel arrives.",
    "The spokesman declined to comment.",
    "The storm destroyed forty houses on the island.",
    "His new film attacks the senses.",
    "The company met demand with a second factory.",
    "The patient suffered a heart attack.",
)


@pytest.mark.parametrize(("type_", "text"), [(k, text) for k, texts in TOLD.items() for text in texts])
def test_the_family_tells_of_its_type(code: Coded, type_: str, text: str) -> None:
    assert type_ in {m.type for m in code(text)}


@pytest.mark.parametrize("text", UNTOLD)
def test_the_same_words_elsewhere_tell_of_nothing(code: Coded, text: str) -> None:
    assert [(m.type, m.trigger.text) for m in code(text)] == []
