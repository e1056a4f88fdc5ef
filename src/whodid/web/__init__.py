"""The web application on a dataset: to read the story, to see why the machine says so, and to put it right.

:func:`make_app` gives an ASGI application. Every page has its twin under ``/api/v1``: both are made of the same view
(:mod:`whodid.web.views`), which is a function from a dataset and what was asked for to a record.
"""

from whodid.web.app import make_app
from whodid.web.options import Options

__all__ = ["Options", "make_app"]
