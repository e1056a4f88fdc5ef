"""What a speech act says: the words and the type of the event in them, where the mention does not have them already."""

from __future__ import annotations

from collections.abc import Sequence

from whodid.records import Annotated, Attribution, Content, Mention

_VERBAL = (1, 3)


def content(
    a: Annotated, mention: Mention, quad: int, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> Content | None:
    """The content of ``mention``, None where it is no speech act (quad classes 1 and 3) or nothing is said.

    Its own, or that of the attribution that it is the cue of; of discontinuous words the longest piece. Where the
    mention gives no type, that of the topmost event mentioned in the words is taken.
    """
    if quad not in _VERBAL:
        return None
    told = mention.content or _attributed(mention, attributions)
    if told is None or told.type is not None:
        return told
    inside = [m for m in mentions if m is not mention and told.start <= m.trigger.start and m.trigger.end <= told.end]
    if not inside:
        return told
    top = min(inside, key=lambda m: (sum(1 for _ in a.ancestors(m.head)), m.head))
    return told.model_copy(update={"type": top.type})


def _attributed(mention: Mention, attributions: Sequence[Attribution]) -> Content | None:
    own = next((x for x in attributions if x.cue_head == mention.head), None)
    if own is None:
        return None
    words = max(own.content, key=lambda q: q.end - q.start)
    return Content(text=words.text, start=words.start, end=words.end)
