"""Who may do what: the part of the site through which every request goes first.

A route that changes something says who may, ``dependencies=[need("review")]``; what a person did that the log should
tell in detail it gives to :func:`record`. Everything else holds by itself, for every route: see docs/serving.md.
"""

from whodid.web.security.asking import AViewer, Right, Viewer, asking_of, csrf_field, csrf_token, record, viewer_of
from whodid.web.security.gate import Gate
from whodid.web.security.guard import Guard
from whodid.web.security.refusal import Refused
from whodid.web.security.rights import check_routes, need

__all__ = [
    "AViewer",
    "Gate",
    "Guard",
    "Refused",
    "Right",
    "Viewer",
    "asking_of",
    "check_routes",
    "csrf_field",
    "csrf_token",
    "need",
    "record",
    "viewer_of",
]
