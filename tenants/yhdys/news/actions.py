"""What people do with articles."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import put_back, record, record_restored
from yhdys.audit.models import Past
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.images import Picture
from yhdys.core.keeping import changed_fields, free_slug, locked, refuse_invalid
from yhdys.core.text import plain_text
from yhdys.keywords.models import Keyword
from yhdys.meetings.models import AgendaItem, Meeting
from yhdys.meetings.queries import record_of
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.models import Article, Elsewhere, Publication
from yhdys.news.workflow import advance
from yhdys.overview.actions import push_soon
from yhdys.regions.urls import region_url
from yhdys.tenancy import outbox

LONGEST_SCHEDULE = timedelta(days=366)
WRITTEN = (
    "kind",
    *(
        f"{name}_{code}"
        for name in ("title", "lead", "body", "image_description")
        for code, _name in settings.LANGUAGES
    ),
    "author",
    "organisation",
    "byline",
    "meeting",
)
"""What writing changes. State, address and dates have actions of their own."""


@transaction.atomic
def write_article(
    article: Article,
    *,
    by: User | None,
    keywords: Iterable[Keyword] | None = None,
    picture: Picture | None = None,
    without_image: bool = False,
) -> Article:
    """Save a new article or a changed one. ``keywords`` None leaves them as they are, and so does no ``picture`` the
    image, unless it is taken away (``without_image``).

    A published article may be corrected: the page tells when. Nothing happens to one that is as it was. Raises
    ActionRefused when no language has a title, and with what is wrong in a field.
    """
    is_new = article._state.adding
    is_public = not is_new and locked(article).is_published
    if not any(getattr(article, f"title_{code}") for code, _name in settings.LANGUAGES):
        raise ActionRefused(_("Give the article a title in at least one language."))
    if is_public:
        _require_readable(article)
    refuse_invalid(article)
    # An old copy may differ in its state, which is not written here.
    changes = [name for name in changed_fields(article) if name in WRITTEN]
    if is_new:
        article.written_by = by
        article.save()
    elif changes:
        article.save(update_fields=WRITTEN)
    if keywords is not None:
        wanted = list(keywords)
        if {one.pk for one in wanted} != set(article.keywords.values_list("pk", flat=True)):
            article.keywords.set(wanted)
            changes.append("keywords")
    if is_new:
        record(article, "written", by=by)
    elif changes:
        record(article, "changed", by=by, fields=changes)
    if is_public:
        push_soon()
    return set_image(article, picture, by=by) if picture is not None or without_image else article


@transaction.atomic
def draft_bulletin(meeting: Meeting, *, by: User | None) -> Article:
    """A bulletin of what a meeting resolved, made of its published record for somebody to finish.

    It has a language where a public item was resolved in it, and tells those items. The draft that an earlier call
    made is returned as it is. Raises ActionRefused before the minutes are public, and where nothing was resolved that
    the public may read.
    """
    meeting = locked(meeting)
    begun = Article.objects.filter(meeting=meeting, kind=ArticleKind.BULLETIN, state=ArticleState.DRAFT).first()
    if begun is not None:
        return begun
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or not minutes.is_published:
        raise ActionRefused(_("Publish the minutes first: the bulletin is made of what they tell."))
    article = Article(kind=ArticleKind.BULLETIN, meeting=meeting)
    items = [item for item in record_of(meeting, public=True)["items"] if hasattr(item, "resolution")]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            _tell_decisions(article, meeting, items, code)
    if not any(getattr(article, f"title_{code}") for code, _name in settings.LANGUAGES):
        raise ActionRefused(
            _("No public item of the meeting has a decision in words, so there is nothing to tell yet.")
        )
    write_article(article, by=by, keywords={word for item in items for word in item.keywords.all()})
    record(article, "drafted_from_minutes", by=by, meeting=str(meeting))
    return article


def _tell_decisions(article: Article, meeting: Meeting, items: list[AgendaItem], language: str) -> None:
    """Write title, lead and text in the active language, where anything was resolved in it."""
    told = []
    for item in items:
        item.decision = getattr(item.resolution, f"text_{language}")  # type: ignore[attr-defined]  # for the template
        if plain_text(item.decision or "").strip():  # type: ignore[attr-defined]  # as above
            told.append(item)
    if not told:
        return
    title = _("Decisions of the meeting: {meeting}").format(meeting=meeting)
    lead = _("{body} has met. Here is what it decided.").format(body=meeting.body)
    url = region_url("public:meeting", slug=meeting.slug)
    text = render_to_string(
        "news/bulletin.html", {"items": told, "url": url, "kind": meeting.minutes.get_kind_display()}
    )
    for name, value in (("title", title[:160]), ("lead", lead[:400]), ("body", text)):
        setattr(article, f"{name}_{language}", value)


@transaction.atomic
def restore_article(article: Article, version: Past, *, by: User | None) -> Article:
    """Put back an earlier version of an article's text, as a change of today. Raises ActionRefused."""
    article = locked(article)
    put_back(article, version, WRITTEN)
    write_article(article, by=by)
    record_restored(article, version, by=by)
    return article


@transaction.atomic
def publish_article(article: Article, *, by: User | None) -> Article:
    """Let the public read it, now. The first publishing gives the article its address, for ever.

    Raises ActionRefused when it has nothing to read, or is public already.
    """
    article = locked(article)
    _require_readable(article)
    advance(article, ArticleState.PUBLISHED)
    now = clock.now()
    article.published_at = article.published_at or now
    article.scheduled_for = None
    article.slug = article.slug or _free_slug(article)
    article.save(update_fields=["state", "published_at", "scheduled_for", "slug"])
    Publication.objects.create(article=article, began_at=now, began_by=by)
    record(article, "published", by=by)
    push_soon()
    return article


@transaction.atomic
def schedule_article(article: Article, *, at: datetime, by: User | None) -> Article:
    """Let it be published by itself ``at`` an aware moment, at most a year ahead.

    Raises ActionRefused for a moment that has passed, and where there is nothing to read yet.
    """
    article = locked(article)
    _require_readable(article)
    now = clock.now()
    if at <= now:
        raise ActionRefused(_("That moment has passed. Choose a later one, or publish the article now."))
    if at > now + LONGEST_SCHEDULE:
        raise ActionRefused(_("Choose a moment within a year."))
    advance(article, ArticleState.SCHEDULED)
    article.scheduled_for = at
    article.save(update_fields=["state", "scheduled_for"])
    outbox.put("news.publish_scheduled", str(article.pk), at.isoformat(), delay=at - now)
    record(article, "scheduled", by=by, at=at.isoformat())
    return article


@transaction.atomic
def unschedule_article(article: Article, *, by: User | None) -> Article:
    """Take a scheduled article back to the desk. Raises ActionRefused when it is no longer scheduled."""
    article = locked(article)
    advance(article, ArticleState.DRAFT)
    article.scheduled_for = None
    article.save(update_fields=["state", "scheduled_for"])
    record(article, "unscheduled", by=by)
    return article


@transaction.atomic
def publish_scheduled(pk: str, at: datetime) -> bool:
    """Publish an article whose moment has come. False when the plan has changed: then another effect waits."""
    article = Article.objects.select_for_update().filter(pk=pk, state=ArticleState.SCHEDULED, scheduled_for=at).first()
    if article is None:
        return False
    publish_article(article, by=None)
    return True


@transaction.atomic
def withdraw_article(article: Article, *, reason: str, by: User | None) -> Article:
    """Take it off the public site; its address tells so. Raises ActionRefused without a reason."""
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Say why the article is withdrawn. The reason stays in its history."))
    article = locked(article)
    advance(article, ArticleState.WITHDRAWN)
    article.save(update_fields=["state"])
    for publication in article.publications.in_force().select_for_update():
        publication.ended_at, publication.ended_by, publication.reason = clock.now(), by, reason[:300]
        publication.save(update_fields=["ended_at", "ended_by", "reason"])
    record(article, "withdrawn", by=by, reason=reason[:300])
    push_soon()
    return article


@transaction.atomic
def remove_article(article: Article, *, by: User | None) -> None:
    """Delete a draft. Raises ActionRefused when the public has ever seen it."""
    article = locked(article)
    if article.published_at is not None:
        raise ActionRefused(_("What has been published is not deleted. Withdraw it instead."))
    record(article, "removed", by=by)
    if article.image:
        outbox.put("news.forget_image", article.image.name)
    article.delete()


@transaction.atomic
def set_image(article: Article, picture: Picture | None, *, by: User | None) -> Article:
    """Give the article an image, another one, or none. The former file goes when this is committed.

    Raises ActionRefused for an image that no language describes.
    """
    article = locked(article)
    if picture is not None and not any(
        getattr(article, f"image_description_{code}") for code, _n in settings.LANGUAGES
    ):
        raise ActionRefused(_("Describe the image for those who cannot see it."))
    former = article.image.name if article.image else ""
    if picture is None:
        article.image, article.image_width, article.image_height = "", None, None
    else:
        article.image.save(f"image.{picture.kind}", ContentFile(picture.content), save=False)
        article.image_width, article.image_height = picture.width, picture.height
    article.save(update_fields=["image", "image_width", "image_height"])
    record(article, "image_changed", by=by, removed=picture is None)
    if former:
        outbox.put("news.forget_image", former)
    return article


@transaction.atomic
def note_elsewhere(appearance: Elsewhere, *, by: User | None) -> Elsewhere:
    """Tell where else the article has appeared. Raises ActionRefused for an address that cannot be one."""
    if not appearance.place:
        raise ActionRefused(_("Choose a channel of the council, or write where the article appeared."))
    if Elsewhere.objects.filter(article=appearance.article, url=appearance.url).exclude(pk=appearance.pk).exists():
        raise ActionRefused(_("That address is on the list already."))
    refuse_invalid(appearance)
    appearance.save()
    record(appearance.article, "noted_elsewhere", by=by, url=appearance.url)
    return appearance


@transaction.atomic
def forget_elsewhere(appearance: Elsewhere, *, by: User | None) -> None:
    """Take an appearance off the list."""
    record(appearance.article, "forgot_elsewhere", by=by, url=appearance.url)
    appearance.delete()


def missing_for_publishing(article: Article) -> list[str]:
    """What still lacks before the article can be published, as short phrases."""
    lacks = []
    if not article.languages():
        written = any(plain_text(getattr(article, f"body_{code}") or "").strip() for code, _n in settings.LANGUAGES)
        if written:
            lacks.append(_("a title and a text in the same language"))
        else:
            lacks.append(_("the text"))
    if article.kind == ArticleKind.BLOG and not article.author_name:
        lacks.append(_("the author of the blog text"))
    return lacks


def _require_readable(article: Article) -> None:
    if lacks := missing_for_publishing(article):
        raise ActionRefused(_("The article still lacks: {lacks}.").format(lacks=", ".join(lacks)))


def _free_slug(article: Article) -> str:
    """The day of publishing and the title, unlike any other article's: ``2022-03-12-neuvottelukunta-jarjestaytyi``."""
    with translation.override(article.languages()[0]):
        title = article.title
    day = article.published_on or clock.today()
    return free_slug(Article, f"{day:%Y-%m-%d} {title}", besides=article.pk)
