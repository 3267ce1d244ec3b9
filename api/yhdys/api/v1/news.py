"""What a region publishes of its own pen; its drafts for those who write."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import (
    OPTIONAL_ADDRESS,
    Codes,
    Input,
    Moment,
    Reference,
    Translated,
    TranslatedText,
    address,
    page_address,
)
from yhdys.api.v1.filters import A_DAY, DayFilter, Filters, beginning_of
from yhdys.api.v1.meeting_steps import Nothing, ReasonInput
from yhdys.api.views import ListEndpoint, RecordEndpoint
from yhdys.keywords.models import Keyword
from yhdys.meetings.models import Meeting
from yhdys.news.actions import (
    publish_article,
    remove_article,
    schedule_article,
    unschedule_article,
    withdraw_article,
    write_article,
)
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.models import Article
from yhdys.organisations.models import Contact, Organisation
from yhdys.tenancy.context import require_scope


def articles_for(reader: Any) -> QuerySet[Any]:
    """What is public, and for those who work with news the rest. ``moment`` is its publishing, else its beginning."""
    rows: QuerySet[Any] = (
        Article.objects.visible_to(reader)
        .annotate(moment=Coalesce("published_at", "created_at"))
        .order_by("-moment", "-pk")
    )
    return rows


class ArticleLineSerializer(serializers.ModelSerializer[Article]):
    """A bulletin, a piece of news or a blog text as a list shows it."""

    title = Translated()
    lead = Translated()
    keywords = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    author = serializers.CharField(source="author_name", help_text="Empty when the council speaks.")
    edited_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField(help_text="Its page for people; null before it is published.")

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            "id", "slug", "kind", "state", "title", "lead", "keywords", "author", "published_at", "edited_at", "url",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(OPTIONAL_ADDRESS)
    def get_url(self, article: Article) -> str | None:
        return page_address(self.context, "public:article", slug=article.slug) if article.is_published else None


class ArticleSerializer(ArticleLineSerializer):
    """The whole article."""

    body = Translated(help_text="Rich text (HTML).")
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    meeting = serializers.SerializerMethodField(help_text="Which meeting it tells of.")
    image = serializers.SerializerMethodField()
    image_description = Translated()

    class Meta(ArticleLineSerializer.Meta):
        fields = (
            *ArticleLineSerializer.Meta.fields, "body", "organisation", "byline", "meeting", "image",
            "image_description", "scheduled_for", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_meeting(self, article: Article) -> str | None:
        """A meeting that the public does not know is not named to it."""
        meeting = article.meeting
        is_known = meeting is not None and (hasattr(meeting, "announcement") or self.context["view"].reader is not None)
        return str(article.meeting_id) if is_known else None

    @extend_schema_field(OPTIONAL_ADDRESS)
    def get_image(self, article: Article) -> str | None:
        if not (article.image and article.is_published):
            return None
        return page_address(self.context, "public:article-image", name=article.image_version)


class ArticleInput(Input):
    """An article. A title in one language is needed."""

    kind = serializers.ChoiceField(choices=ArticleKind.choices, required=False)
    title = TranslatedText(max_length=160)
    lead = TranslatedText(max_length=400, required=False)
    body = TranslatedText(required=False, help_text="Rich text (HTML); scripts, styles and images are taken out.")
    image_description = TranslatedText(max_length=300, required=False)
    author = Reference(Contact.objects.visible_to, allow_null=True, required=False, help_text="Key of a contact.")
    organisation = Reference(Organisation.objects.visible_to, allow_null=True, required=False)
    byline = serializers.CharField(max_length=200, allow_blank=True, required=False)
    meeting = Reference(Meeting.objects.visible_to, allow_null=True, required=False)
    keywords = Codes(Keyword.objects.all, required=False, help_text="Codes of keywords.")

    def put_into(self, article: Article) -> list[Keyword] | None:
        """Write what was sent into the record, unsaved. Returns the keywords, if they were sent."""
        columns = self.columns
        keywords: list[Keyword] | None = columns.pop("keywords", None)
        for name, value in columns.items():
            setattr(article, name, value)
        return keywords


class ScheduleInput(Input):
    """When it comes out by itself."""

    at = Moment()


class ArticleFilters(Filters):
    """Which articles."""

    kind = filters.ChoiceFilter(choices=ArticleKind.choices)
    state = filters.ChoiceFilter(choices=ArticleState.choices)
    keyword = filters.CharFilter(method="about", max_length=50, help_text="Code of a keyword.")
    first_day = DayFilter(method="since", help_text="Published not before this Finnish day.")
    last_day = DayFilter(method="until", help_text="Published not after this Finnish day.")

    def about(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.about(value)  # type: ignore[attr-defined]  # our own queryset
        return found

    def since(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(published_at__gte=beginning_of(value))

    def until(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(published_at__lt=beginning_of(value + A_DAY))


class NewsView(ListEndpoint):
    """Published articles, the newest first. With a token, drafts and withdrawn ones for those who work with news."""

    domain = "news"
    order = "-moment"
    queryset = Article.objects.none()
    serializer_class = ArticleLineSerializer
    filterset_class = ArticleFilters
    inputs = {"post": ArticleInput}
    answers = {"post": ArticleSerializer}

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = articles_for(self.reader).for_lists()  # type: ignore[attr-defined]  # our own queryset
        return rows

    def post(self, request: Request) -> Response:
        """Write a draft. Nobody outside sees it before it is published."""
        self.require("news.write_article", require_scope())
        context = self.get_serializer_context()
        sent = ArticleInput(data=request.data, context=context)
        sent.is_valid(raise_exception=True)
        article = Article()
        keywords = sent.put_into(article)
        write_article(article, keywords=keywords, by=self.writer)
        found = articles_for(self.writer).whole().get(pk=article.pk)  # type: ignore[attr-defined]  # our own queryset
        place = address({"request": request}, "article", pk=article.pk)
        return Response(ArticleSerializer(found, context=context).data, status=201, headers={"Location": place})


class ArticleView(RecordEndpoint):
    """One article."""

    domain = "news"
    lookup_field = "pk"
    queryset = Article.objects.none()
    serializer_class = ArticleSerializer
    inputs: dict[str, type[Input]] = {"patch": ArticleInput}

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = articles_for(self.reader)
        found: QuerySet[Any] = rows.whole().select_related("meeting__announcement")
        return found

    def patch(self, request: Request, pk: Any) -> Response:
        """Change what is sent; the rest stays. The page of a published article tells when it was edited."""
        sent = self.take(ArticleInput, partial=True)
        with self.changing("news.write_article") as article:
            write_article(article, keywords=sent.put_into(article), by=self.writer)
        return Response(self.told())

    def delete(self, request: Request, pk: Any) -> Response:
        """Delete a draft that was never public."""
        return self.remove("news.remove_article", remove_article)


class PublicationView(ArticleView):
    """The article becomes public."""

    http_method_names = ["post", "options"]
    inputs = {"post": Nothing}

    def post(self, request: Request, pk: Any) -> Response:
        """Publish it now."""
        self.take(Nothing)
        return self.change("news.publish_article", publish_article)


class ScheduleView(ArticleView):
    """The article comes out by itself."""

    http_method_names = ["post", "delete", "options"]
    inputs = {"post": ScheduleInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Let it be published at a moment within a year."""
        return self.change("news.publish_article", schedule_article, at=self.take(ScheduleInput).validated_data["at"])

    def delete(self, request: Request, pk: Any) -> Response:
        """Make it a draft again."""
        return self.remove("news.publish_article", unschedule_article)


class WithdrawalView(ArticleView):
    """The article leaves the public site."""

    http_method_names = ["post", "options"]
    inputs = {"post": ReasonInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Withdraw it; its address tells so. The reason stays in its history."""
        return self.change("news.withdraw_article", withdraw_article, **self.take(ReasonInput).validated_data)
