"""The addresses of the site: a module a page, which has the page and its twin in the API side by side."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from fastapi import APIRouter
from starlette.routing import Route

API = "/api/v1"
"""Before the address of every twin."""

MODULES = (
    "overview",
    "finding",
    "reference",
    "network",
    "account",
    "admin",
    "events",
    "reports",
    "timeline",
    "actors",
    "own",
    "compare",
    "review",
    "judgements",
    "places",
)
"""Modules of this folder; each has a router ``pages`` and a router ``api``."""


def routers() -> Iterator[tuple[APIRouter, APIRouter]]:
    """The routers of every module: of its pages, and of their twins."""
    for name in MODULES:
        module = import_module(f"{__name__}.{name}")
        yield module.pages, module.api


def page_addresses() -> list[str]:
    """The addresses of all pages, as they are declared."""
    return [route.path for pages, _ in routers() for route in pages.routes if isinstance(route, Route)]


def methods_at(path: str) -> list[str]:
    """The methods that something answers at a path."""
    of_api = path.startswith(f"{API}/")
    inner = path.removeprefix(API) if of_api else path
    routes = (route for pages, api in routers() for route in (api if of_api else pages).routes)
    found = (route.methods or () for route in routes if isinstance(route, Route) and route.path_regex.match(inner))
    return sorted({method for methods in found for method in methods})
