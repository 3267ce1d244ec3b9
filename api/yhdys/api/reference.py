"""The description made ready for a page that people read: operations by part, and what they take and tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

PARTS = {
    "overview": "Regions and figures",
    "organisations": "Organisations",
    "councils": "Bodies, terms, seats and members",
    "meetings": "Meetings, agendas and minutes",
    "news": "News",
    "api": "This description",
}
COMMON = frozenset({"401", "406", "413", "415", "429"})
"""Answers that every operation may give; the page tells them once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Of what kind a value is; ``name`` leads to the record's own part of the page."""

    words: str
    name: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object, or a parameter."""

    name: str
    kind: Kind
    where: str
    is_required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation may answer."""

    status: str
    words: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    key: str
    method: str
    path: str
    title: str
    words: str
    needs_token: bool
    parameters: tuple[Member, ...]
    takes: Kind | None
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class Part:
    """The operations of one domain."""

    key: str
    title: str
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """A record as it is sent or told."""

    name: str
    words: str
    values: tuple[str, ...]
    members: tuple[Member, ...]


def parts_of(document: Mapping[str, Any]) -> list[Part]:
    """The operations by part, in the order of ``PARTS``."""
    parts = {key: Part(key, title) for key, title in PARTS.items()}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts[operation["tags"][0]].operations.append(_operation(path, method, operation))
    return [part for part in parts.values() if part.operations]


def shapes_of(document: Mapping[str, Any]) -> list[Shape]:
    """Every record, by name."""
    return [
        Shape(
            name=name,
            words=schema.get("description", "") if "enum" not in schema else "",
            values=tuple(str(value) for value in schema.get("enum", ())),
            members=tuple(_members(schema)),
        )
        for name, schema in sorted(document["components"]["schemas"].items())
    ]


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    title, _line, words = operation.get("description", "").partition("\n")
    body = operation.get("requestBody", {}).get("content", {})
    return Operation(
        key=slugify(operation["operationId"]),
        method=method.upper(),
        path=path,
        title=title,
        words=words.strip(),
        needs_token={} not in operation.get("security", [{}]),
        parameters=tuple(
            Member(
                one["name"], kind_of(one["schema"]), one["in"], one.get("required", False), one.get("description", "")
            )
            for one in operation.get("parameters", ())
        ),
        takes=_content(body),
        answers=tuple(
            Answer(status, answer.get("description", ""), _content(answer.get("content", {})))
            for status, answer in operation["responses"].items()
            if status not in COMMON
        ),
    )


def _content(content: Mapping[str, Any]) -> Kind | None:
    schema = next((one["schema"] for one in content.values() if "schema" in one), None)
    return kind_of(schema) if schema is not None else None


def _members(schema: Mapping[str, Any]) -> Iterable[Member]:
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield Member(name, kind_of(one), "", name in required, one.get("description", ""))


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """A schema in few words."""
    if "$ref" in schema:
        return Kind("", schema["$ref"].rpartition("/")[2])
    for many in ("allOf", "oneOf", "anyOf"):
        if many in schema:
            kinds = [kind_of(one) for one in schema[many]]
            named = next((kind.name for kind in kinds if kind.name), "")
            return Kind(" or ".join(kind.words for kind in kinds if kind.words), named)
    types = schema.get("type", "object")
    names = [types] if isinstance(types, str) else list(types)
    if "array" in names:
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.words}".rstrip(), inner.name)
    words = " or ".join(names)
    if "format" in schema:
        words += f" ({schema['format']})"
    values = ", ".join(str(value) for value in schema.get("enum", ()))
    return Kind(words, more=values)
