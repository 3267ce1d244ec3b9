"""Texts of the region's face in its languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.site.models import RegionSettings


@register(RegionSettings)
class RegionSettingsTranslation(TranslationOptions):
    """The council's name and introduction; the host's own name."""

    fields = ("council_name", "introduction", "host_organisation", "sender_name")
    required_languages = ("fi",)
