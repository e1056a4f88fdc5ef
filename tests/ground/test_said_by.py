"""Who says so: attributions, and the voice and speaker of a trigger, on real parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whodid.ground.said_by import attributions, outermost, said_by
from whodid.records import Actor, Annotated, SaidBy

pytestmark = pytest.mark.model

Annotator = Callable[..., Annotated]

ATTRIBUTED = [
    ("The harbour was shelled at dawn, officials said.", "officials", "said", "The harbour was shelled at dawn"),
    ("Officials said the harbour was shelled.", "Officials", "said", "the harbour was shelled"),
    ("The rebels, two diplomats said, had left.", "two diplomats", "said", "The rebels|had left"),
    ("According to the ministry, rebels left.", "the ministry", "According to", "rebels left"),
    ("Rebels left, according to the ministry.", "the ministry", "according to", "Rebels left"),
    ("In the view of the diplomats, the truce failed.", "the diplomats", "In|view", "the truce failed"),
    ("“We will go,” the mayor said.", "the mayor", "said", "“We will go,”"),
    ("''We will go,'' said Ann Lee.", "Ann Lee", "said", "''We will go,''"),
    ("The mayor said: “We will go.”", "The mayor", "said", "“We will go.”"),
    ("“The army,” she said, “will go.”", "she", "said", "“The army,”|“will go.”"),
    ("Mayor: “The strike is over.”", "Mayor", ":", "“The strike is over.”"),
    ("The opposition accused the police of beating boys.", "The opposition", "accused", "the police of beating boys"),
    ("The ministry denied that soldiers left.", "The ministry", "denied", "that soldiers left"),
    ("It was reported that soldiers left.", "", "was reported", "that soldiers left"),
    ("The general was quoted as saying that they left.", "The general", "saying", "that they left"),
    ("The claim that they left was made by the party.", "the party", "claim", "that they left"),
    ("The envoy is sure that they left.", "The envoy", "is sure", "that they left"),
    ("The party issued a statement saying they left.", "The party", "issued|statement saying", "they left"),
    ("Soldiers allegedly burned the village.", "", "allegedly", "Soldiers|burned the village"),
    ("The mayor called the raid “a disaster”.", "The mayor", "called", "the raid “a disaster”"),
    ("The union urged the government to free them.", "The union", "urged", "the government to free them"),
    ("The envoy refused to leave.", "The envoy", "refused", "to leave"),
    ("The union said in a report that the rebels left.", "The union", "said in a report", "that the rebels left"),
    ("The report shows that the rebels left.", "The report", "shows", "that the rebels left"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), ATTRIBUTED)
def test_source_cue_and_content(annotated: Annotator, text: str, source: str, cue: str, content: str) -> None:
    found = [
        tuple("|".join(q.text for q in part) for part in (x.source, x.cue, x.content))
        for x in attributions(annotated(text))
    ]
    assert (source, cue, content) in found


@pytest.mark.parametrize(
    "text",
    [
        "The city held a “day of rage” on Friday.",
        "Troops crossed the river and took the bridge.",
        "The rebels attacked the port.",
        "The union called a strike.",
    ],
)
def test_nothing_is_attributed_where_nobody_speaks(annotated: Annotator, text: str) -> None:
    assert attributions(annotated(text)) == ()


def test_every_quote_stands_in_the_text(annotated: Annotator) -> None:
    text = "\n\n".join(row[0] for row in ATTRIBUTED)
    for x in attributions(annotated(text)):
        assert x.content
        for q in (*x.source, *x.cue, *x.content):
            assert text[q.start : q.end] == q.text


def test_a_quotation_goes_on_in_the_next_sentences_and_paragraph(annotated: Annotator) -> None:
    text = "“We left,” Ann Smith said. “We burned nothing.”\n\n“Nobody asked us to.”\n\nThe war goes on."
    (only,) = attributions(annotated(text))
    assert [q.text for q in only.content] == ["“We left,”", "“We burned nothing.”", "“Nobody asked us to.”"]
    assert only.direct


def test_outermost_leaves_out_what_stands_inside(annotated: Annotator) -> None:
    a = annotated("The minister said an official had told Reuters that the rebels left the port.")
    found = attributions(a)
    assert [x.cue[0].text for x in found] == ["said", "had told"]
    assert [x.cue[0].text for x in outermost(a, found)] == ["said"]


def voice_of(a: Annotated, word: str, who: Callable[[int, int], Actor] | None = None) -> SaidBy:
    start = a.report.text.index(word)
    head = next(t.i for t in a.tokens if t.start == start)
    return said_by(a, start, start + len(word), head, attributions(a), who)


VOICES = [
    ("Troops shelled the harbour.", "shelled", "outlet", None),
    ("Troops shelled the harbour, officials said.", "shelled", "paraphrased", "officials"),
    ("“Troops shelled the harbour,” the mayor said.", "shelled", "quoted", "the mayor"),
    ("The union urged the government to free the miners.", "urged", "outlet", None),
    ("The union urged the government, the paper said.", "urged", "paraphrased", "the paper"),
    ("The government threatened to close the port.", "threatened", "outlet", None),
    ("The government threatened to close the port.", "close", "outlet", None),
    ("The envoy condemned the shelling of the port.", "shelling", "outlet", None),
    ("The opposition accused the police of beating boys.", "accused", "outlet", None),
    ("The opposition accused the police of beating boys.", "beating", "paraphrased", "The opposition"),
    ("The ministry denied that soldiers burned the town.", "burned", "paraphrased", "The ministry"),
    ("Soldiers reportedly burned the town.", "burned", "paraphrased", None),
    ("It is said that soldiers burned the town.", "burned", "paraphrased", None),
    ("The city held a “day of rage” on Friday.", "rage", "outlet", None),
    ("Police said the men were freed, the Daily Courier reported.", "freed", "paraphrased", "Police"),
    ("The envoy, who said the rebels had shelled the port, left.", "shelled", "paraphrased", "The envoy"),
    ("The mayor said the guards, who have held the valley for years, fled.", "held", "outlet", None),
    ("The mayor said the guards, who have held the valley for years, fled.", "fled", "paraphrased", "The mayor"),
]


@pytest.mark.parametrize(("text", "word", "voice", "speaker"), VOICES)
def test_voice_and_speaker(annotated: Annotator, text: str, word: str, voice: str, speaker: str | None) -> None:
    found = voice_of(annotated(text), word)
    assert found.voice == voice
    assert (found.speaker.text if found.speaker else None) == speaker


def test_the_chain_lists_the_outer_speakers(annotated: Annotator) -> None:
    a = annotated("The minister said an official had told Reuters that the rebels shelled the port.")
    found = voice_of(a, "shelled")
    assert found.speaker is not None and found.speaker.text == "an official"
    assert [s.text for s in found.chain] == ["The minister"]
    assert found.cue is not None and found.cue.text == "had told"


def test_a_speaker_who_reports_his_own_belief_is_named_once(annotated: Annotator) -> None:
    found = voice_of(annotated("General Paul Keller said he believed the rebels had shelled the port."), "shelled")
    assert found.speaker is not None and "Keller" in found.speaker.text
    assert found.chain == ()


def test_the_speaker_is_resolved_when_a_resolver_is_given(annotated: Annotator) -> None:
    a = annotated("Troops shelled the harbour, officials said.")

    def who(first: int, last: int) -> Actor:
        q = a.quote(first, last)
        return Actor(text=q.text, start=q.start, end=q.end, id="off", name="The officials", score=1.0)

    found = voice_of(a, "shelled", who)
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker.id, found.speaker.name) == ("officials", "off", "The officials")


def test_the_rest_stays_when_the_outlet_is_another(annotated: Annotator) -> None:
    text = "Troops shelled the harbour, officials said."
    voices = {voice_of(annotated(text, publisher=name), "shelled") for name in ("Harbour Gazette", "Daily Courier")}
    assert len(voices) == 1
