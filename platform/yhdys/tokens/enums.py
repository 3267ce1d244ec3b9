"""What a token may be made for. The database keeps the values and programs send them: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Scope(TextChoices):
    """A part of the API that a token opens, as far as its user may go there. Writing includes reading."""

    COUNCILS_READ = "councils:read", pgettext_lazy("scope of a token", "Read bodies, terms, seats and members")
    MEETINGS_READ = "meetings:read", pgettext_lazy("scope of a token", "Read meetings")
    MEETINGS_WRITE = "meetings:write", pgettext_lazy("scope of a token", "Read and change meetings")
    NEWS_READ = "news:read", pgettext_lazy("scope of a token", "Read news and drafts")
    NEWS_WRITE = "news:write", pgettext_lazy("scope of a token", "Read, write and publish news")
    ORGANISATIONS_READ = "organisations:read", pgettext_lazy("scope of a token", "Read organisations")
    ORGANISATIONS_WRITE = "organisations:write", pgettext_lazy("scope of a token", "Read and change organisations")
    OVERVIEW_READ = "overview:read", pgettext_lazy("scope of a token", "Read the figures of all regions")


OF_A_REGION = tuple(scope for scope in Scope if scope != Scope.OVERVIEW_READ)
"""Scopes of a region's site."""
OF_THE_NATION = (Scope.OVERVIEW_READ,)
"""Scopes of the national site."""
