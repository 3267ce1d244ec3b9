"""JSON in and out, within bounds."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

LARGEST = 1024 * 1024
"""Bytes of a request's body. Files are added in the workspace."""


class TooLarge(APIException):
    """413."""

    status_code = 413
    default_code = "too_large"


class JSON(BaseParser):
    """UTF-8, strict, at most ``LARGEST`` bytes, and no deeper than the reader goes."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Raises TooLarge, and ParseError for what is no JSON."""
        try:
            raw: bytes = stream.read(LARGEST + 1)
        except UnreadablePostError as error:
            raise ParseError(_("The body ended too early.")) from error
        if len(raw) > LARGEST:
            raise TooLarge(_("The body is larger than {most} bytes.").format(most=LARGEST))
        try:
            found: dict[str, Any] = json.loads(raw.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is no JSON in UTF-8.")) from error
        return found


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


class Compact(JSONRenderer):
    """One way of writing a record, so that its tag is one too: no indents on request."""

    def get_indent(self, accepted_media_type: str, renderer_context: Mapping[str, Any]) -> int | None:
        return None


def written(data: Any) -> bytes:
    """The bytes in which an answer is sent."""
    text: bytes = Compact().render(data)
    return text
