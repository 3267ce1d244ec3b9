"""An article: a bulletin of a meeting, a piece of news, a blog text."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.core.fields import RichTextField
from yhdys.core.names import in_all
from yhdys.core.text import plain_text
from yhdys.keywords.models import Keyword
from yhdys.meetings.models import Meeting
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.names import image_path
from yhdys.organisations.models import Contact, Organisation
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class ArticleQuerySet(RegionalQuerySet["Article"]):
    """Articles as the public and the desk list them."""

    def visible_to(self, user: Any) -> Self:
        """All of them, for whoever works with news; else what is public."""
        if access.allowed(user, "news.view_articles", require_scope()):
            return self
        return self.filter(state=ArticleState.PUBLISHED)

    def published(self) -> Self:
        """What the public may read, the newest first."""
        return self.filter(state=ArticleState.PUBLISHED).order_by("-published_at", "-id")

    def of_kind(self, kind: str) -> Self:
        """Those of one kind."""
        return self.filter(kind=kind)

    def about(self, keyword: str) -> Self:
        """Those with a subject keyword, named by its code."""
        return self.filter(keywords=keyword)

    def of_year(self, year: int) -> Self:
        """Those published in a year of the Finnish calendar."""
        return self.filter(
            published_at__gte=clock.helsinki(year, 1, 1), published_at__lt=clock.helsinki(year + 1, 1, 1)
        )

    def for_lists(self) -> Self:
        """With what every row of a list shows; the long text stays behind."""
        return self.select_related("author", "organisation").prefetch_related("keywords").defer("body")

    def for_cards(self) -> Self:
        """What a card tells of each."""
        return self.only("kind", "slug", "published_at", "updated_at", *in_all("title", "lead"))

    def for_pages(self) -> Self:
        """What the article's public page tells, of whom it names too: two queries more for any number of rows."""
        names = in_all("organisation__name", "author__organisation__name", "meeting__title")
        return (
            self.select_related("author__organisation", "organisation", "meeting__announcement")
            .prefetch_related("keywords", "elsewhere__channel")
            .only(
                *("kind", "state", "slug", "byline", "published_at", "updated_at"),
                *("image", "image_width", "image_height", *in_all("title", "lead", "body", "image_description")),
                *("author__name", "author__organisation__slug", "organisation__slug"),
                *("meeting__slug", "meeting__starts_at", "meeting__announcement__meeting", *names),
            )
        )

    def whole(self) -> Self:
        """With everything that the article's own page shows."""
        return self.select_related("author", "organisation", "author__organisation", "meeting").prefetch_related(
            "keywords", "elsewhere", "elsewhere__channel"
        )

    def for_desk(self) -> Self:
        """What waits comes first: drafts and scheduled ones, then the rest, each by its newest day."""
        waiting = models.Case(
            models.When(state__in=[ArticleState.DRAFT, ArticleState.SCHEDULED], then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return self.for_lists().order_by(waiting, F("published_at").desc(nulls_first=True), "-updated_at", "-id")


class Article(RegionalModel):  # type: ignore[django-manager-missing]  # of a translated model that comes later
    """A text that the council publishes. Its address is fixed when it is first published, and then for ever."""

    kind = models.CharField(_("kind"), max_length=10, choices=ArticleKind, default=ArticleKind.BULLETIN)
    state = models.CharField(
        _("state"), max_length=10, choices=ArticleState, default=ArticleState.DRAFT, editable=False
    )
    slug = models.SlugField(_("name in addresses"), max_length=120, unique=True, null=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("One or two sentences. Lists and search engines show them.")
    )
    body = RichTextField(_("text"), blank=True)
    author = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
        help_text=_("Shown by name. Bulletins usually have none: the council speaks."),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author’s organisation"),
    )
    byline = models.CharField(
        _("author, written out"),
        max_length=200,
        blank=True,
        help_text=_("When the author is not among the contacts, for example a guest or an authority."),
    )
    keywords = models.ManyToManyField(Keyword, verbose_name=_("keywords"), related_name="+", blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("tells of the meeting"),
    )
    image = models.FileField(_("image"), upload_to=image_path, max_length=200, blank=True, editable=False)
    image_width = models.PositiveIntegerField(_("width of the image"), null=True, blank=True, editable=False)
    image_height = models.PositiveIntegerField(_("height of the image"), null=True, blank=True, editable=False)
    image_description = models.CharField(
        _("what the image shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who cannot see it. Say what matters in it, without “image of”."),
    )
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    scheduled_for = models.DateTimeField(_("to be published at"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = ArticleQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(image="") | Q(image_width__gt=0, image_height__gt=0), name="article_image_has_size"
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.PUBLISHED) | Q(published_at__isnull=False, slug__isnull=False),
                name="article_published_has_address",
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.SCHEDULED) | Q(scheduled_for__isnull=False),
                name="article_scheduled_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="article_published",
                condition=Q(state=ArticleState.PUBLISHED),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self._meta.verbose_name)

    @property
    def is_published(self) -> bool:
        """Whether the public may read it."""
        return self.state == ArticleState.PUBLISHED

    @property
    def published_on(self) -> date | None:
        """The Finnish date of its first publishing."""
        return self.published_at.astimezone(clock.HELSINKI).date() if self.published_at else None

    @property
    def image_version(self) -> str:
        """Names the image in its address, so that browsers may keep it for ever; empty without one."""
        return (self.image.name or "").rpartition("/")[2]

    @property
    def edited_at(self) -> datetime:
        """When the public last saw it change."""
        return max(self.updated_at, self.published_at or self.updated_at)

    @property
    def author_name(self) -> str:
        """Who wrote it, as the page says; empty when the council speaks."""
        return self.author.name if self.author else self.byline

    @property
    def author_organisation(self) -> Organisation | None:
        """For whom the author writes: told for this article, else the author's own organisation."""
        return self.organisation or (self.author.organisation if self.author else None)

    def languages(self) -> list[str]:
        """The languages in which it can be read through, Finnish first."""
        return [
            code
            for code in LANGUAGES
            if getattr(self, f"title_{code}") and plain_text(getattr(self, f"body_{code}") or "").strip()
        ]

    def save(self, **kwargs: Any) -> None:
        """An empty address is none, so that drafts do not collide."""
        self.slug = self.slug or None
        super().save(**kwargs)
