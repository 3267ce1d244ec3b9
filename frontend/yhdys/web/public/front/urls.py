"""Addresses of the front page and of the contacts."""

from collections.abc import Iterator

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.site.queries import region_settings
from yhdys.web.public.front import views
from yhdys.web.public.machine.pages import Page, page_source

urlpatterns = [
    path("", views.front_page, name="home"),
    path(pgettext_lazy("address", "contact/"), views.contacts, name="contacts"),
]


@page_source
def front_pages() -> Iterator[Page]:
    """The two pages, for search engines."""
    edited = region_settings().updated_at
    yield Page("public:home", edited_at=edited)
    yield Page("public:contacts", edited_at=edited)
