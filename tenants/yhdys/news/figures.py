"""What the nation learns of a region's news."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from yhdys.news.models import Article
from yhdys.overview.counting import per_month
from yhdys.overview.enums import Period
from yhdys.overview.registry import NEWEST, Item, figure, items


@figure(
    "articles_published",
    _("Articles published"),
    _("Bulletins, news and blog texts that the council has published on its own site."),
    period=Period.YEAR,
)
def articles_published() -> Mapping[str, int]:
    """Public articles by the month of their first publishing."""
    return per_month(Article.objects.published(), "published_at")


@items("article", _("Article"))
def articles() -> Iterable[Item]:
    """The newest public articles, each in the first of its languages."""
    for article in Article.objects.published()[:NEWEST]:
        language = article.languages()[0]
        with translation.override(language):
            yield Item(
                key=str(article.pk),
                title=article.title,
                summary=article.lead,
                language=language,
                path=reverse("public:article", urlconf=settings.REGION_URLCONF, kwargs={"slug": article.slug}),
                published_at=article.published_at or article.created_at,
            )
