"""Errors as problem details (RFC 9457), from every address below ``/api/``, whoever finds them."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from yhdys.core.errors import ActionRefused, PermissionRefused

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/"


class Conflict(exceptions.APIException):
    """409: a rule says no; the detail is its sentence."""

    status_code = 409
    default_code = "conflict"


def as_api_error(error: Exception) -> Exception:
    """The HTTP error that stands for a refusal of the domain; any other error as it is."""
    match error:
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied() | PermissionRefused():
            return exceptions.PermissionDenied()
        case ActionRefused():
            return Conflict(str(error))
        case _:
            return error


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is no HTTP error is left to the server's own handling."""
    error = as_api_error(error)
    if not isinstance(error, exceptions.APIException):
        return None
    body = details(error.status_code, context["request"].path)
    if isinstance(error, exceptions.ValidationError):
        found = error.detail
        body["errors"] = found if isinstance(found, dict) else {"non_field_errors": found}
    elif isinstance(error.detail, str):
        body["detail"] = error.detail
    response = Response(body, status=error.status_code, content_type=MEDIA_TYPE)
    if (wait := getattr(error, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait) + 1)
    if (scheme := getattr(error, "auth_header", None)) is not None:
        response["WWW-Authenticate"] = scheme
    return response


def details(status: int, path: str) -> dict[str, Any]:
    """The members that every problem has. No ``type`` of our own: the status says it all."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "instance": path}


def _answer(request: HttpRequest, status: int) -> JsonResponse:
    response = JsonResponse(details(status, request.path), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any address below the API that it does not have, whatever the method."""
    return _answer(request, 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler400``: a problem for a program, a page for a person."""
    return _answer(request, 400) if request.path.startswith(ROOT) else defaults.bad_request(request, exception)
