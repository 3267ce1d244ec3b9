"""Forms that anybody may send without an account: no cookie, no CSRF token, and still not everybody's to abuse.

A public page must be the same for all, so that it can be cached; a token tied to a session would forbid that. Instead a
POST is taken only

* from a page of the very same host: the browser says so itself in ``Origin`` and ``Sec-Fetch-Site``;
* with a form age, signed for this region and this form, that is neither a robot's second nor yesterday's page;
* with the trap field empty, which people do not see and robots fill;
* so many times an hour from one address, and so many times from all together;
* once: the same request sent again is answered as before and has no second effect.

A view is decorated with ``@public_form``, and its form inherits :class:`PublicForm`.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ClassVar, Concatenate

import redis
import structlog
from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.csrf import csrf_exempt

from yhdys.core import clock
from yhdys.tenancy import signing
from yhdys.web.kept import late

YOUNGEST = timedelta(seconds=2)
"""Nobody reads and fills a form faster."""
OLDEST = timedelta(hours=24)
AN_HOUR = 60 * 60
FROM_ONE_ADDRESS = 10
FROM_ALL = 200
"""How many times an hour a form may be sent, from one address and from all together, in one region."""

log = structlog.get_logger(__name__)


def is_same_site(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from a page of this very host.

    ``Origin`` decides where the browser sends it, as all of today's do with a POST. A request with neither header is
    no browser's form.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site == "same-origin"
    return origin == f"{request.scheme}://{request.get_host()}"


def public_form[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Let a view take a form from anybody: no CSRF token, but only from a page of this host. Others get a 403."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_same_site(request):
            log.warning("public_form.other_site", origin=request.headers.get("Origin", "")[:200])
            return render(request, "public/other_site.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


@late.late_value("form_age")
def age_token(form: str) -> str:
    """When a form was opened: now. A page that is kept gets it each time it goes out."""
    return signing.dumps(int(clock.now().timestamp()), purpose=f"public_form.{form}")


class Trap(forms.TextInput):
    """A field that no person sees or reaches; what fills it is a robot."""

    is_hidden = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field with a label that says, to whoever meets it after all, to leave it empty."""
        return format_html(
            '<div hidden><label for="id_{0}">{1}</label>'
            '<input type="text" id="id_{0}" name="{0}" value="" tabindex="-1" autocomplete="off"></div>',
            name,
            _("Leave this field empty."),
        )


class PublicForm(forms.Form):
    """Mixin of a form that anybody may send. ``name`` tells one form from another; it never changes."""

    name: ClassVar[str]
    from_one_address: ClassVar[int] = FROM_ONE_ADDRESS
    from_all: ClassVar[int] = FROM_ALL

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(widget=Trap, required=False, max_length=200)

    def __init__(self, data: Any = None, *, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.request = request
        self.is_a_robots = False
        self.initial["opened"] = late.value(request, "form_age", self.name)

    def _renew(self) -> None:
        """Give the form that is shown again a new age."""
        data = MultiValueDict(self.data.lists() if isinstance(self.data, MultiValueDict) else {})
        data[self.add_prefix("opened")] = age_token(self.name)
        self.data = data

    def clean(self) -> dict[str, Any]:
        """Judge the age. A full trap is no error: the robot shall believe that all went well."""
        data = super().clean() or {}
        self.is_a_robots = bool(self.data.get(self.add_prefix("homepage")))
        sent = str(self.data.get(self.add_prefix("opened"), ""))
        self._renew()
        if not self.is_a_robots:
            self._check_age(sent)
        if not self.errors and not self.is_a_robots:
            self._check_rate()
        return data

    def _check_age(self, token: str) -> None:
        try:
            opened = int(signing.loads(token, purpose=f"public_form.{self.name}"))
        except (signing.BadSignature, TypeError, ValueError):
            raise ValidationError(
                gettext_lazy("The form could not be verified. Check it and send it again."), "forged"
            ) from None
        age = clock.now().timestamp() - opened
        if age > OLDEST.total_seconds():
            raise ValidationError(
                gettext_lazy("The page had been open for more than a day. Check the form and send it again."), "too_old"
            )
        if age < YOUNGEST.total_seconds():
            raise ValidationError(
                gettext_lazy("That was faster than a person can write. Wait a moment and send the form again."),
                "too_quick",
            )

    def _check_rate(self) -> None:
        for scope, most in ((_address(self.request), self.from_one_address), ("all", self.from_all)):
            if _count(f"public_form:{self.name}:{scope}") > most:
                raise ValidationError(
                    pgettext_lazy("public form", "This form has been sent too many times. Try again in an hour."),
                    "too_many",
                )

    def first_time(self) -> bool:
        """Whether this very request has not been taken before, and is a person's. Ask it once, before acting."""
        if self.is_a_robots:
            log.info("public_form.trapped", form=self.name)
            return False
        fields = "\x1f".join(f"{key}={value}" for key, value in sorted(self.cleaned_data.items()))
        digest = hashlib.sha256(fields.encode()).hexdigest()
        try:
            return bool(cache.add(f"public_form:{self.name}:sent:{digest}", 1, int(OLDEST.total_seconds())))
        except redis.RedisError as error:
            log.warning("public_form.cache_down", error=type(error).__name__)
            return True

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form again: 429 for too many, 422 for what must be mended."""
        if not self.is_bound or self.is_valid():
            return 200
        return 429 if any(error.code == "too_many" for error in self.non_field_errors().as_data()) else 422


def _address(request: HttpRequest) -> str:
    """A fingerprint of the sender's address: enough to count, and gone from the cache within an hour."""
    address = get_adapter().get_client_ip(request)
    return hashlib.sha256(address.encode()).hexdigest()[:24]


def _count(key: str) -> int:
    """How many times within an hour ``key`` has been counted, this time included; 0 while the cache is down."""
    try:
        cache.add(key, 0, AN_HOUR)
        return int(cache.incr(key))
    except ValueError:  # The hour ended between the two.
        return 1
    except redis.RedisError as error:
        log.warning("public_form.cache_down", error=type(error).__name__)
        return 0
