"""Texts of organisations in the region's languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.organisations.models import Contact, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    """An organisation's own names in other languages, where it has them."""

    fields = ("name", "description")
    required_languages = ("fi",)


@register(Contact)
class ContactTranslation(TranslationOptions):
    """A person's title; the name is the same in every language."""

    fields = ("title",)
