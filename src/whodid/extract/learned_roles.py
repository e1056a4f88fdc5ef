"""The parties of an event, where the weights clearly say otherwise than the parse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from whodid.extract.learned_opinions import Opinion
from whodid.extract.reading import Reading
from whodid.records import RoleKind

SURE, SURE_OF_ONE = 0.95, 0.6
UNLIKELY = 0.03
"""A party is moved to the other side where the weights give that side SURE and its own at most UNLIKELY; a side that is
empty is filled with the most probable party from SURE_OF_ONE. Chosen on the
development sets."""


def with_parties(
    r: Reading, opinion: Opinion, can_act: Callable[[int], bool], name: Callable[[int], str]
) -> tuple[Reading, list[str]]:
    """The reading with the parties that the weights see, and a line for each change. name: the words of a party."""
    actors, recipients = list(r.actors), list(r.recipients)
    notes: list[str] = []
    swapped_to_recipient, swapped_to_actor = _swapped(r, opinion)
    actors = [k for k in actors if k not in swapped_to_recipient] + swapped_to_actor
    recipients = [k for k in recipients if k not in swapped_to_actor] + swapped_to_recipient
    notes += [f"learned: “{name(k)}” is recipient, not actor" for k in swapped_to_recipient]
    notes += [f"learned: “{name(k)}” is actor, not recipient" for k in swapped_to_actor]
    sides: tuple[tuple[RoleKind, list[int], list[int]], ...] = (
        ("actor", actors, recipients),
        ("recipient", recipients, actors),
    )
    for kind, own, others in sides:
        if not own and (found := _best(opinion, kind, others, can_act)) is not None:
            own.append(found[0])
            notes.append(f"learned: “{name(found[0])}” is {kind} ({found[1]:.2f})")
    return replace(r, actors=tuple(actors), recipients=tuple(recipients)), notes


def _swapped(r: Reading, opinion: Opinion) -> tuple[list[int], list[int]]:
    """The actors that are recipients, and the recipients that are actors. An event that has both sides keeps them: one
    side moves over as a whole only where some of the other comes back for it. None where the words say which is which
    ("drew criticism from …")."""
    if r.firm or r.type == "MOBILIZE":  # troops that are deployed are not those who are threatened by it
        return [], []
    to_recipient = [k for k in r.actors if _belongs(opinion, k, "actor", "recipient")]
    to_actor = [k for k in r.recipients if _belongs(opinion, k, "recipient", "actor")]
    if to_recipient and r.recipients and len(to_recipient) == len(r.actors) and not to_actor:
        to_actor = [k for k in r.recipients if _rather(opinion, k, "actor", "recipient")]
        to_recipient = to_recipient if to_actor else []
    elif to_actor and r.actors and len(to_actor) == len(r.recipients) and not to_recipient:
        to_recipient = [k for k in r.actors if _rather(opinion, k, "recipient", "actor")]
        to_actor = to_actor if to_recipient else []
    return to_recipient, to_actor


def _rather(opinion: Opinion, k: int, there: RoleKind, here: RoleKind) -> bool:
    own, other = opinion.part(k, here), opinion.part(k, there)
    return own is not None and other is not None and other > own


def _belongs(opinion: Opinion, k: int, here: RoleKind, there: RoleKind) -> bool:
    own, other = opinion.part(k, here), opinion.part(k, there)
    return own is not None and other is not None and own <= UNLIKELY and other >= SURE


def _best(
    opinion: Opinion, kind: RoleKind, taken: list[int], can_act: Callable[[int], bool]
) -> tuple[int, float] | None:
    found = [
        (p, k)
        for k in opinion.parties
        if k not in taken and k != opinion.token and (p := opinion.part(k, kind)) is not None and p >= SURE_OF_ONE
    ]
    return next(((k, p) for p, k in sorted(found, reverse=True) if can_act(k)), None)
