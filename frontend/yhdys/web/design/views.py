"""The region's colours as a stylesheet. The address names the colour, so it is the same for ever and anybody's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from yhdys.web.accent import palette

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def accent_stylesheet(request: HttpRequest, colour: str) -> HttpResponse:
    """GET ``/-/accent/2a6ebb.css``. No query, no session, no cookie; 404 for what is no colour."""
    if colour != colour.lower():
        raise Http404
    response = HttpResponse(palette(f"#{colour}").stylesheet(), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
