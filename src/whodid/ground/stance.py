"""The speaker's stance to a claim.

The cues around the claim's words are asked from the inside: those whose source is the speaker, or nobody
("reportedly"). "The minister said she doubted that …" is a doubt of the minister's; "The minister said the envoy had
condemned the raid" is no condemnation of hers.
"""

from __future__ import annotations

from collections.abc import Sequence

from whodid.ground.attribution.sources import same_source
from whodid.ground.attribution.stance import distance
from whodid.records import Annotated, Attribution, Stance


def stance(a: Annotated, head: int, around: Sequence[Attribution], speaking: Attribution | None) -> Stance | None:
    """The stance of the source of ``speaking`` to the event whose word is token ``head``.

    ``around``: the attributions that hold the word, innermost first. ``speaking``: the one whose source is the speaker;
    None in the outlet's own voice, where only a mark of distance counts.
    """
    for x in around:
        mine = x.source_head is None or (speaking is not None and same_source(a, x, speaking))
        if (x is speaking or mine) and x.stance not in {None, "asserts"}:
            return x.stance
        if x is speaking:
            break
    if distance(a, head):
        return "doubts"
    return "asserts" if speaking is not None else None
