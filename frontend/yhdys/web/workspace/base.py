"""What every page of the workspace is made of.

Nothing here is open by itself: a visitor is asked to sign in, an administrator to have a second factor, and every view
names the permission it needs (or says ``SIGNED_IN``) before it can be routed at all. Records come through their
``visible_to(user)``, so what somebody may not see does not exist for them: 404. What they see but may not do is 403.
A rule's refusal (ActionRefused) becomes a sentence on the page, and what was typed stays.
"""

from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.views import View

from yhdys.accounts.second_factor import must_set_up_second_factor
from yhdys.core import access
from yhdys.core.errors import ActionRefused, PermissionRefused
from yhdys.tenancy.context import require_scope
from yhdys.web.requests import UserRequest


class Anyone(Enum):
    """Stands in for a permission."""

    SIGNED_IN = "signed in"


SIGNED_IN: Final = Anyone.SIGNED_IN
"""``permission = SIGNED_IN``: the page is for everybody who may sign in, and shows each their own."""


class WorkspaceView(View):
    """A view behind the door. Subclasses name their ``permission`` and, where it is about a record, give it."""

    request: UserRequest
    permission: ClassVar[str | Anyone]
    """Asked before every handler, with ``permission_object``. A handler that needs more calls ``self.require``."""
    without_second_factor: ClassVar[bool] = False
    """Whether the page opens to an administrator who has yet to set up a second factor: only what leads there."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Raises ImproperlyConfigured for a view that does not say who may open it."""
        if not hasattr(cls, "permission"):
            raise ImproperlyConfigured(f"{cls.__name__} names no permission.")
        return super().as_view(**initkwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign-in, second factor, permission, handler; nothing of the workspace is kept in a cache."""
        response = self._answer(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not self.without_second_factor and must_set_up_second_factor(self.request.user):
            return HttpResponseRedirect(reverse("workspace:second-factor"))
        try:
            if isinstance(self.permission, str):
                self.require(self.permission, self.permission_object())
            return super().dispatch(request, *args, **kwargs)
        except PermissionRefused as refusal:
            raise PermissionDenied from refusal
        except ActionRefused as refusal:
            return self.refused(refusal)

    def permission_object(self) -> Any:
        """What ``permission`` is asked about: the site as a whole, unless a subclass has a record."""
        return require_scope()

    def require(self, permission: str, obj: Any) -> None:
        """Raise PermissionRefused (a 403) unless the user may do this to ``obj``."""
        access.require(self.request.user, permission, obj)

    def allowed(self, permission: str, obj: Any) -> bool:
        """Whether the user may do this to ``obj``."""
        return access.allowed(self.request.user, permission, obj)

    def refused(self, refusal: ActionRefused) -> HttpResponseBase:
        """A rule said no: its sentence is shown on the page that ``refused_url`` names."""
        messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.refused_url())

    def refused_url(self) -> str:
        """Where a refused action leads: this address if it can be opened, else home."""
        return self.request.path if hasattr(self, "get") else reverse("workspace:home")

    def success(self, message: str | Promise, url: str) -> HttpResponseRedirect:
        """Say that it is done and lead on."""
        messages.success(self.request, str(message))
        return HttpResponseRedirect(url)


class Page(WorkspaceView):
    """A page that shows something."""

    template_name: ClassVar[str]

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render()

    def context(self) -> dict[str, Any]:
        """What the template shows; subclasses extend it."""
        return {"view": self}

    def render(self, *, status: int = 200, **extra: Any) -> HttpResponse:
        """The page, or with ``template_name#part`` a part of it for htmx."""
        return render(self.request, self.template_name, {**self.context(), **extra}, status=status)


class RecordMixin(WorkspaceView):
    """A view about one record, which its ``pk`` in the address names and the user may see. Else 404."""

    model: ClassVar[type[Model]]

    def queryset(self) -> QuerySet[Any]:
        """The records this page may be about, with what it shows of them."""
        visible: QuerySet[Any] = self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # ours have it
        return visible

    @cached_property
    def record(self) -> Any:
        """The record. Raises Http404, for what does not exist and for what must not be known to exist alike."""
        pk: UUID = self.kwargs["pk"]
        return get_object_or_404(self.queryset(), pk=pk)

    def permission_object(self) -> Any:
        return self.record


class RecordPage(RecordMixin, Page):
    """A page about one record; the template calls it ``record``."""

    def context(self) -> dict[str, Any]:
        return super().context() | {"record": self.record}


class ListPage(Page):
    """A list, always in pages. The template gets ``page`` (rows in ``page.object_list``) and ``filter_form``."""

    page_size: ClassVar[int] = 25
    filter_form_class: ClassVar[type[forms.Form] | None] = None

    def queryset(self) -> QuerySet[Any]:
        """Everything the user may see of it, ordered."""
        raise NotImplementedError

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        """``rows`` narrowed by what the filter form says; subclasses with a form decide how."""
        return rows

    @cached_property
    def filter_form(self) -> forms.Form | None:
        """The filter as sent by GET."""
        return self.filter_form_class(self.request.GET) if self.filter_form_class else None

    @cached_property
    def page(self) -> PageOfList[Any]:
        """The page that ``?page=`` names; the nearest one for a number that is none."""
        rows = self.queryset()
        if self.filter_form is not None and self.filter_form.is_valid():
            rows = self.filtered(rows, self.filter_form.cleaned_data)
        return Paginator(rows, self.page_size).get_page(self.request.GET.get("page"))

    def context(self) -> dict[str, Any]:
        return super().context() | {"page": self.page, "filter_form": self.filter_form}


class FormPage(Page):
    """A page with a form: GET shows it, POST does what ``perform`` does and leads on.

    Mistakes answer 422 with the form as it was typed, a refusal by a rule 409 with its sentence in the error summary.
    """

    form_class: ClassVar[type[forms.BaseForm]]
    success_message: ClassVar[str | Promise] = ""

    def form_kwargs(self) -> dict[str, Any]:
        """More for the form: ``initial``, ``instance``."""
        return {}

    def make_form(self) -> Any:
        """The form, bound when it was sent."""
        sent = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        return self.form_class(*sent, **self.form_kwargs())

    @cached_property
    def form(self) -> Any:
        """The page's form."""
        return self.make_form()

    def context(self) -> dict[str, Any]:
        return super().context() | {"form": self.form}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.form.is_valid():
            return self.render(status=422)
        try:
            url = self.perform(self.form)
        except ActionRefused as refusal:
            self.form.add_error(None, str(refusal))
            return self.render(status=409)
        return self.success(self.success_message, url) if self.success_message else HttpResponseRedirect(url)

    def perform(self, form: Any) -> str:
        """Do it, by an action of the domain. Returns the address to lead on to."""
        raise NotImplementedError


class RecordFormPage(RecordMixin, FormPage):
    """A form about one record."""

    def context(self) -> dict[str, Any]:
        return super().context() | {"record": self.record}


class ActionView(WorkspaceView):
    """POST only: one action without a form. A refusal is shown on the page it leads back to."""

    http_method_names = ["post", "options"]
    success_message: ClassVar[str | Promise] = ""

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        url = self.perform()
        return self.success(self.success_message, url) if self.success_message else HttpResponseRedirect(url)

    def perform(self) -> str:
        """Do it, by an action of the domain. Returns the address to lead on to."""
        raise NotImplementedError


class RecordActionView(RecordMixin, ActionView):
    """POST only: one action on one record. A refusal leads to the record's own page (``refused_url``)."""
