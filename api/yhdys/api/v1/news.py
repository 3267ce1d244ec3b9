"""What a region has published of its own pen, as its public pages list it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from yhdys.api.reading import ReadableList, Translated
from yhdys.news.models import Article


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """A bulletin, a piece of news or a blog text. The text itself stands on its page."""

    title = Translated()
    lead = Translated()
    keywords = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    edited_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField(help_text="Its page for people.")

    class Meta:
        model = Article
        fields = ("id", "slug", "kind", "title", "lead", "keywords", "published_at", "edited_at", "url")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, article: Article) -> str:
        path = reverse("public:article", kwargs={"slug": article.slug})
        return str(self.context["request"].build_absolute_uri(path))


class NewsView(ReadableList):
    """Published articles, the newest first."""

    serializer_class = ArticleSerializer

    def get_queryset(self) -> QuerySet[Any]:
        articles: QuerySet[Any] = Article.objects.published().for_lists()
        return articles
