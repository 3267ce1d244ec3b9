"""Votes and elections of a meeting that is being or has been held. An elected officer is in office at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.councils.actions import Elected, elect, note_constitution, take_back_constitution, take_back_election
from yhdys.councils.enums import OFFICERS, Role
from yhdys.councils.models import Membership, Term
from yhdys.meetings.actions.common import By, held, locked_with_meeting
from yhdys.meetings.enums import MeetingKind
from yhdys.meetings.models import AgendaItem, Candidate, Election, Meeting, Vote
from yhdys.organisations.models import Contact


@dataclass(frozen=True)
class Stood:
    """Somebody who stood in an election; ``votes`` is None for all when it was unanimous."""

    name: str = ""
    contact: Contact | None = None
    votes: int | None = None
    is_elected: bool = False

    @property
    def called(self) -> str:
        """The name as it is written down."""
        return str(self.contact) if self.contact is not None else self.name.strip()


@transaction.atomic
def record_vote(item: AgendaItem, *, by: By, in_favour: int, against: int, blank: int = 0, question: str = "") -> Vote:
    """Write how many were for, against and blank.

    Raises ActionRefused when nobody voted or more than were there with a vote, and unless the record is open.
    """
    item, meeting = locked_with_meeting(item)
    held(meeting)
    vote = Vote(item=item, in_favour=in_favour, against=against, blank=blank, question=question.strip())
    if not vote.cast:
        raise ActionRefused(_("Write how many voted: at least one vote."))
    _refuse_too_many(meeting, vote.cast)
    refuse_invalid(vote, exclude={"item"})
    vote.save()
    record(meeting, "vote_recorded", by=by, number=item.number, result=f"{in_favour}–{against}–{blank}")
    return vote


@transaction.atomic
def remove_vote(vote: Vote, *, by: By) -> None:
    """Take back a vote that was written by mistake. Raises ActionRefused unless the record is open."""
    item, meeting = locked_with_meeting(vote.item)
    held(meeting)
    vote = locked(vote)
    vote.delete()
    record(meeting, "vote_removed", by=by, number=item.number)


@transaction.atomic
def record_election(
    item: AgendaItem, *, by: By, candidates: Sequence[Stood], office: str = "", task: str = "", blank: int = 0
) -> Election:
    """Write who stood and who was elected, to an ``office`` (a role of an officer) or to a ``task`` in words.

    An office begins on the day of the meeting and lasts to the end of the term; the former holder's ends on the day
    before. When a constitutive meeting has elected a chair and there is a secretary, the convener's rights end.
    Raises ActionRefused with what to mend, and unless the record is open.
    """
    item, meeting = locked_with_meeting(item)
    held(meeting)
    stood = list(candidates)
    if office and office not in OFFICERS:
        raise ActionRefused(_("Choose what was elected."))
    if not office and not task.strip():
        raise ActionRefused(_("Say what was elected, such as “Checkers of the minutes”."))
    _refuse_candidates(stood)
    elected = [one for one in stood if one.is_elected]
    if len(elected) == 1:
        _refuse_too_many(meeting, sum(one.votes or 0 for one in stood) + blank)
    election = Election(item=item, office=office, task="" if office else task.strip(), blank=blank)
    if office:
        _take_office(election, meeting, elected, by)
    refuse_invalid(election, exclude={"item", "membership", "former"})
    election.save()
    Candidate.objects.bulk_create(_written(election, stood))
    names = ", ".join(one.called for one in elected)
    if office:
        record(meeting, "officer_elected", by=by, number=item.number, role=office, elected=names)
    else:
        record(meeting, "election_recorded", by=by, number=item.number, what=election.task, elected=names)
    return election


@transaction.atomic
def undo_election(election: Election, *, by: By) -> None:
    """Take an election back with all that it changed in the council: office, former holder, convener's rights.

    Raises ActionRefused once the minutes are approved, and when somebody was elected to the office later.
    """
    item, meeting = locked_with_meeting(election.item)
    held(meeting)
    election = locked(election)
    membership = election.membership
    if election.constitutes and membership is not None:
        take_back_constitution(membership.term, by=by)
    if membership is not None:
        take_back_election(Elected(membership, election.is_new, election.former, election.former_end), by=by)
    election.delete()
    record(meeting, "election_undone", by=by, number=item.number)


def end_convening(meeting: Meeting, *, by: By) -> None:
    """Closing a constitutive meeting that elected a chair ends the convener's rights, even without a secretary."""
    if meeting.kind != MeetingKind.CONSTITUTIVE:
        return
    chairs = Election.objects.filter(item__meeting=meeting, office=Role.CHAIR, membership__isnull=False)
    chair = chairs.select_related("membership__term").first()
    if chair is not None and chair.membership is not None and meeting.day is not None:
        note_constitution(chair.membership.term, on=meeting.day, by=by)


def _take_office(election: Election, meeting: Meeting, elected: list[Stood], by: By) -> None:
    if len(elected) != 1:
        raise ActionRefused(_("An office has one holder. Mark one person as elected."))
    contact, role = elected[0].contact, Role(election.office)
    if contact is None:
        raise ActionRefused(
            _("Choose {person} from the list of people: an officer’s contact details must be known.").format(
                person=elected[0].called
            )
        )
    assert meeting.day is not None  # A held meeting has a time.
    term = meeting.term or Term.objects.of(meeting.body, on=meeting.day)
    if term is None or not term.holds_on(meeting.day):
        raise ActionRefused(_("The meeting was held outside the body’s terms. Check the dates of its terms."))
    came = elect(term=term, role=role, contact=contact, on=meeting.day, by=by)
    election.membership, election.is_new = came.membership, came.is_new
    election.former, election.former_end = came.former, came.former_end
    if meeting.kind == MeetingKind.CONSTITUTIVE and _can_go_on(meeting):
        election.constitutes = note_constitution(term, on=meeting.day, by=by)


def _can_go_on(meeting: Meeting) -> bool:
    """Whether somebody can take over from the convener: the body has a chair and a secretary."""
    there = Membership.objects.filter(body=meeting.body_id, role__in=[Role.CHAIR, Role.SECRETARY])
    return set(there.in_force(meeting.day).values_list("role", flat=True)) == {Role.CHAIR, Role.SECRETARY}


def _refuse_candidates(stood: list[Stood]) -> None:
    if not stood or not all(one.called for one in stood):
        raise ActionRefused(_("Write who stood in the election."))
    names = [one.contact.pk if one.contact is not None else one.called for one in stood]
    if len(names) != len(set(names)):
        raise ActionRefused(_("Somebody stands twice among the candidates."))
    elected = [one for one in stood if one.is_elected]
    if not elected:
        raise ActionRefused(_("Mark who was elected."))
    others = [one for one in stood if not one.is_elected]
    counted = [one for one in stood if one.votes is not None]
    if counted and len(counted) != len(stood):
        raise ActionRefused(_("Write the votes of every candidate, or of none if the election was unanimous."))
    if not counted and others:
        raise ActionRefused(_("Somebody was not elected: write the votes of every candidate."))
    fewest = min(elected, key=lambda one: one.votes or 0)
    most = max(others, key=lambda one: one.votes or 0, default=None)
    if most is not None and (most.votes or 0) > (fewest.votes or 0):
        raise ActionRefused(
            _("{other} got more votes than {elected}. Check the votes and who was elected.").format(
                other=most.called, elected=fewest.called
            )
        )


def _refuse_too_many(meeting: Meeting, cast: int) -> None:
    """More votes than voters; not asked before the attendance is recorded."""
    if not meeting.attendances.exists():
        return
    there = meeting.attendances.there().voting().count()
    if cast > there:
        raise ActionRefused(
            ngettext(
                "{cast} votes were cast, but {there} person with a vote was there. Check the votes or the attendance.",
                "{cast} votes were cast, but {there} people with a vote were there. Check the votes or the attendance.",
                there,
            ).format(cast=cast, there=there)
        )


def _written(election: Election, stood: list[Stood]) -> list[Candidate]:
    fresh = [
        Candidate(election=election, contact=one.contact, name=one.called, votes=one.votes, is_elected=one.is_elected)
        for one in stood
    ]
    for one in fresh:
        refuse_invalid(one, exclude={"election", "contact"})
    return fresh
