"""What meetings keep of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.privacy.register import Basis, PersonalData, declare

declare(
    PersonalData(
        key="meetings.participants",
        order=30,
        title=_("Meetings"),
        people=_("Those who are called to meetings, guests, and those who write and check the minutes"),
        contents=_(
            "Who was called and how they answered, who was present, who stood in an election and with how many votes, "
            "who was given a task, who wrote, checked, "
            "corrected and published"
        ),
        purpose=_("Holding meetings and keeping their record"),
        basis=(Basis.TASK,),
        retention=_("Permanently, as part of the minutes"),
        publicity=_("What the published minutes tell: who was present and who was given a task"),
        tables=(
            "meetings.announcement",
            "meetings.assignment",
            "meetings.attendance",
            "meetings.candidate",
            "meetings.convocation",
            "meetings.election",
            "meetings.guest",
            "meetings.invitation",
            "meetings.keptdocument",
            "meetings.minutes",
            "meetings.minutescheck",
            "meetings.minutescorrection",
            "meetings.minutesversion",
            "meetings.move",
            "meetings.paper",
            "meetings.paperdelivery",
        ),
        past={
            "meetings.assignment": ("who",),
            "meetings.attendance": ("name", "in_place_of", "note"),
            "meetings.candidate": ("name",),
            "meetings.guest": ("name", "email"),
            "meetings.invitation": ("name", "email", "note"),
        },
    )
)
