"""Tags of answers: nothing is sent twice to who has it, and nothing is overwritten that its writer has not seen."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.parsing import written
from yhdys.tenancy.context import current_schema

KEPT_HEADERS = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")


class PreconditionRequired(APIException):
    """428 (RFC 6585)."""

    status_code = 428
    default_code = "precondition_required"


class PreconditionFailed(APIException):
    """412."""

    status_code = 412
    default_code = "precondition_failed"


def tag_of(body: bytes) -> str:
    """The strong tag of an answer of this region. A record's holds its ``updated_at``, so every saving moves it."""
    return f'"{sha256(current_schema().encode() + b":" + body).hexdigest()[:32]}"'


def _names(header: str, tag: str) -> bool:
    """Whether a header names the tag. A proxy that compresses weakens tags; what they stand for is the same."""
    tags = parse_etags(header)
    return "*" in tags or tag in (one.removeprefix("W/") for one in tags)


def require_version(request: Request, data: Any) -> None:
    """Raise PreconditionRequired or PreconditionFailed unless ``If-Match`` names the record as it is now.

    Call it with the record locked; ``data`` is what a reading with the same token answers.
    """
    header = request.headers.get("If-Match", "")
    if not header.strip():
        raise PreconditionRequired(_("Send the ETag of the record as you read it in If-Match."))
    if not _names(header, tag_of(written(data))):
        raise PreconditionFailed(_("The record has changed since you read it. Read it again, with the same token."))


def conditional(request: Request) -> Callable[[Response], HttpResponseBase | None]:
    """What is done with a finished answer: it gets its tag, and a reader who has it already gets 304."""

    def answer(response: Response) -> HttpResponseBase | None:
        response["ETag"] = tag = tag_of(response.content)
        header = request.headers.get("If-None-Match", "") if request.method in ("GET", "HEAD") else ""
        if not header or not _names(header, tag):
            return None
        unchanged = HttpResponseNotModified()
        for name in KEPT_HEADERS:
            if name in response:
                unchanged[name] = response[name]
        return unchanged

    return answer
