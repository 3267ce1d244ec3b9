"""Texts of articles in the region's languages."""

from modeltranslation.translator import TranslationOptions, register

from yhdys.news.models import Article, Elsewhere


@register(Article)
class ArticleTranslation(TranslationOptions):
    """Each language has a title, a lead and a text of its own; an article may be in one language only."""

    fields = ("title", "lead", "body", "image_description")


@register(Elsewhere)
class ElsewhereTranslation(TranslationOptions):
    """Where else it appeared."""

    fields = ("name",)
