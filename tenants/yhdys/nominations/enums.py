"""The closed lists of nomination calls. The database keeps the values: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CallKind(TextChoices):
    """Whom a call asks."""

    INVITED = "invited", pgettext_lazy("kind of nomination call", "Invited organisations")
    OPEN = "open", pgettext_lazy("kind of nomination call", "Open to the whole field")


class CallState(TextChoices):
    """How far a call has come; written by ``workflow`` only."""

    DRAFT = "draft", pgettext_lazy("state of a nomination call", "In preparation")
    OPEN = "open", pgettext_lazy("state of a nomination call", "Open")
    CLOSED = "closed", pgettext_lazy("state of a nomination call", "Closed")
    PROPOSED = "proposed", pgettext_lazy("state of a nomination call", "Proposed")
    APPOINTED = "appointed", pgettext_lazy("state of a nomination call", "Appointed")


class Reply(TextChoices):
    """What an invited organisation has answered."""

    UNANSWERED = "unanswered", pgettext_lazy("answer to a nomination call", "No answer yet")
    NAMED = "named", pgettext_lazy("answer to a nomination call", "Has named")
    DECLINED = "declined", pgettext_lazy("answer to a nomination call", "Names nobody")


class Door(TextChoices):
    """By which way names came."""

    LINK = "link", pgettext_lazy("way of an answer", "By the link in the letter")
    FORM = "form", pgettext_lazy("way of an answer", "By the public form")
    DESK = "desk", pgettext_lazy("way of an answer", "Noted by the secretary")


class Place(TextChoices):
    """For which place of a seat somebody is named."""

    MEMBER = "member", pgettext_lazy("place of a nominee", "Member")
    DEPUTY = "deputy", pgettext_lazy("place of a nominee", "Deputy")


class Gender(TextChoices):
    """Asked for section 4 a of the Equality Act; nobody has to tell."""

    WOMAN = "woman", pgettext_lazy("gender", "Woman")
    MAN = "man", pgettext_lazy("gender", "Man")
    OTHER = "other", pgettext_lazy("gender", "Other")


class TargetKind(TextChoices):
    """By what a region wants its council to be balanced."""

    SECTOR = "sector", pgettext_lazy("target of balance", "Sector of organisations")
    MUNICIPALITY = "municipality", pgettext_lazy("target of balance", "Municipality")
    SEAT_KIND = "seat_kind", pgettext_lazy("target of balance", "Kind of seat")
