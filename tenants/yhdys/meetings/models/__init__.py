"""The records of a meeting."""

from yhdys.meetings.models.agenda import AgendaItem, Assignment, Resolution
from yhdys.meetings.models.attendance import Attendance
from yhdys.meetings.models.ballots import Candidate, Election, Vote
from yhdys.meetings.models.convocation import Convocation, Guest, Invitation
from yhdys.meetings.models.documents import KeptDocument
from yhdys.meetings.models.meeting import Announcement, FormerAddress, Meeting, Move
from yhdys.meetings.models.minutes import Minutes, MinutesCheck, MinutesCorrection, MinutesVersion
from yhdys.meetings.models.naming import Naming
from yhdys.meetings.models.papers import Paper
from yhdys.meetings.models.practice import MeetingPractice, PaperDelivery, StandingInvitation
from yhdys.meetings.models.standing import StandingItem

__all__ = [
    "AgendaItem",
    "Announcement",
    "Assignment",
    "Attendance",
    "Candidate",
    "Convocation",
    "Election",
    "FormerAddress",
    "Guest",
    "Invitation",
    "KeptDocument",
    "Meeting",
    "MeetingPractice",
    "Minutes",
    "MinutesCheck",
    "MinutesCorrection",
    "MinutesVersion",
    "Move",
    "Naming",
    "Paper",
    "PaperDelivery",
    "Resolution",
    "StandingInvitation",
    "StandingItem",
    "Vote",
]
