"""Errors as problem details (RFC 9457), from every address of the API."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is no HTTP error is left to the server's own handling."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    request = context["request"]
    body = details(error.status_code, request.path)
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = error.detail
    elif isinstance(error.detail, str):
        body["detail"] = error.detail
    response = Response(body, status=error.status_code, content_type=MEDIA_TYPE)
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def details(status: int, path: str) -> dict[str, Any]:
    """The members that every problem has. No ``type`` of our own: the status says it all."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "instance": path}


def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Any address below the API that it does not have."""
    return JsonResponse(details(404, request.path), status=404, content_type=MEDIA_TYPE)
