"""Addresses of the statements that the law asks for."""

from collections.abc import Iterator

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.site.queries import accessibility_statement, region_settings
from yhdys.web.public.legal import views
from yhdys.web.public.machine.pages import Page, page_source

urlpatterns = [
    path(pgettext_lazy("address", "accessibility/"), views.accessibility, name="accessibility"),
    path(pgettext_lazy("address", "accessibility/feedback/"), views.feedback, name="feedback"),
    path(
        pgettext_lazy("address", "accessibility/feedback/received/"), views.feedback_received, name="feedback-received"
    ),
    path(pgettext_lazy("address", "privacy/"), views.privacy, name="privacy"),
]


@page_source
def legal_pages() -> Iterator[Page]:
    """The statements, for search engines."""
    yield Page("public:accessibility", edited_at=accessibility_statement().updated_at)
    yield Page("public:feedback")
    yield Page("public:privacy", edited_at=region_settings().updated_at)
