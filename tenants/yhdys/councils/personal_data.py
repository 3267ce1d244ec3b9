"""What councils keep of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare, not_personal

declare(
    PersonalData(
        key="councils.members",
        order=10,
        title=_("Members of the council"),
        people=_("Chairs, members, deputies, experts, secretaries and communications officers, now and earlier"),
        contents=_("Name, role, for whom the person sits, dates"),
        purpose=_("The council’s work, and the public’s right to know who sits in it"),
        basis=(Basis.TASK,),
        retention=_("Permanently, as part of the council’s history"),
        publicity=_(
            "Name, role and organisation. A tie to a patient, mental-health or immigrant organisation is sensitive, so "
            "nothing more is told of a person"
        ),
        tables=("councils.membership", "councils.term"),
    )
)
not_personal("councils.body", "The body's own address and number.")
not_personal("councils.authority", "The registry's public address.")
