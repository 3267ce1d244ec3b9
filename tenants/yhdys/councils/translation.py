"""Texts of councils in the region's languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.councils import models


@register(models.Body)
class BodyTranslation(TranslationOptions):
    """A body's name and what is said of it."""

    fields = ("name", "purpose", "composition", "rules")
    required_languages = ("fi",)


@register(models.Authority)
class AuthorityTranslation(TranslationOptions):
    """An authority's official names."""

    fields = ("name",)
    required_languages = ("fi",)


@register(models.Mandate)
class MandateTranslation(TranslationOptions):
    """The text of an objective or task."""

    fields = ("title", "text", "source")


@register(models.Seat)
class SeatTranslation(TranslationOptions):
    """A seat's own name."""

    fields = ("label",)


@register(models.Term)
class TermTranslation(TranslationOptions):
    """A term's own name, and what is said of it."""

    fields = ("name", "notes")


@register(models.ExternalDecision)
class ExternalDecisionTranslation(TranslationOptions):
    """Who decided, and what."""

    fields = ("deciding_body", "title")
    required_languages = ("fi",)


@register(models.TimelineEvent)
class TimelineEventTranslation(TranslationOptions):
    """What happened."""

    fields = ("title", "text")
    required_languages = ("fi",)


@register(models.PublicationChannel)
class PublicationChannelTranslation(TranslationOptions):
    """A channel and what is published there."""

    fields = ("name", "what")
    required_languages = ("fi",)


@register(models.FollowedMatter)
class FollowedMatterTranslation(TranslationOptions):
    """A followed reform."""

    fields = ("title", "text", "planned_for")
    required_languages = ("fi",)


@register(models.OutsideGroup)
class OutsideGroupTranslation(TranslationOptions):
    """A group outside the councils."""

    fields = ("name", "about")
    required_languages = ("fi",)


@register(models.ExternalProgramme)
class ExternalProgrammeTranslation(TranslationOptions):
    """A cited text."""

    fields = ("name", "owner")
    required_languages = ("fi",)
