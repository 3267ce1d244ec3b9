"""Texts of nomination calls in the region's languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.nominations.models import NominationCall


@register(NominationCall)
class NominationCallTranslation(TranslationOptions):
    """What is asked; it stands in the letter and above the public form."""

    fields = ("text",)
    required_languages = ("fi",)
