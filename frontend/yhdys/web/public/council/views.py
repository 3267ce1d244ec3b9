"""The council and the bodies below it, as anybody may see them."""

from datetime import date

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.councils.models import Body, Membership
from yhdys.organisations.models import Contact
from yhdys.web.files import photo_response
from yhdys.web.forms import FilterForm
from yhdys.web.kept.asked import public_page
from yhdys.web.public.council.shown import (
    body_address,
    body_context,
    representations_context,
    roster_address,
    roster_context,
)
from yhdys.web.requests import RegionRequest


class RosterForm(FilterForm):
    """From which day the roster is shown. The name of the parameter is part of public addresses: never change it."""

    paiva = forms.DateField(label=_("Date"), error_messages={"invalid": _("Write the day as 27.4.2022.")})

    def clean_paiva(self) -> date | None:
        """A roster is told up to this day."""
        day: date | None = self.cleaned_data["paiva"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("Choose a day that is not in the future."))
        return day


@public_page("paiva")
@require_safe
def council_page(request: RegionRequest) -> HttpResponse:
    """GET …/council/: the region's own council; ``?paiva=`` leads to its roster on that day."""
    try:
        body = Body.objects.regional_council()
    except Body.DoesNotExist:
        return render(request, "public/council/none.html")
    return _page(request, body)


@public_page("paiva")
@require_safe
def body_page(request: RegionRequest, slug: str) -> HttpResponse:
    """GET …/council/<slug>/: a body below the council, or one that has ended."""
    body: Body = get_object_or_404(Body.objects.listed(), slug=slug)
    if (address := body_address(body)) != request.path:
        return HttpResponsePermanentRedirect(address)
    return _page(request, body)


def _page(request: RegionRequest, body: Body) -> HttpResponse:
    form = RosterForm(request.GET if "paiva" in request.GET else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["paiva"]:
        return HttpResponseRedirect(roster_address(body, form.cleaned_data["paiva"]))
    context = body_context(body) | {"form": form}
    return render(request, "public/council/page.html", context, status=400 if form.errors else 200)


@public_page()
@require_safe
def council_roster_page(request: RegionRequest, on: date) -> HttpResponse:
    """GET …/council/composition/2022-04-27/: who sat in the council on that day."""
    try:
        body = Body.objects.regional_council()
    except Body.DoesNotExist as error:
        raise Http404 from error
    return _roster(request, body, on)


@public_page()
@require_safe
def body_roster_page(request: RegionRequest, slug: str, on: date) -> HttpResponse:
    """GET …/council/<slug>/composition/2022-04-27/: who sat in the body on that day."""
    body: Body = get_object_or_404(Body.objects.listed(), slug=slug)
    if (address := roster_address(body, on)) != request.path:
        return HttpResponsePermanentRedirect(address)
    return _roster(request, body, on)


def _roster(request: RegionRequest, body: Body, on: date) -> HttpResponse:
    if on > clock.today():
        raise Http404("Rosters of the future are not told.")
    form = RosterForm(initial={"paiva": on})
    return render(request, "public/council/roster.html", roster_context(body, on) | {"form": form})


@public_page()
@require_safe
def representations_page(request: RegionRequest) -> HttpResponse:
    """GET …/council/representation/: who speaks for the councils in groups outside, today."""
    return render(request, "public/council/representations.html", representations_context())


@require_safe
def photo(request: RegionRequest, name: str) -> HttpResponseBase:
    """GET …/council/photographs/<name>: of somebody in office who lets it be shown; 404 for everybody else."""
    in_office = Contact.objects.with_consents().filter(pk__in=Membership.objects.in_force().values("contact"))
    contact = in_office.filter(photo=f"contacts/{name}").first()
    if contact is None or not contact.has_public_photo:
        raise Http404
    return photo_response(contact)
