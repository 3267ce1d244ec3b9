"""Requests as our own middleware makes them, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yhdys.accounts.models import User
from yhdys.regions.hosts import RegionInfo


class SiteRequest(HttpRequest):
    """A request whose site is known: a region's, or the national one (``region`` is None)."""

    region: RegionInfo | None
    htmx: HtmxDetails


class RegionRequest(SiteRequest):
    """A request to a region's site, from anybody."""

    region: RegionInfo


class UserRequest(SiteRequest):
    """A request of somebody who is signed in."""

    user: User
