"""Addresses of nomination calls in the workspace."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.nominations.views import desk, outcome

CALL = [
    path("", desk.CallPage.as_view(), name="nomination-call"),
    path(pgettext_lazy("address", "edit/"), desk.CallEditPage.as_view(), name="nomination-call-edit"),
    path(pgettext_lazy("address", "removal/"), desk.CallRemovalPage.as_view(), name="nomination-call-removal"),
    path(pgettext_lazy("address", "asked/new/"), desk.InvitePage.as_view(), name="nomination-invite"),
    path(pgettext_lazy("address", "asked/known/"), desk.InviteKnownView.as_view(), name="nomination-invite-known"),
    path(pgettext_lazy("address", "opening/"), desk.OpeningPage.as_view(), name="nomination-opening"),
    path(pgettext_lazy("address", "closing/"), desk.CloseView.as_view(), name="nomination-closing"),
    path(pgettext_lazy("address", "proposal/"), outcome.ProposalPage.as_view(), name="nomination-proposal"),
    path(pgettext_lazy("address", "return/"), outcome.ReturnPage.as_view(), name="nomination-return"),
    path(pgettext_lazy("address", "appointment/"), outcome.AppointmentPage.as_view(), name="nomination-appointment"),
    path(pgettext_lazy("address", "presentation.<str:kind>"), outcome.FileView.as_view(), name="nomination-file"),
]
ASKED = [
    path(pgettext_lazy("address", "address/"), desk.AddressPage.as_view(), name="nomination-address"),
    path(pgettext_lazy("address", "removal/"), desk.InvitationRemovalView.as_view(), name="nomination-uninvite"),
    path(pgettext_lazy("address", "letter/"), desk.LetterView.as_view(), name="nomination-letter"),
    path(pgettext_lazy("address", "answer/"), desk.NotePage.as_view(), name="nomination-note"),
]
NAMES = [
    path(pgettext_lazy("address", "choice/"), desk.ChoiceView.as_view(), name="nomination-choice"),
    path(pgettext_lazy("address", "organisation/"), desk.LinkPage.as_view(), name="nomination-organisation"),
]
pages = [
    path("", desk.CallListPage.as_view(), name="nominations"),
    path(pgettext_lazy("address", "terms/<uuid:pk>/new/"), desk.CallAddPage.as_view(), name="nomination-call-add"),
    path(pgettext_lazy("address", "asked/<uuid:pk>/"), include(ASKED)),
    path(pgettext_lazy("address", "names/<uuid:pk>/"), include(NAMES)),
    path(pgettext_lazy("address", "targets/<uuid:pk>/"), outcome.TargetsPage.as_view(), name="targets"),
    path(
        pgettext_lazy("address", "targets/<uuid:pk>/removal/"),
        outcome.TargetRemovalView.as_view(),
        name="target-removal",
    ),
    path("<uuid:pk>/", include(CALL)),
]
urlpatterns = [path(pgettext_lazy("address", "nominations/"), include(pages))]

navigation.door(
    "workspace:nominations",
    pgettext_lazy("navigation", "Nominations"),
    order=35,
    permission="nominations.view_calls",
)
