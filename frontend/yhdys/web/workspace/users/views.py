"""The administration of a region's users (or the national programme's)."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from yhdys.accounts import actions
from yhdys.accounts.models import Session, StaffRole, User
from yhdys.accounts.queries import erased_on, invitation_ends
from yhdys.accounts.second_factor import has_second_factor
from yhdys.core import clock
from yhdys.web.forms import Form
from yhdys.web.workspace.base import (
    FormPage,
    ListPage,
    RecordActionView,
    RecordFormPage,
    RecordMixin,
    RecordPage,
)
from yhdys.web.workspace.trail import trail_of
from yhdys.web.workspace.users.forms import EndRoleForm, InvitationForm, RoleForm, UserFilter


def address_of(user: User) -> str:
    """The user's page."""
    return reverse("workspace:user", kwargs={"pk": user.pk})


class UserListPage(ListPage):
    """GET …/users/."""

    permission = "accounts.view_users"
    template_name = "workspace/users/list.html"
    filter_form_class = UserFilter

    def queryset(self) -> QuerySet[User]:
        roles = Prefetch("staff_roles", StaffRole.objects.in_force(), to_attr="roles_today")
        users: QuerySet[User] = User.objects.visible_to(self.request.user).by_name().prefetch_related(roles)
        return users

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        rows = rows.filter(is_active=wishes["show"] != "closed", erased_at=None)
        if wishes["show"] == "invited":
            rows = rows.filter(last_login=None)
        if wishes["show"] == "staff":
            rows = rows.filter(pk__in=StaffRole.objects.in_force().values("user"))
        found: QuerySet[Any] = rows.matching(wishes["q"])  # type: ignore[attr-defined]  # our own queryset
        return found


class InvitePage(FormPage):
    """GET, POST …/users/new/: an account and a letter with a link to begin with."""

    permission = "accounts.manage_users"
    template_name = "workspace/users/invite.html"
    form_class = InvitationForm
    success_message = gettext_lazy("The invitation is on its way.")

    def perform(self, form: InvitationForm) -> str:
        wishes = form.cleaned_data
        if wishes["role"]:
            wishes["start"] = wishes["start"] or clock.today()
        return address_of(actions.invite_user(**wishes, by=self.request.user))


class UserMixin(RecordMixin):
    """A view about one user."""

    model = User
    permission = "accounts.manage_users"

    def refused_url(self) -> str:
        return address_of(self.record)


class UserPage(UserMixin, RecordPage):
    """GET …/users/<pk>/."""

    permission = "accounts.view_users"
    template_name = "workspace/users/user.html"

    def context(self) -> dict[str, Any]:
        roles = self.record.staff_roles.select_related("granted_by").order_by("-start", "role")
        return super().context() | {
            "roles": roles,
            "has_second_factor": has_second_factor(self.record),
            "is_oneself": self.record.pk == self.request.user.pk,
            "trail": trail_of(
                self.record, self.request.user, values=self.allowed("accounts.manage_users", self.record)
            ),
            "invitation_ends": None if self.record.last_login else invitation_ends(self.record),
            "erased_on": erased_on(self.record),
            "session_count": Session.objects.of(self.record).count(),
        }


class GrantRolePage(UserMixin, RecordFormPage):
    """GET, POST …/users/<pk>/roles/new/."""

    template_name = "workspace/users/role.html"
    form_class = RoleForm
    success_message = gettext_lazy("The role was granted.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"start": clock.today()}}

    def perform(self, form: RoleForm) -> str:
        actions.grant_role(self.record, **form.cleaned_data, by=self.request.user)
        return address_of(self.record)


class EndRolePage(UserMixin, RecordFormPage):
    """GET, POST …/users/<pk>/roles/<role_pk>/end/."""

    template_name = "workspace/users/end_role.html"
    form_class = EndRoleForm
    success_message = gettext_lazy("The role has an end now.")

    @cached_property
    def staff_role(self) -> StaffRole:
        """The role. Raises Http404 for another user's."""
        return get_object_or_404(StaffRole, pk=self.kwargs["role_pk"], user=self.record)

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"last_day": clock.today() - timedelta(days=1)}}

    def context(self) -> dict[str, Any]:
        return super().context() | {"staff_role": self.staff_role}

    def perform(self, form: EndRoleForm) -> str:
        actions.end_role(self.staff_role, last_day=form.cleaned_data["last_day"], by=self.request.user)
        return address_of(self.record)


class ClosurePage(UserMixin, RecordFormPage):
    """GET asks, POST …/users/<pk>/closure/ closes the account."""

    template_name = "workspace/users/close.html"
    form_class = Form
    success_message = gettext_lazy("The account was closed.")

    def perform(self, form: Form) -> str:
        actions.close_account(self.record, by=self.request.user)
        return address_of(self.record)


class OpeningView(UserMixin, RecordActionView):
    """POST …/users/<pk>/opening/: a closed account opens again."""

    success_message = gettext_lazy("The account is open again.")

    def perform(self) -> str:
        actions.open_account(self.record, by=self.request.user)
        return address_of(self.record)


class InviteAgainView(UserMixin, RecordActionView):
    """POST …/users/<pk>/invitation/: a new link; the earlier one stops working."""

    success_message = gettext_lazy("A new invitation is on its way.")

    def perform(self) -> str:
        actions.invite_again(self.record, by=self.request.user)
        return address_of(self.record)


class WithdrawPage(UserMixin, RecordFormPage):
    """GET asks, POST …/users/<pk>/invitation/withdrawal/ takes the invitation back, and the unused account with it."""

    template_name = "workspace/users/withdraw.html"
    form_class = Form
    success_message = gettext_lazy("The invitation was withdrawn.")

    def perform(self, form: Form) -> str:
        actions.withdraw_invitation(self.record, by=self.request.user)
        return reverse("workspace:users")


class SignOutView(UserMixin, RecordActionView):
    """POST …/users/<pk>/sessions/end/: somebody's laptop was stolen."""

    success_message = gettext_lazy("The person was signed out on all devices.")

    def perform(self) -> str:
        actions.sign_out_everywhere(self.record, by=self.request.user)
        return address_of(self.record)


class SecondFactorRemovalPage(UserMixin, RecordFormPage):
    """GET asks, POST …/users/<pk>/second-factor-removal/ helps somebody who lost the phone."""

    template_name = "workspace/users/remove_factors.html"
    form_class = Form
    success_message = gettext_lazy("The second factors were removed. The person has been told by e-mail.")

    def perform(self, form: Form) -> str:
        actions.remove_second_factors(self.record, by=self.request.user)
        return address_of(self.record)
