"""What every address of the first API is: open to all, read only, in pages, at a measured pace."""

from typing import Any

import redis
import structlog
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

LANGUAGES = ("fi", "sv", "en")
MAX_AGE = 60
"""Seconds for which anybody may keep an answer."""

log = structlog.get_logger(__name__)


class Pages(PageNumberPagination):
    """``?page=`` and ``?page_size=``, at most 100 to a page."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100


class Pace(AnonRateThrottle):
    """So many requests from one address to one region: the cache's keys carry the region.

    While the cache is down nobody is counted: reading what is public must not depend on it.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except (redis.RedisError, OSError) as error:
            log.warning("api.pace_not_kept", error=type(error).__name__)
            return True


class Readable(APIView):
    """An address that anybody may read, from any page of the web: it knows nobody, so nothing can be done in a name."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (Pace,)
    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Let other sites' scripts read, and caches keep, what is public."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


class ReadableList(Readable, ListAPIView[Any]):
    """A list of them, always in pages."""

    pagination_class = Pages


@extend_schema_field(
    {
        "type": "object",
        "properties": {language: {"type": "string"} for language in LANGUAGES},
        "description": "A text by language; a language that is missing has no text.",
    }
)
class Translated(serializers.Field[Any, Any, dict[str, str], Any]):
    """A text in the languages in which it exists: ``{"fi": "…", "sv": "…"}``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> dict[str, str]:
        texts = {language: getattr(instance, f"{self.field_name}_{language}", "") for language in LANGUAGES}
        return {language: text for language, text in texts.items() if text}

    def to_representation(self, value: dict[str, str]) -> dict[str, str]:
        return value
