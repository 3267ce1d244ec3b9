"""A person who acts for an organisation or an authority."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access
from yhdys.core.text import name_key
from yhdys.organisations.enums import ConsentField
from yhdys.organisations.models.consent import Consent
from yhdys.organisations.models.organisation import Organisation
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class ContactQuerySet(RegionalQuerySet["Contact"]):
    """People as lists and letters need them."""

    def visible_to(self, user: Any) -> Self:
        """All, for staff and those who keep the directory; else oneself and the people of one's own organisation."""
        if access.allowed(user, "organisations.view_contacts", require_scope()):
            return self
        pk = getattr(user, "pk", None)
        if pk is None or not user.is_active:
            return self.none()
        return self.filter(Q(user_id=pk) | Q(organisation__contacts__user_id=pk)).distinct()

    def with_consents(self) -> Self:
        """With the consents in force at hand, so that ``publishes`` asks the database nothing."""
        return self.prefetch_related(
            Prefetch("consents", Consent.objects.in_force().told(), to_attr="consents_in_force")
        )

    def reachable(self) -> Self:
        """Those to whom a letter can be sent."""
        return self.exclude(role_email="", email="")

    def listed(self) -> Self:
        """By family name, with their organisation."""
        return self.select_related("organisation").order_by("sort_key", "id")

    def search(self, words: str) -> Self:
        """Those whose name or title holds every word."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(title__icontains=word))
        return found


class Contact(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """A person. The name and role in the council are public for its task; the rest by consent, field by field.

    ``role_email`` is the address of a post and not of a person: it is written to first, and is public.
    """

    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    role_email = models.EmailField(_("e-mail address of the post"), blank=True)
    email = models.EmailField(_("personal e-mail address"), blank=True)
    phone = models.CharField(_("personal telephone number"), max_length=40, blank=True)
    photo = models.FileField(_("photograph"), upload_to="contacts", max_length=200, blank=True)
    photo_description = models.CharField(_("what the photograph shows"), max_length=200, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact",
        verbose_name=_("user"),
    )
    sort_key = models.CharField(max_length=160, editable=False, db_collation="C")

    objects = ContactQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["sort_key", "id"], name="contact_alphabet")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Keep the key by which Finns look for a person: family name first."""
        self.sort_key = name_key(self.name)[:160]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(**kwargs)

    @property
    def mail_address(self) -> str:
        """Where letters go: the post's address first, then the person's own; empty when there is neither."""
        return self.role_email or self.email

    def publishes(self, field: ConsentField) -> bool:
        """Whether the person lets this be shown now."""
        known: list[Consent] | None = getattr(self, "consents_in_force", None)
        if known is None:
            return self.consents.in_force().filter(field=field).exists()
        return any(consent.field == field for consent in known)

    @property
    def public_email(self) -> str:
        """The address that a page may show: the post's, else the person's own by consent, else empty."""
        return self.role_email or (self.email if self.email and self.publishes(ConsentField.EMAIL) else "")

    @property
    def public_phone(self) -> str:
        """The telephone number that a page may show; empty without consent."""
        return self.phone if self.phone and self.publishes(ConsentField.PHONE) else ""

    @property
    def has_public_photo(self) -> bool:
        """Whether a page may show the photograph."""
        return bool(self.photo) and self.publishes(ConsentField.PHOTO)
