"""Texts of the region's face in its languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings


@register(RegionSettings)
class RegionSettingsTranslation(TranslationOptions):
    """The council's name and introduction; the host's own name."""

    fields = (
        "council_name",
        "introduction",
        "host_organisation",
        "sender_name",
        "controller",
        "privacy_contact",
        "processor",
    )
    required_languages = ("fi",)


@register(AccessibilityStatement)
class AccessibilityStatementTranslation(TranslationOptions):
    """Who answers the feedback."""

    fields = ("feedback_unit",)


@register(AccessibilityIssue)
class AccessibilityIssueTranslation(TranslationOptions):
    """A failing content in the region's languages."""

    fields = ("what", "reason", "alternative")
    required_languages = ("fi",)
