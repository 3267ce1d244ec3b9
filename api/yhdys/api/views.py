"""What every address of the API is: in pages, at a measured pace, with tags, and told as a problem when it fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from yhdys.accounts.models import User
from yhdys.api.auth import InScope, TokenAuthentication
from yhdys.api.errors import as_api_error
from yhdys.api.fields import LANGUAGES
from yhdys.api.pace import Pace
from yhdys.api.pagination import Cursors
from yhdys.api.versions import conditional, require_version
from yhdys.core import access
from yhdys.tokens.models import READ

MAX_AGE = 60
"""Seconds for which anybody may keep a public answer."""


class Endpoint(APIView):
    """An address of the API. Anybody reads what is public; a token opens more, as far as its user may go."""

    domain: ClassVar[str] = ""
    """The part of the API for which a token must have been made: ``meetings`` of ``meetings:read``."""
    is_private: ClassVar[bool] = False
    """Whether nothing of it is public, so that reading needs a token too."""
    needs_version: ClassVar[bool] = False
    """Whether a change must name the version it is about, in ``If-Match``."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (InScope,)
    throttle_classes = (Pace,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sentences of problems are in the language that was asked for, else Finnish."""
        with translation.override(language_of(request)):
            return super().dispatch(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Whoever tries tokens that are none is counted by address."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)
            raise

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are. No other site's script may send a token, so nothing more is told."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    @property
    def reader(self) -> User | None:
        """In whose name is read; None for the public, and for a token that was not made for this part."""
        request: Any = self.request  # None while the description is made
        token = request.auth if request is not None else None
        return request.user if token is not None and token.opens(self.domain, READ) else None

    @property
    def writer(self) -> User:
        """In whose name something is changed. Call it in a method that changes: there a token is certain."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def require(self, permission: str, obj: Any) -> None:
        """Raise PermissionRefused unless the token's user may do this to ``obj``."""
        access.require(self.writer, permission, obj)

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal of the domain is an error of HTTP."""
        return super().handle_exception(as_api_error(exc))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let other sites' scripts read, and caches keep, what is public; nothing else is kept."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        patch_vary_headers(response, ["Authorization"])
        is_public = "Authorization" not in request.headers
        if response.status_code == 200 and is_public and request.method in ("GET", "HEAD"):
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        if response.status_code in (200, 201) and isinstance(response, Response):
            response.add_post_render_callback(conditional(request))
        return response


class ListEndpoint(Endpoint, ListAPIView[Any]):
    """A list, always in pages."""

    order: ClassVar[str]
    """The column by which it runs, without empty values; ``-`` before it for falling."""
    filter_backends = (DjangoFilterBackend,)
    pagination_class = Cursors


class RecordEndpoint(Endpoint, GenericAPIView[Any]):
    """One record, which its address names. What the reader may not see is not there: 404."""

    needs_version = True

    def get_object(self) -> Any:
        return self.find(self.get_queryset())

    def find(self, rows: QuerySet[Any]) -> Any:
        """The record among these. Raises Http404."""
        name = self.lookup_field
        return get_object_or_404(rows, **{name: self.kwargs[name]})

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.told())

    def told(self) -> Any:
        """The record as it is read now."""
        return self.get_serializer(self.get_object()).data

    def take(self, kind: type[Any], *, partial: bool = False) -> Any:
        """What was sent, checked. Raises ValidationError."""
        sent = kind(data=self.request.data, partial=partial, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        return sent

    @contextmanager
    def changing(self, permission: str) -> Iterator[Any]:
        """The record, locked, once the user may change it and has seen it as it is now."""
        with transaction.atomic():
            record = self.find(self.get_queryset().select_for_update(of=("self",)))
            self.require(permission, record)
            require_version(self.request, self.get_serializer(record).data)
            yield record

    def change(self, permission: str, action: Callable[..., Any], **arguments: Any) -> Response:
        """Do it by an action of the domain, and tell the record as it is afterwards."""
        with self.changing(permission) as record:
            action(record, by=self.writer, **arguments)
        return Response(self.told())

    def remove(self, permission: str, action: Callable[..., Any], **arguments: Any) -> Response:
        """Remove it by an action of the domain."""
        with self.changing(permission) as record:
            action(record, by=self.writer, **arguments)
        return Response(status=204)


def language_of(request: HttpRequest) -> str:
    """The language of ours that ``Accept-Language`` likes best; Finnish without one."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (language := code.partition("-")[0]) in LANGUAGES:
            return language
    return "fi"
