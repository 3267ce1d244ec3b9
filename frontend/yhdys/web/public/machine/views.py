"""robots.txt, the site map and the address for reports of vulnerabilities."""

from datetime import timedelta
from xml.etree import ElementTree

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.site.queries import region_settings
from yhdys.web.kept.asked import public_page
from yhdys.web.public.machine.pages import published_pages
from yhdys.web.requests import RegionRequest

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
AN_HOUR = 60 * 60


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@public_page()
@require_safe
def robots(request: RegionRequest) -> HttpResponse:
    """GET ``/robots.txt``. Demonstration content says ``noindex`` on each page, so robots are let in to read it."""
    closed = []
    for language in region_settings().languages:
        with translation.override(language):
            closed.append(f"Disallow: {reverse('workspace:home')}")
    root = request.build_absolute_uri("/").rstrip("/")
    return _text(["User-agent: *", *closed, "Disallow: /-/", "", f"Sitemap: {root}{reverse('sitemap')}"])


@public_page()
@require_safe
def sitemap(request: RegionRequest) -> HttpResponse:
    """GET ``/sitemap.xml``: every published page in its languages; empty while the content is a demonstration."""
    face = region_settings()
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for page in published_pages() if not face.is_demonstration else ():
        paths = page.paths(face.languages)
        for path in paths.values():
            entry = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
            ElementTree.SubElement(entry, f"{{{SITEMAP}}}loc").text = request.build_absolute_uri(path)
            if page.edited_at is not None:
                edited = page.edited_at.astimezone(clock.HELSINKI).date().isoformat()
                ElementTree.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = edited
            for language, other in paths.items():
                ElementTree.SubElement(
                    entry,
                    f"{{{XHTML}}}link",
                    {"rel": "alternate", "hreflang": language, "href": request.build_absolute_uri(other)},
                )
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@public_page()
@require_safe
def security_contact(request: RegionRequest) -> HttpResponse:
    """GET ``/.well-known/security.txt`` (RFC 9116): where to report a vulnerability of the region's site."""
    face = region_settings()
    expires = (clock.now() + timedelta(days=90)).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        [
            f"Contact: mailto:{face.reply_to or face.sender_email}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(face.languages)}",
            f"Canonical: {request.build_absolute_uri(request.path)}",
        ]
    )
