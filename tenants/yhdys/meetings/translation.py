"""Which texts of a meeting are written in several languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.meetings.models import AgendaItem, Meeting, Resolution, StandingItem


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    """The place too: it may have a Swedish name."""

    fields = ("title", "theme", "place")
    required_languages = ("fi",)


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = ("fi",)


@register(Resolution)
class ResolutionTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("fi",)


@register(StandingItem)
class StandingItemTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("fi",)
