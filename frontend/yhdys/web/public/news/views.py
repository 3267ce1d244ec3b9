"""News as the public reads them."""

from typing import Any, TypedDict
from uuid import NAMESPACE_URL, uuid5

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yhdys.core.text import clean_html, sort_key
from yhdys.news.enums import ArticleKind, ArticleState
from yhdys.news.models import Article
from yhdys.news.models.article import ArticleQuerySet
from yhdys.news.queries import last_public_change, related_to
from yhdys.site.queries import region_settings
from yhdys.tenancy.context import current_schema
from yhdys.web.contents import language_of, page_language
from yhdys.web.feeds import ATOM_TYPE, Entry, atom, unless_known
from yhdys.web.kept.asked import public_page
from yhdys.web.public.news.forms import NewsFilter
from yhdys.web.requests import RegionRequest

PAGE_SIZE = 12
IN_FEED = 30
A_WEEK = 7 * 24 * 60 * 60
KINDS = {"jpg": "image/jpeg", "png": "image/png"}


class Tab(TypedDict):
    """One kind of news above the list."""

    label: str
    url: str
    is_current: bool


@public_page("kind", "keyword", "year", "page")
@require_safe
def news(request: RegionRequest) -> HttpResponse:
    """GET ``…/uutiset/?kind=&keyword=&year=&page=``: public articles, the newest first. Nonsense is ignored."""
    form = NewsFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = _narrowed(Article.objects.published(), chosen)
    page = Paginator(found.for_cards(), PAGE_SIZE).get_page(request.GET.get("page"))
    edited = max((article.edited_at for article in page.object_list), default=None)
    context = {"page": page, "form": form, "tabs": _tabs(chosen.get("kind", "")), "last_edited": edited, **chosen}
    return render(request, "public/news/list.html", context)


def _narrowed(found: ArticleQuerySet, chosen: dict[str, Any]) -> ArticleQuerySet:
    if kind := chosen.get("kind"):
        found = found.of_kind(kind)
    if keyword := chosen.get("keyword"):
        found = found.about(keyword)
    if year := chosen.get("year"):
        found = found.of_year(year)
    return found


def _tabs(current: str) -> list[Tab]:
    there = set(Article.objects.published().order_by().values_list("kind", flat=True).distinct())
    labels = {
        "": pgettext("news", "All"),
        ArticleKind.BULLETIN.value: _("Bulletins"),
        ArticleKind.NEWS.value: pgettext("kind of articles", "News"),
        ArticleKind.BLOG.value: pgettext("kind of articles", "Blog"),
    }
    kinds = [kind for kind in labels if not kind or kind in there]
    if len(kinds) < 3:  # One kind alone needs no choice.
        return []
    address = reverse("public:news")
    return [
        {"label": labels[kind], "url": f"{address}?kind={kind}" if kind else address, "is_current": kind == current}
        for kind in kinds
    ]


@public_page()
@require_safe
def article(request: RegionRequest, slug: str) -> HttpResponse:
    """GET ``…/uutiset/2022-03-12-…/``. A withdrawn article answers 410 with a sentence, an unknown one 404."""
    found = Article.objects.for_pages().filter(slug=slug).first()
    if found is None:
        raise Http404
    if found.state != ArticleState.PUBLISHED:
        return render(request, "public/news/withdrawn.html", status=410)
    return render(request, "public/news/article.html", article_context(found))


@require_safe
def image(request: RegionRequest, name: str) -> HttpResponseBase:
    """GET ``…/uutiset/image/<name>``: the image of an article. Before publishing only the news desk sees it."""
    found = Article.objects.visible_to(request.user).filter(image=f"news/{name}").first()
    if found is None:
        raise Http404
    try:
        response = FileResponse(found.image.open("rb"), content_type=KINDS[name.rpartition(".")[2]])
    except (FileNotFoundError, KeyError):
        raise Http404 from None
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if found.is_published:
        patch_cache_control(response, public=True, max_age=A_WEEK)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def article_context(found: Article) -> dict[str, Any]:
    """What the article's page shows; the desk's preview shows the same."""
    announced = found.meeting is not None and hasattr(found.meeting, "announcement")
    return {
        "article": found,
        "language": language_of(found, "body"),
        "other_languages": [code for code in found.languages() if code != page_language()],
        "meeting": found.meeting if announced else None,
        "keywords": sorted(found.keywords.all(), key=lambda keyword: sort_key(keyword.name)),
        "related": related_to(found) if found.is_published else [],
        "last_edited": found.edited_at,
    }


@public_page()
@require_safe
def feed(request: RegionRequest) -> HttpResponseBase:
    """GET ``…/uutiset/atom.xml``: the newest public articles in full (RFC 4287), in the language of the address."""
    face, language = region_settings(), page_language()
    changed = max(filter(None, [face.updated_at, last_public_change()]))
    content = atom(
        id=uuid5(NAMESPACE_URL, f"yhdys:{current_schema()}:news:{language}").urn,
        title=_("{council}: news").format(council=face.council_name),
        subtitle=face.introduction,
        url=request.build_absolute_uri(reverse("public:news")),
        own_url=request.build_absolute_uri(request.path),
        author=face.council_name,
        language=language,
        updated=changed,
        entries=[_entry(request, one) for one in Article.objects.published().whole()[:IN_FEED]],
    )
    return unless_known(request, content, content_type=ATOM_TYPE, modified=changed, sees_removals=True)


def _entry(request: RegionRequest, one: Article) -> Entry:
    written_in = language_of(one, "title")
    return Entry(
        id=f"urn:uuid:{one.pk}",
        title=one.title,
        url=request.build_absolute_uri(reverse("public:article", kwargs={"slug": one.slug})),
        published=one.published_at or one.updated_at,
        updated=one.edited_at,
        summary=one.lead,
        content=clean_html(one.body),
        language=written_in if written_in != page_language() else "",
        author=one.author_name,
        keywords=tuple((keyword.code, keyword.name) for keyword in one.keywords.all()),
    )
