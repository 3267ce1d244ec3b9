"""Fields that the serializers share: texts by language, and bounds of what may be sent."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LANGUAGES = ("fi", "sv", "en")
TEXTS: dict[str, Any] = {
    "type": "object",
    "properties": {language: {"type": "string"} for language in LANGUAGES},
    "additionalProperties": False,
    "description": "A text by language; a language that is missing has no text.",
}
OPTIONAL_TEXTS = TEXTS | {"type": ["object", "null"]}
ADDRESS = {"type": "string", "format": "uri"}
OPTIONAL_ADDRESS = {"type": ["string", "null"], "format": "uri"}
OPTIONAL_MOMENT = {"type": ["string", "null"], "format": "date-time"}
OPTIONAL_KEY = {"type": ["string", "null"], "format": "uuid"}
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)
"""Days that anything here can be of. Years beyond them overflow when they are moved between time zones."""


def texts_of(record: Any, name: str) -> dict[str, str]:
    """A translated column in the languages in which it has a text."""
    texts = {language: getattr(record, f"{name}_{language}", "") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


@extend_schema_field(TEXTS)
class Translated(serializers.Field[Any, Any, dict[str, str], Any]):
    """A text in the languages in which it exists: ``{"fi": "…", "sv": "…"}``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> dict[str, str]:
        return texts_of(instance, self.field_name or "")

    def to_representation(self, value: dict[str, str]) -> dict[str, str]:
        return value


@extend_schema_field(
    TEXTS
    | {
        "properties": {language: {"type": ["string", "null"]} for language in LANGUAGES},
        "description": "Languages that are not named stay as they are; null or an empty text takes one away.",
    }
)
class TranslatedText(serializers.Field[Any, Any, Any, Any]):
    """A text that is written by language. What is not named stays."""

    def __init__(self, *, max_length: int = 100_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._text = serializers.CharField(allow_blank=True, max_length=max_length)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict):
            raise serializers.ValidationError(_("Give an object of texts by language, such as {“fi”: “…”}."))
        found, errors = {}, {}
        for language, text in data.items():
            if language not in LANGUAGES:
                errors[str(language)] = [_("Languages are fi, sv and en.")]
                continue
            try:
                found[language] = self._text.run_validation(text if text is not None else "")
            except serializers.ValidationError as error:
                errors[language] = error.detail  # type: ignore[assignment]  # a list of sentences
        if errors:
            raise serializers.ValidationError(errors)
        return found

    def to_representation(self, value: Any) -> Any:
        return value


class Day(serializers.DateField):
    """A date within bounds."""

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise serializers.ValidationError(_("No such day can be meant. Check the year."))
        return day


class Moment(serializers.DateTimeField):
    """A moment within bounds; one without an offset is of the clock of Helsinki."""

    def to_internal_value(self, value: Any) -> datetime:
        moment: datetime = super().to_internal_value(value)
        if not FIRST_DAY < moment.astimezone(UTC).date() < LAST_DAY:
            raise serializers.ValidationError(_("No such day can be meant. Check the year."))
        return moment


class Input(serializers.Serializer[Any]):
    """What is sent to change something. A member that is not known is a mistake, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(name): [_("There is no such member.")] for name in unknown})
        return super().to_internal_value(data)

    @property
    def columns(self) -> dict[str, Any]:
        """What was sent as columns: ``title`` in Finnish is ``title_fi``."""
        found: dict[str, Any] = {}
        for name, value in self.validated_data.items():
            if isinstance(self.fields[name], TranslatedText):
                found |= {f"{name}_{language}": text for language, text in value.items()}
            else:
                found[name] = value
        return found


class Codes(serializers.ListField):
    """Records of a closed list, such as keywords, by their codes."""

    def __init__(self, rows: Callable[[], Any], *, max_length: int = 50, **kwargs: Any) -> None:
        self._rows = rows
        super().__init__(child=serializers.CharField(max_length=50), max_length=max_length, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Raises ValidationError, naming what is not on the list."""
        codes = list(dict.fromkeys(super().to_internal_value(data)))
        found = self._rows().in_bulk(codes)
        if unknown := [code for code in codes if code not in found]:
            raise serializers.ValidationError(_("Not on the list: {codes}.").format(codes=", ".join(unknown)))
        return [found[code] for code in codes]

    def to_representation(self, data: Any) -> Any:
        return data


@extend_schema_field({"type": "string", "maxLength": 50})
class Code(serializers.Field[Any, Any, Any, Any]):
    """One record of a closed list by its code, or null."""

    def __init__(self, rows: Callable[[], Any], **kwargs: Any) -> None:
        self._rows = rows
        self._code = serializers.CharField(max_length=50)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError for a code that is not on the list."""
        code = self._code.run_validation(data)
        found = self._rows().filter(pk=code).first()
        if found is None:
            raise serializers.ValidationError(_("Not on the list: {codes}.").format(codes=code))
        return found

    def to_representation(self, value: Any) -> Any:
        return value


class Reference(serializers.UUIDField):
    """A record by its key, among those that ``rows`` lets the writer choose; or null."""

    def __init__(self, rows: Callable[[Any], Any], **kwargs: Any) -> None:
        self._rows = rows
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError for what the writer may not see, as for what is not there."""
        key = super().to_internal_value(data)
        found = self._rows(self.context["view"].writer).filter(pk=key).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such record."))
        return found


def page_address(context: Mapping[str, Any], name: str, /, **arguments: Any) -> str:
    """The address of a page for people, the Finnish one whatever the language of the request."""
    with override("fi"):
        return str(context["request"].build_absolute_uri(reverse(name, kwargs=arguments)))


def address(context: Mapping[str, Any], name: str, /, **arguments: Any) -> str:
    """An address of the API."""
    return str(context["request"].build_absolute_uri(reverse(f"api:{name}", kwargs=arguments)))
