"""Absolute addresses of a region's pages, for letters and feeds."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from yhdys.regions.models import Domain
from yhdys.tenancy.context import PUBLIC, current_schema


def site_root() -> str:
    """Scheme, host and port of the current site, without a slash at the end. Raises NoScope."""
    schema = current_schema()
    if schema == PUBLIC:
        host = settings.YHDYS_DOMAIN
    else:
        host = Domain.objects.get(tenant__schema_name=schema, is_primary=True).domain
    return host_root(host)


def host_root(host: str) -> str:
    """Scheme, host and port of the site on a host name, without a slash at the end."""
    port = "" if settings.YHDYS_PORT in (80, 443) else f":{settings.YHDYS_PORT}"
    return f"{settings.YHDYS_SCHEME}://{host}{port}"


def region_path(name: str, *args: Any, language: str | None = None, **kwargs: Any) -> str:
    """The address of a page within a region's site, beginning with a slash, in a language."""
    with translation.override(language or translation.get_language()):
        return reverse(name, urlconf=settings.REGION_URLCONF, args=args, kwargs=kwargs)


def region_url(name: str, *args: Any, language: str | None = None, **kwargs: Any) -> str:
    """The whole address of a page of the current region (or of the national site) in a language."""
    urlconf = settings.ROOT_URLCONF if current_schema() == PUBLIC else settings.REGION_URLCONF
    with translation.override(language or translation.get_language()):
        return site_root() + reverse(name, urlconf=urlconf, args=args, kwargs=kwargs)
