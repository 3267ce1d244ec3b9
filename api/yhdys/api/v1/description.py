"""The API's description, for programs and for people."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.reference import parts_of, shapes_of
from yhdys.api.schema import description_of
from yhdys.api.views import MAX_AGE, Endpoint


class DescriptionView(Endpoint):
    """This description."""

    urlconf = ""

    @extend_schema(responses={200: {"type": "object", "description": "OpenAPI 3.1."}})
    def get(self, request: Request) -> Response:
        """The whole API of this kind of site as OpenAPI 3.1."""
        found: dict[str, Any] = description_of(self.urlconf)
        return Response(found)


@cache
def reference_of(urlconf: str) -> SafeString:
    """The description as a part of a page, made once in a process: it holds nothing of any region."""
    document = description_of(urlconf)
    with translation.override("en"):
        return render_to_string("api/_reference.html", {"parts": parts_of(document), "shapes": shapes_of(document)})


@require_safe
def docs(request: HttpRequest, urlconf: str) -> HttpResponse:
    """GET ``…/docs/``: the description as a page, in English like the names it tells of."""
    context = {"about": description_of(urlconf)["info"]["description"], "reference": reference_of(urlconf)}
    with translation.override("en"):
        response = render(request, "api/docs.html", context)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
