"""Who acts on whom, in the constructions that news is written in. All sentences are ours."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Coded, who

pytestmark = pytest.mark.model

CASES = [
    # text, trigger's word, type, actors, recipients
    ("Police arrested three students.", "arrested", "COERCE", ["Police"], ["three students"]),
    ("Three students were arrested by police.", "arrested", "COERCE", ["police"], ["Three students"]),
    ("Three students were arrested on Monday.", "arrested", "COERCE", [], ["Three students"]),
    ("Rebels killed a mayor and a judge.", "killed", "ASSAULT", ["Rebels"], ["a mayor", "a judge"]),
    ("Kenya and Uganda condemned Rwanda.", "condemned", "ACCUSE", ["Kenya", "Uganda"], ["Rwanda"]),
    ("Soldiers who shelled Kirkuk fled.", "shelled", "ASSAULT", ["Soldiers"], ["Kirkuk"]),
    ("The militia, which attacked the camp, denied it.", "attacked", "ASSAULT", ["The militia"], ["the camp"]),
    ("Troops entered the city, killing two journalists.", "killing", "ASSAULT", ["Troops"], ["two journalists"]),
    ("Police detained farmers demanding lower taxes.", "demanding", "REQUEST", ["farmers"], []),
    ("Chad urged Libya to release the pilots.", "urged", "REQUEST", ["Chad"], ["Libya"]),
    ("Chad demanded that Libya release the pilots.", "demanded", "REQUEST", ["Chad"], ["Libya"]),
    ("Peru threatened to expel the envoys of Chile.", "threatened", "THREATEN", ["Peru"], ["the envoys"]),
    ("Norway promised to give aid to Nepal.", "promised", "AGREE", ["Norway"], ["Nepal"]),
    ("Norway gave aid to Nepal.", "gave", "AID", ["Norway"], ["Nepal"]),
    ("The minister rejected a proposal by Japan.", "rejected", "REJECT", ["The minister"], ["Japan"]),
    ("Guerrillas opened fire on a convoy.", "opened", "ASSAULT", ["Guerrillas"], ["a convoy"]),
    ("Rebels clashed with soldiers near the dam.", "clashed", "ASSAULT", ["Rebels", "soldiers"], []),
    ("The French raid on the village ended.", "raid", "ASSAULT", ["French"], ["the village"]),
    ("The assassination of the senator shook Bogota.", "assassination", "ASSAULT", [], ["the senator"]),
    ("Talks between Greece and Albania resumed.", "Talks", "CONSULT", ["Greece", "Albania"], []),
    ("Officers, including a judge, condemned the army.", "condemned", "ACCUSE", ["Officers", "a judge"], ["the army"]),
    ("Hundreds of workers protested in Quito.", "protested", "PROTEST", ["Hundreds of workers"], []),
    ("Three people died in an attack by rebels.", "died", "ASSAULT", ["rebels"], ["Three people"]),
    ("Four men were wounded in Turkish shelling on Monday.", "wounded", "ASSAULT", ["Turkish"], ["Four men"]),
    ("Two men were hurt when police opened fire.", "hurt", "ASSAULT", ["police"], ["Two men"]),
    ("Two militants were killed when they attacked a post.", "killed", "ASSAULT", [], ["Two militants"]),
    ("Ten men were arrested in raids by the army.", "arrested", "COERCE", ["the army"], ["Ten men"]),
    ("A man was killed in the south of Chad.", "killed", "ASSAULT", [], ["A man"]),
    ("Lula praised his colleague Omar Bongo.", "praised", "SUPPORT", ["Lula"], ["his colleague Omar Bongo"]),
    ("On Friday evening rebels shelled a base.", "shelled", "ASSAULT", ["rebels"], ["a base"]),
    ("On New Year’s Eve rebels attacked the barracks.", "attacked", "ASSAULT", ["rebels"], ["the barracks"]),
    ("The rebel attack on the dam ended.", "attack", "ASSAULT", ["rebel"], ["the dam"]),
    ("A convoy came under attack by herders.", "came", "ASSAULT", ["herders"], ["A convoy"]),
    ("The town came under shelling from the army.", "came", "ASSAULT", ["the army"], ["The town"]),
    ("Police officers came under fire from gunmen.", "came", "ASSAULT", ["gunmen"], ["Police officers"]),
    ("Guards subjected detainees to torture.", "subjected", "ASSAULT", ["Guards"], ["detainees"]),
    ("The envoy met with criticism from lawmakers.", "met", "ACCUSE", ["lawmakers"], ["The envoy"]),
    ("The mayor drew criticism from the opposition.", "drew", "ACCUSE", ["the opposition"], ["The mayor"]),
    ("The minister faces calls from senators.", "faces", "REQUEST", ["senators"], ["The minister"]),
    ("Rebels retreated after clashes with soldiers.", "clashes", "ASSAULT", ["Rebels", "soldiers"], []),
    ("The envoy spoke about clashes with soldiers.", "clashes", "ASSAULT", ["soldiers"], []),
    ("Rebels said they didn’t shell the town.", "said", "REJECT", ["Rebels"], []),
    ("Three soldiers died in clashes with insurgents.", "died", "ASSAULT", ["insurgents"], ["Three soldiers"]),
    ("A reporter covered the riots.", "riots", "PROTEST", [], []),
    ("Troops were deployed in the capital.", "deployed", "MOBILIZE", ["Troops"], ["the capital"]),
    ("Japan gave Samoa two boats.", "gave", "AID", ["Japan"], ["Samoa"]),
    ("The army said it had not shelled the hospital.", "said", "REJECT", ["The army"], []),
    ("Rebels said they had no role in the bombing.", "said", "REJECT", ["Rebels"], []),
    ("The army said it will not tolerate looting.", "tolerate", "REJECT", ["The army"], []),
    ("The pope described the verdict of the court as shameful.", "described", "ACCUSE", ["The pope"], ["the court"]),
    ("“It is cruel and unacceptable,” the mayor said.", "unacceptable", "ACCUSE", ["the mayor"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "type_", "actors", "recipients"), CASES)
def test_who_acts_on_whom(
    code: Coded, text: str, word: str, type_: str, actors: list[str], recipients: list[str]
) -> None:
    found = [m for m in code(text) if word in m.trigger.text]
    assert [(m.type, who(m, "actor"), who(m, "recipient")) for m in found] == [(type_, actors, recipients)]


def test_who_tells_or_is_asked_a_question_requests_nothing(code: Coded) -> None:
    for text in ("He told reporters that he would resign.", "Asked whether he would resign, the minister smiled."):
        assert "REQUEST" not in {m.type for m in code(text)}


def test_every_word_of_a_mention_stands_in_the_text(code: Coded) -> None:
    text = "Chad’s army – backed by “volunteers” – shelled Zouar, killing nine, officials in N'Djamena said."
    for m in code(text):
        for quote in (m.trigger, m.sentence, *(r.quote for r in m.roles)):
            assert text[quote.start : quote.end] == quote.text


def test_a_role_says_which_rule_found_it(code: Coded) -> None:
    (m,) = code("Chad urged Libya to release the pilots.")
    assert "actor “Chad”: subject of “urged”" in m.why
    assert "recipient “Libya”: object of “urged”" in m.why


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Uganda said on Sunday that it had expelled two diplomats.", "expelled", ["Uganda"]),
        ("Prime Minister Fayez al-Sarraj rejected the proposal.", "rejected", ["Prime Minister Fayez al-Sarraj"]),
        ("Ruto has suspended military aid to the rebels.", "suspended", ["Ruto"]),
    ],
)
def test_an_actor_is_named_by_the_fullest_words_of_its_sentence(
    code: Coded, text: str, trigger: str, actors: list[str]
) -> None:
    mention = next(m for m in code(text) if m.trigger.text == trigger)
    assert who(mention, "actor") == actors
