"""The front page of a region's public site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yhdys.site.queries import region_settings
from yhdys.web.requests import RegionRequest


@require_safe
def front_page(request: RegionRequest) -> HttpResponse:
    """GET ``/``: what the council is and what goes on in it."""
    face = region_settings()
    return render(request, "public/front/page.html", {"face": face, "last_edited": face.updated_at})
