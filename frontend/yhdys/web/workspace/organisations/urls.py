"""Addresses of the directory of organisations and people."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.organisations import views

organisations = [
    path("", views.OrganisationListPage.as_view(), name="organisations"),
    path(pgettext_lazy("address", "new/"), views.OrganisationAddPage.as_view(), name="organisation-add"),
    path("<uuid:pk>/", views.OrganisationPage.as_view(), name="organisation"),
    path(pgettext_lazy("address", "<uuid:pk>/edit/"), views.OrganisationEditPage.as_view(), name="organisation-edit"),
    path(
        pgettext_lazy("address", "<uuid:pk>/history/<uuid:version>/"),
        views.OrganisationRestorePage.as_view(),
        name="organisation-restore",
    ),
]
people = [
    path("", views.ContactListPage.as_view(), name="people"),
    path(pgettext_lazy("address", "new/"), views.ContactAddPage.as_view(), name="contact-add"),
    path("<uuid:pk>/", views.ContactPage.as_view(), name="contact"),
    path(pgettext_lazy("address", "<uuid:pk>/edit/"), views.ContactEditPage.as_view(), name="contact-edit"),
    path(
        pgettext_lazy("address", "<uuid:pk>/history/<uuid:version>/"),
        views.ContactRestorePage.as_view(),
        name="contact-restore",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/invitation/"), views.ContactInviteView.as_view(), name="contact-invite"),
    path(pgettext_lazy("address", "<uuid:pk>/user/"), views.UserLinkPage.as_view(), name="contact-user"),
    path(pgettext_lazy("address", "<uuid:pk>/consents/<slug:field>/"), views.ConsentPage.as_view(), name="consent"),
]
urlpatterns = [
    path(pgettext_lazy("address", "organisations/"), include(organisations)),
    path(pgettext_lazy("address", "people/"), include(people)),
]

navigation.door(
    "workspace:organisations",
    pgettext_lazy("navigation", "Organisations"),
    order=40,
    permission="organisations.view_organisations",
    covers=("workspace:people",),
)
