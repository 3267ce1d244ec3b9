"""The closed lists of the meeting domain. The database keeps the values and the API shows them: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    """What sort of meeting it is. A constitutive one elects the officers of a new term."""

    ORDINARY = "ordinary", pgettext_lazy("kind of meeting", "Meeting")
    CONSTITUTIVE = "constitutive", pgettext_lazy("kind of meeting", "Constitutive meeting")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("kind of meeting", "Extraordinary meeting")


class MeetingState(TextChoices):
    """How far a meeting has come. ``RESCHEDULED`` waits for its new call: the former time no longer holds."""

    DRAFT = "draft", pgettext_lazy("state of a meeting", "In preparation")
    CONVENED = "convened", pgettext_lazy("state of a meeting", "Convened")
    HELD = "held", pgettext_lazy("state of a meeting", "Held")
    CLOSED = "closed", pgettext_lazy("state of a meeting", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "Cancelled")
    RESCHEDULED = "rescheduled", pgettext_lazy("state of a meeting", "Moved, new time open")


class ItemKind(TextChoices):
    """What an item asks of the meeting."""

    FORMAL = "formal", pgettext_lazy("kind of item", "Procedure")
    DECISION = "decision", pgettext_lazy("kind of item", "For decision")
    DISCUSSION = "discussion", pgettext_lazy("kind of item", "For discussion")
    INFORMATION = "information", pgettext_lazy("kind of item", "For information")
    ELECTION = "election", pgettext_lazy("kind of item", "Election")


class Publicity(TextChoices):
    """Who may read an item or a paper. “Members only” is a courtesy of the council, not secrecy in law."""

    PUBLIC = "public", pgettext_lazy("publicity", "Public")
    MEMBERS = "members", pgettext_lazy("publicity", "For the members only")


class Outcome(TextChoices):
    """How an item ended."""

    RESOLVED = "resolved", pgettext_lazy("outcome of an item", "Resolved as proposed")
    RESOLVED_WITH_CHANGES = "resolved_with_changes", pgettext_lazy("outcome of an item", "Resolved with changes")
    NOTED = "noted", pgettext_lazy("outcome of an item", "Noted")
    TABLED = "tabled", pgettext_lazy("outcome of an item", "Tabled to the next meeting")
    RETURNED = "returned", pgettext_lazy("outcome of an item", "Returned for preparation")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome of an item", "Withdrawn")


class ConvocationKind(TextChoices):
    """What a round of letters tells."""

    CALL = "call", pgettext_lazy("kind of notice", "Notice of meeting")
    MOVE = "move", pgettext_lazy("kind of notice", "New time")
    CANCELLATION = "cancellation", pgettext_lazy("kind of notice", "Cancellation")


class InvitationRole(TextChoices):
    """In which capacity somebody is called, the weightiest first."""

    CHAIR = "chair", pgettext_lazy("role at a meeting", "Chair")
    VICE_CHAIR = "vice_chair", pgettext_lazy("role at a meeting", "Vice chair")
    MEMBER = "member", pgettext_lazy("role at a meeting", "Member")
    EXPERT = "expert", pgettext_lazy("role at a meeting", "Expert member")
    SECRETARY = "secretary", pgettext_lazy("role at a meeting", "Secretary")
    COMMUNICATIONS = "communications", pgettext_lazy("role at a meeting", "Communications officer")
    EX_OFFICIO = "ex_officio", pgettext_lazy("role at a meeting", "Invited by office")
    GUEST = "guest", pgettext_lazy("role at a meeting", "Guest")
    DEPUTY = "deputy", pgettext_lazy("role at a meeting", "Deputy")
    COPY = "copy", pgettext_lazy("role at a meeting", "For information")


FOR_INFORMATION = (InvitationRole.DEPUTY, InvitationRole.COPY)
"""Those who get the papers and are not expected to come: no answer is waited for."""


class Answer(TextChoices):
    """What the called one has answered."""

    UNANSWERED = "unanswered", pgettext_lazy("answer to an invitation", "No answer yet")
    ATTENDING = "attending", pgettext_lazy("answer to an invitation", "Comes")
    REMOTE = "remote", pgettext_lazy("answer to an invitation", "Takes part remotely")
    DECLINED = "declined", pgettext_lazy("answer to an invitation", "Does not come")
    DEPUTY = "deputy", pgettext_lazy("answer to an invitation", "The deputy comes")


class AnsweredBy(TextChoices):
    """By which door an answer came."""

    LINK = "link", pgettext_lazy("door of an answer", "By the link in the letter")
    WORKSPACE = "workspace", pgettext_lazy("door of an answer", "In the workspace")
    DESK = "desk", pgettext_lazy("door of an answer", "Noted by the secretary")


class Presence(TextChoices):
    """How somebody was at a meeting."""

    PRESENT = "present", pgettext_lazy("presence", "Present")
    REMOTE = "remote", pgettext_lazy("presence", "Remotely")
    EXCUSED = "absent_with_notice", pgettext_lazy("presence", "Absent with notice")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")


class MinutesState(TextChoices):
    """How far the minutes have come. After approval the text changes only by numbered corrections."""

    DRAFT = "draft", pgettext_lazy("state of minutes", "Being written")
    UNDER_REVIEW = "under_review", pgettext_lazy("state of minutes", "With the checkers")
    APPROVED = "approved", pgettext_lazy("state of minutes", "Approved")
    PUBLISHED = "published", pgettext_lazy("state of minutes", "Published")


class CheckState(TextChoices):
    """What a checker has said."""

    WAITING = "waiting", pgettext_lazy("check of minutes", "Waiting")
    APPROVED = "approved", pgettext_lazy("check of minutes", "Approved")
    RETURNED = "returned", pgettext_lazy("check of minutes", "Asks for changes")


class DocumentKind(TextChoices):
    """What of a meeting is written as a document of its own."""

    AGENDA = "agenda", pgettext_lazy("document", "Agenda")
    MINUTES = "minutes", pgettext_lazy("document", "Minutes")
    EXCERPT = "excerpt", pgettext_lazy("document", "Excerpt of the minutes")
    RECORD = "record", pgettext_lazy("document", "Complete record")
