"""News for search engines."""

from collections.abc import Iterator

from yhdys.news.models import Article
from yhdys.web.public.machine.pages import Page, page_source


@page_source
def news_pages() -> Iterator[Page]:
    """The list and every public article."""
    newest = Article.objects.published().order_by("-updated_at").values_list("updated_at", flat=True).first()
    yield Page("public:news", edited_at=newest)
    for slug, edited_at in Article.objects.published().values_list("slug", "updated_at"):
        yield Page("public:article", {"slug": slug}, edited_at)
