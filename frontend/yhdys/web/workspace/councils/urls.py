"""Addresses of councils in the workspace."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.councils.views import bodies, ending, mandates, records, terms, ties

BODY = [
    path("", bodies.BodyPage.as_view(), name="body"),
    path(pgettext_lazy("address", "edit/"), bodies.BodyEditPage.as_view(), name="body-edit"),
    path(pgettext_lazy("address", "about/"), bodies.BodyAboutPage.as_view(), name="body-about"),
    path(pgettext_lazy("address", "terms/"), bodies.BodyTermsPage.as_view(), name="body-terms"),
    path(pgettext_lazy("address", "terms/new/"), terms.TermAddPage.as_view(), name="term-add"),
    path(pgettext_lazy("address", "ties/"), ties.BodyTiesPage.as_view(), name="body-ties"),
    path(pgettext_lazy("address", "ties/practice/"), ties.PracticePage.as_view(), name="body-practice"),
    path(
        pgettext_lazy("address", "ties/invitations/new/"), ties.InvitationAddPage.as_view(), name="body-invitation-add"
    ),
    path(pgettext_lazy("address", "ties/deliveries/new/"), ties.DeliveryAddPage.as_view(), name="body-delivery-add"),
    path(pgettext_lazy("address", "history/"), bodies.BodyHistoryPage.as_view(), name="body-history"),
    path(pgettext_lazy("address", "history/<uuid:version>/"), bodies.BodyRestorePage.as_view(), name="body-restore"),
    path(pgettext_lazy("address", "<slug:kind>/new/"), records.RecordAddPage.as_view(), name="record-add"),
]
TERM = [
    path("", terms.TermPage.as_view(), name="term"),
    path(pgettext_lazy("address", "edit/"), terms.TermEditPage.as_view(), name="term-edit"),
    path(pgettext_lazy("address", "start/"), terms.StartTermView.as_view(), name="term-start"),
    path(pgettext_lazy("address", "review/"), terms.ReviewTermView.as_view(), name="term-review"),
    path(pgettext_lazy("address", "continuation/"), terms.ContinueTermPage.as_view(), name="term-continue"),
    path(pgettext_lazy("address", "end/"), ending.EndTermPage.as_view(), name="term-end"),
    path(pgettext_lazy("address", "constitution/"), terms.ConstitutePage.as_view(), name="term-constitute"),
    path(pgettext_lazy("address", "seats/new/"), terms.SeatAddPage.as_view(), name="seat-add"),
    path(pgettext_lazy("address", "seats/copy/"), terms.CopySeatsView.as_view(), name="seats-copy"),
    path(pgettext_lazy("address", "members/new/"), terms.AppointPage.as_view(), name="member-add"),
]
SEAT = [
    path(pgettext_lazy("address", "edit/"), terms.SeatEditPage.as_view(), name="seat-edit"),
    path(pgettext_lazy("address", "removal/"), terms.SeatRemovalPage.as_view(), name="seat-remove"),
    path(pgettext_lazy("address", "successor/"), terms.HandOverPage.as_view(), name="seat-hand-over"),
]
MEMBER = [
    path(pgettext_lazy("address", "end/"), terms.EndMembershipPage.as_view(), name="member-end"),
    path(pgettext_lazy("address", "replacement/"), terms.ReplacePage.as_view(), name="member-replace"),
]
RECORD = [
    path(pgettext_lazy("address", "edit/"), records.RecordEditPage.as_view(), name="record-edit"),
    path(pgettext_lazy("address", "removal/"), records.RecordRemovalPage.as_view(), name="record-remove"),
]
MANDATES = [
    path("", mandates.RepresentationsPage.as_view(), name="representations"),
    path(pgettext_lazy("address", "new/"), mandates.MandateAddPage.as_view(), name="mandate-add"),
    path("<uuid:pk>/", mandates.MandatePage.as_view(), name="mandate"),
    path(pgettext_lazy("address", "<uuid:pk>/end/"), mandates.MandateEndPage.as_view(), name="mandate-end"),
    path(pgettext_lazy("address", "<uuid:pk>/item/"), mandates.NamedAtPage.as_view(), name="mandate-item"),
    path(
        pgettext_lazy("address", "<uuid:pk>/reports/new/"), mandates.ReportAddPage.as_view(), name="mandate-report-add"
    ),
    path(
        pgettext_lazy("address", "reports/<uuid:pk>/removal/"),
        mandates.ReportRemovalPage.as_view(),
        name="mandate-report-remove",
    ),
]
pages = [
    path("", bodies.BodyListPage.as_view(), name="councils"),
    path(pgettext_lazy("address", "new/"), bodies.BodyAddPage.as_view(), name="body-add"),
    path(pgettext_lazy("address", "authorities/"), bodies.AuthorityListPage.as_view(), name="authorities"),
    path(pgettext_lazy("address", "representations/"), include(MANDATES)),
    path(pgettext_lazy("address", "terms/<uuid:pk>/"), include(TERM)),
    path(pgettext_lazy("address", "seats/<uuid:pk>/"), include(SEAT)),
    path(pgettext_lazy("address", "members/<uuid:pk>/"), include(MEMBER)),
    path(pgettext_lazy("address", "mandate/<uuid:pk>/place/"), bodies.MandateMoveView.as_view(), name="mandate-move"),
    path(
        pgettext_lazy("address", "ties/invitations/<uuid:pk>/removal/"),
        ties.InvitationRemovalPage.as_view(),
        name="body-invitation-remove",
    ),
    path(
        pgettext_lazy("address", "ties/deliveries/<uuid:pk>/removal/"),
        ties.DeliveryRemovalPage.as_view(),
        name="body-delivery-remove",
    ),
    path(pgettext_lazy("address", "<slug:kind>/new/"), records.RecordAddPage.as_view(), name="region-record-add"),
    path("<slug:kind>/<uuid:pk>/", include(RECORD)),
    path("<uuid:pk>/", include(BODY)),
]
urlpatterns = [path(pgettext_lazy("address", "councils/"), include(pages))]

navigation.door(
    "workspace:councils", pgettext_lazy("navigation", "Councils"), order=30, permission="councils.view_bodies"
)
