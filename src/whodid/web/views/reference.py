"""The reference of the API as a page shows it, read from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

_METHODS = ("get", "post", "put", "patch", "delete")


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class Parameter(_View):
    """A parameter, or a key of the body. place: path, query, header or body. kind: in words; values: those that it
    takes, where they are few."""

    name: str
    place: str
    kind: str
    values: tuple[str, ...]
    required: bool
    many: bool
    about: str


class Status(_View):
    """A status that may be answered, and when."""

    code: str
    about: str


class Operation(_View):
    """What can be asked: method and path, parameters, answers. id: for links to it."""

    id: str
    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    statuses: tuple[Status, ...]


class Group(_View):
    """Operations on one kind of thing."""

    name: str
    operations: tuple[Operation, ...]


def reference(description: Mapping[str, Any]) -> list[Group]:
    """The groups of an OpenAPI description, in its order."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method in _METHODS:
            if told := methods.get(method):
                group = (told.get("tags") or ["Other"])[0]
                groups.setdefault(group, []).append(_operation(description, method, path, told))
    return [Group(name=name, operations=tuple(listed)) for name, listed in groups.items()]


def _operation(description: Mapping[str, Any], method: str, path: str, told: Mapping[str, Any]) -> Operation:
    parameters = [_parameter(description, p["name"], p["in"], p["schema"], p) for p in told.get("parameters", ())]
    return Operation(
        id=f"{method}-{path.strip('/').replace('/', '-').translate({ord(c): None for c in '{}:'})}",
        method=method.upper(),
        path=path,
        about=_plain(told.get("description") or told.get("summary") or ""),
        parameters=(*parameters, *_body(description, told)),
        statuses=tuple(Status(code=code, about=_plain(one.get("description", "")))
                       for code, one in sorted(told["responses"].items())),
    )  # fmt: skip


def _body(description: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parameter]:
    for content in told.get("requestBody", {}).get("content", {}).values():
        schema = _followed(description, content.get("schema", {}))
        for name, one in schema.get("properties", {}).items():
            given = {"required": name in schema.get("required", ()), "description": one.get("description", "")}
            yield _parameter(description, name, "body", one, given)
        return  # of several kinds of body the first


def _parameter(
    description: Mapping[str, Any], name: str, place: str, schema: Mapping[str, Any], told: Mapping[str, Any]
) -> Parameter:
    one = _without_null(description, schema)
    many = one.get("type") == "array"
    inner = _without_null(description, one.get("items", {})) if many else one
    values = inner.get("enum") or ([inner["const"]] if "const" in inner else [])
    return Parameter(
        name=name,
        place=place,
        kind=str(inner.get("type", "object")),
        values=tuple(map(str, values)),
        required=bool(told.get("required")),
        many=many,
        about=_plain(told.get("description") or schema.get("description") or ""),
    )


def _without_null(description: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a schema allows beside null."""
    found = _followed(description, schema)
    kinds = [kind for kind in found.get("anyOf", ()) if kind.get("type") != "null"]
    return _followed(description, kinds[0]) if kinds else found


def _followed(description: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _plain(text: str) -> str:
    """Docstrings mark code by two backticks, descriptions by one."""
    return " ".join(text.replace("``", "`").split())
