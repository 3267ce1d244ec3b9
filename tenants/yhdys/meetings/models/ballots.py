"""Votes and elections at an item of a meeting: a simple record of what was counted, and of who was elected."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.councils.enums import OFFICERS, Role
from yhdys.meetings.models.agenda import AgendaItem
from yhdys.meetings.models.meeting import PartQuerySet
from yhdys.tenancy.models import RegionalModel


class VoteQuerySet(PartQuerySet["Vote"]):
    """Votes by who may see them."""

    to_meeting = "item__meeting"


class Vote(RegionalModel):
    """One vote at an item: how many were for, against and blank."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes", verbose_name=_("agenda item"))
    question = models.CharField(_("what was voted on"), max_length=300, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("for"))
    against = models.PositiveSmallIntegerField(_("against"))
    blank = models.PositiveSmallIntegerField(_("blank"), default=0)

    objects = VoteQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_favour__gt=0) | Q(against__gt=0) | Q(blank__gt=0), name="vote_somebody_voted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}–{self.against}"

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.in_favour + self.against + self.blank


class ElectionQuerySet(PartQuerySet["Election"]):
    """Elections by who may see them."""

    to_meeting = "item__meeting"


class Election(RegionalModel):
    """One election at an item: of an office of the body, or of people to some task, such as checkers of the minutes.

    An office begins with the record of its election. What that changed is kept, so that it can be taken back.
    """

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="elections", verbose_name=_("agenda item")
    )
    office = models.CharField(
        _("office"), max_length=16, choices=[(role.value, role.label) for role in OFFICERS], blank=True
    )
    task = models.CharField(_("task"), max_length=150, blank=True)
    blank = models.PositiveSmallIntegerField(_("blank"), default=0)
    membership = models.ForeignKey(
        "councils.Membership",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="elections",
        verbose_name=_("membership"),
    )
    is_new = models.BooleanField(_("the membership began with it"), default=False, editable=False)
    former = models.ForeignKey(
        "councils.Membership",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("whose office ended"),
    )
    former_end = models.DateField(_("until when it would have lasted"), null=True, blank=True, editable=False)
    constitutes = models.BooleanField(_("ended the convener’s rights"), default=False, editable=False)

    objects = ElectionQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(office="") & ~Q(task="")) | (~Q(office="") & Q(task="")),
                name="election_of_office_or_to_task",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """What was elected, in words."""
        return str(Role(self.office).label) if self.office else self.task

    @property
    def elected(self) -> list["Candidate"]:
        """Those who were elected."""
        return [one for one in self.candidates.all() if one.is_elected]

    @property
    def is_unanimous(self) -> bool:
        """Whether nobody counted votes, since all agreed."""
        return all(one.votes is None for one in self.candidates.all())

    @property
    def is_by_lot(self) -> bool:
        """Whether somebody who was not elected had as many votes as somebody who was: then the lot decides."""
        lost = {one.votes for one in self.candidates.all() if not one.is_elected}
        return any(one.votes in lost for one in self.elected if one.votes is not None)


class Candidate(RegionalModel):
    """Somebody who stood in an election. The name is written out: minutes outlive contacts."""

    election = models.ForeignKey(
        Election, on_delete=models.CASCADE, related_name="candidates", verbose_name=_("election")
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=150)
    votes = models.PositiveSmallIntegerField(_("votes"), null=True, blank=True)
    is_elected = models.BooleanField(_("was elected"), default=False)

    class Meta(RegionalModel.Meta):
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-is_elected", models.F("votes").desc(nulls_last=True), "name", "id"]

    def __str__(self) -> str:
        return self.name
