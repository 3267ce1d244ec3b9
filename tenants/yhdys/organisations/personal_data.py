"""What the directory of organisations keeps of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare, not_personal

declare(
    PersonalData(
        key="organisations.contacts",
        order=20,
        title=_("Contact persons of organisations and authorities"),
        people=_("Those who act for an organisation or an authority in the council’s work"),
        contents=_(
            "Name, title, organisation, address of the post, own e-mail address and telephone number, photograph, "
            "consents to publish them"
        ),
        purpose=_("Reaching those who take part in the council’s work"),
        basis=(Basis.TASK, Basis.CONSENT),
        retention=_("As long as the person has a task in the council’s work"),
        publicity=_("A photograph, a personal e-mail address or telephone number only by the person’s own consent"),
        tables=("organisations.contact", "organisations.consent"),
        past={
            "organisations.contact": (
                *("name", "title_fi", "title_sv", "title_en", "role_email", "email", "phone", "photo"),
                "photo_description",
            )
        },
    )
)
not_personal("organisations.organisation", "The organisation's own public address and number.")
