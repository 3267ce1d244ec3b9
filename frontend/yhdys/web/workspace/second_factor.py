"""Where an administrator without a second factor lands, wherever they were going."""

from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from yhdys.accounts.second_factor import must_set_up_second_factor
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import SIGNED_IN, Page


class SecondFactorPage(Page):
    """GET: why a second factor is needed, and the two ways to one. Who has one is led home."""

    permission = SIGNED_IN
    without_second_factor = True
    template_name = "workspace/second_factor.html"

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not must_set_up_second_factor(request.user):
            return HttpResponseRedirect(reverse("workspace:home"))
        return super().get(request, *args, **kwargs)
