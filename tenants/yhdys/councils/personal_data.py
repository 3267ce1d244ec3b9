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
declare(
    PersonalData(
        key="councils.representatives",
        order=15,
        title=_("Representatives in outside groups"),
        people=_("Those whom a council has named to partnership tables and working groups, and who told what happened"),
        contents=_("Name, organisation, group, dates; the representative’s own short reports"),
        purpose=_("Speaking for the associations in groups outside the council, and telling the members about it"),
        basis=(Basis.TASK,),
        retention=_("Permanently, as part of the council’s history"),
        publicity=_("Name, organisation, group and dates while the mandate lasts. The reports are for the members"),
        tables=("councils.representation", "councils.representationreport"),
    )
)
not_personal("councils.body", "The body's own address and number.")
not_personal("councils.authority", "The registry's public address.")
