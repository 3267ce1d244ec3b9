"""The national site's public pages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.national import comparing, downloads, views

app_name = "national"
urlpatterns = [
    path("", views.home, name="home"),
    path(pgettext_lazy("address", "regions/<slug:slug>/"), views.region, name="region"),
    path(pgettext_lazy("address", "figures/"), views.figures, name="figures"),
    path(pgettext_lazy("address", "figures.csv"), downloads.figures_csv, name="figures-file"),
    path(pgettext_lazy("address", "figures.xlsx"), downloads.figures_xlsx, name="figures-workbook"),
    path(pgettext_lazy("address", "compare/"), comparing.compare, name="compare"),
    path(pgettext_lazy("address", "published/"), views.published, name="published"),
    path(pgettext_lazy("address", "published/atom.xml"), views.published_feed, name="published-feed"),
    path(pgettext_lazy("address", "accessibility/"), views.accessibility, name="accessibility"),
    path(pgettext_lazy("address", "privacy/"), views.privacy, name="privacy"),
]
