"""How the API describes itself: OpenAPI 3.1, every answer that it gives included."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from yhdys.api.auth import SAFE
from yhdys.api.errors import MEDIA_TYPE

JSON = "application/json"
TAG = {"description": "The version of the answer, for If-None-Match and If-Match.", "schema": {"type": "string"}}
WHEN = {
    400: "Something that was sent cannot be read: “errors” says what, member by member.",
    401: "The token is unknown here, has ended or has been revoked; or one is needed and none was sent.",
    403: "The token was not made for this, or its user may not do it.",
    404: "It is not there, or not for this reader.",
    406: "The API speaks JSON alone.",
    409: "A rule says no: “detail” is its sentence.",
    412: "The record has changed since it was read: read it again.",
    413: "The body is too large.",
    415: "The body must be JSON.",
    428: "If-Match is missing.",
    429: "Too many requests: “Retry-After” says in how many seconds to return.",
}


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as problem details (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank: the status says it all.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    instance = serializers.CharField(help_text="The path that was asked for.")
    detail = serializers.CharField(required=False, help_text="A sentence in the language of Accept-Language.")
    errors = serializers.DictField(  # type: ignore[assignment]  # a declared field, not Serializer.errors
        required=False, help_text="What is wrong, member by member."
    )


class Description(AutoSchema):
    """One operation of one view (``views.Endpoint``), which names what it takes in ``inputs``."""

    view: Any

    def get_tags(self) -> list[str]:
        return [self.view.domain or "api"]

    def get_auth(self) -> list[dict[str, Any]]:
        token: list[dict[str, Any]] = [{"token": []}]
        return token if self._is_closed else [{}, *token]

    def get_request_serializer(self) -> Any:
        """What a change takes; nothing where it takes nothing."""
        return getattr(self.view, "inputs", {}).get(self.method.lower())

    def get_response_serializers(self) -> Any:
        """What is answered: the view's own, or what ``answers`` names for the method."""
        answers = getattr(self.view, "answers", {})
        chosen = answers.get(self.method.lower()) or super().get_response_serializers()
        if self._is_making:
            return {201: chosen}
        return {200: chosen} if self._is_change and self.method != "DELETE" else chosen

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """Add what every operation has alike: versions in headers, and problems."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        for status, answer in responses.items():
            if status in ("200", "201"):
                answer.setdefault("headers", {})["ETag"] = TAG
            if status == "201":
                answer["headers"]["Location"] = {"schema": {"type": "string", "format": "uri"}}
        if not self._is_change:
            self._header(operation, "If-None-Match", "The ETag that the reader has: 304 if nothing has changed.", False)
            responses["304"] = {"description": "Nothing has changed."}
        elif self._needs_version:
            self._header(operation, "If-Match", "The ETag of the record as it was read with the same token.", False)
        problem = self._problem()
        for status in self._statuses():
            responses[str(status)] = {
                "description": f"{HTTPStatus(status).phrase}. {WHEN[status]}",
                "content": {MEDIA_TYPE: {"schema": problem}},
            }
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    @property
    def _is_change(self) -> bool:
        return self.method not in SAFE

    @property
    def _is_closed(self) -> bool:
        return self._is_change or self.view.is_private

    @property
    def _is_making(self) -> bool:
        """Whether a POST adds to a list."""
        return self.method == "POST" and not getattr(self.view, "needs_version", False)

    @property
    def _needs_version(self) -> bool:
        return self._is_change and bool(getattr(self.view, "needs_version", False))

    def _statuses(self) -> list[int]:
        found = {401, 406, 429}
        if self._is_closed:
            found |= {403}
        if "{" in self.path:
            found |= {404}
        if self._is_change:
            found |= {400, 409, 413, 415}
        elif self.get_override_parameters() or self._is_list_view():
            found |= {400}
        if self._needs_version:
            found |= {412, 428}
        return sorted(found)

    def _problem(self) -> dict[str, Any]:
        component = self.resolve_serializer(ProblemSerializer, "response")
        reference: dict[str, Any] = component.ref
        return reference

    def _header(self, operation: dict[str, Any], name: str, words: str, required: bool) -> None:
        header = {"name": name, "in": "header", "description": words, "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append(header | ({"required": True} if required else {}))


@cache
def description_of(urlconf: str) -> dict[str, Any]:
    """The description of one kind of site, made once in a process: it holds nothing of any region."""
    with translation.override("en"):
        generator = SchemaGenerator(urlconf=urlconf)  # type: ignore[no-untyped-call]  # the library's types end here
        found: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # as above
    return found
