"""Content files turned into typed records. What the records do not know is an error that names its place."""

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from yhdys.core.clock import HELSINKI


class ContentError(ValueError):
    """A content file says something that no record can hold; the message names the file and the place."""


def build[T](kind: type[T], value: object, place: str) -> T:
    """Make a record of ``kind`` from what YAML read. Raises ContentError with the place of the first fault.

    Dates are dates, moments are written ``2022-04-27 14:00`` by the Finnish wall clock.
    """
    made: T = _build(kind, value, place)
    return made


def _build(kind: Any, value: object, place: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (one for one in get_args(kind) if one is not types.NoneType)
        return _build(kind, value, place)
    if origin is list:
        if not isinstance(value, list):
            raise ContentError(f"{place}: a list is expected, not {value!r}.")
        (member,) = get_args(kind)
        return [_build(member, one, f"{place}[{n}]") for n, one in enumerate(value)]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, value, place)
    return _plain(kind, value, place)


def _record(kind: type, value: object, place: str) -> Any:
    # A text in one language is written as it is.
    if isinstance(value, str) and (made := getattr(kind, "from_text", None)) is not None:
        return made(value)
    if not isinstance(value, dict):
        raise ContentError(f"{place}: {kind.__name__} is expected, not {value!r}.")
    hints = get_type_hints(kind)
    if unknown := value.keys() - hints.keys():
        raise ContentError(f"{place}: {kind.__name__} knows no {', '.join(sorted(map(str, unknown)))}.")
    given = {name: _build(hints[name], one, f"{place}.{name}") for name, one in value.items()}
    try:
        return kind(**given)
    except TypeError as error:
        raise ContentError(f"{place}: {error}.") from error


def _plain(kind: Any, value: object, place: str) -> Any:
    if kind is datetime:
        try:
            return datetime.strptime(str(value), "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)
        except ValueError as error:
            raise ContentError(f"{place}: a moment is written 2022-04-27 14:00, not {value!r}.") from error
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError as error:
            known = ", ".join(str(one.value) for one in kind)
            raise ContentError(f"{place}: {value!r} is none of {known}.") from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    if not fits or (kind is date and isinstance(value, datetime)):
        raise ContentError(f"{place}: {kind.__name__} is expected, not {value!r}.")
    return value
