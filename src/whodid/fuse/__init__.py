"""Decides which claims tell of one event, and what they tell of it together.

    from whodid.fuse import fuse

    for event in fuse(claims, reports):
        print(event.type, event.independent, event.flags)

:func:`fuse` takes claims at once; :func:`fuse_new` those that arrive, with a store that answers a :class:`Lookup`; both
give the same groups, whatever the order. docs/fusion.md says how it is decided.
"""

from whodid.fuse.blocks import block_keys, search_keys
from whodid.fuse.copies import Reports, independent, regroup, report_keys
from whodid.fuse.event import Told, event_of, events_of
from whodid.fuse.features import Features, features
from whodid.fuse.fuser import Changes, Lookup, Placed, fuse_new
from whodid.fuse.judge import Judged, judge
from whodid.fuse.links import Tie, links_of, stated
from whodid.fuse.memory import Memory
from whodid.fuse.whole import fuse
from whodid.fuse.within import features_of

__all__ = [
    "Changes",
    "Features",
    "Judged",
    "Lookup",
    "Memory",
    "Placed",
    "Reports",
    "Tie",
    "Told",
    "block_keys",
    "event_of",
    "events_of",
    "features",
    "features_of",
    "fuse",
    "fuse_new",
    "independent",
    "judge",
    "links_of",
    "regroup",
    "report_keys",
    "search_keys",
    "stated",
]
