"""What the audit trail keeps of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare

declare(
    PersonalData(
        key="audit.entries",
        order=80,
        title=_("History of changes"),
        people=_("Those who use the workspace"),
        contents=_("Who changed what, and when"),
        purpose=_("Finding out afterwards what happened to a record; nobody can change the history"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_("As long as the records it tells of"),
        tables=("audit.entry",),
    )
)
