"""Questions about news."""

from datetime import datetime

from django.db.models import Max, QuerySet
from django.db.models.functions import ExtractYear

from yhdys.core.clock import HELSINKI
from yhdys.keywords.models import Keyword
from yhdys.news.enums import ArticleState
from yhdys.news.models import Article, Publication


def newest(number: int) -> list[Article]:
    """The newest public articles, as cards show them."""
    return list(Article.objects.published().for_cards()[:number])


def last_public_change() -> datetime | None:
    """When the public last saw news come, change or go; None while there never were any. Two queries."""
    edited = Article.objects.filter(state=ArticleState.PUBLISHED).aggregate(
        edited=Max("updated_at"), published=Max("published_at")
    )
    withdrawn = Publication.objects.aggregate(at=Max("ended_at"))["at"]
    return max((moment for moment in (*edited.values(), withdrawn) if moment is not None), default=None)


def years() -> list[int]:
    """The years in which something public was published, the newest first."""
    found = (
        Article.objects.filter(state=ArticleState.PUBLISHED)
        .annotate(year=ExtractYear("published_at", tzinfo=HELSINKI))
        .values_list("year", flat=True)
        .distinct()
        .order_by("-year")
    )
    return list(found)


def keywords_in_use() -> QuerySet[Keyword]:
    """The subject keywords of public articles, in the Finnish alphabet."""
    used = Article.keywords.through.objects.filter(article__state=ArticleState.PUBLISHED).values("keyword")
    return Keyword.objects.filter(pk__in=used)


def related_to(article: Article, number: int = 3) -> list[Article]:
    """The newest other public articles that share a keyword with it."""
    codes = [keyword.pk for keyword in article.keywords.all()]
    if not codes:
        return []
    sharing = Article.keywords.through.objects.filter(keyword__in=codes).values("article")
    return list(Article.objects.published().filter(pk__in=sharing).exclude(pk=article.pk).for_cards()[:number])


def about_meeting(meeting_pk: object) -> list[Article]:
    """The public articles that tell of a meeting, the newest first."""
    return list(Article.objects.published().filter(meeting=meeting_pk).for_cards())
