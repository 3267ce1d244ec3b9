"""The audit trail of a meeting in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yhdys.audit.models import Entry
from yhdys.meetings.enums import Answer, Outcome

_VERBS: dict[str, str | Promise] = {
    "created": pgettext_lazy("history of a meeting", "Meeting made"),
    "cloned": pgettext_lazy("history of a meeting", "Agenda copied from an earlier meeting"),
    "changed": pgettext_lazy("history of a meeting", "Details changed"),
    "announced": pgettext_lazy("history of a meeting", "Put into the public calendar"),
    "announcement withdrawn": pgettext_lazy("history of a meeting", "Taken out of the public calendar"),
    "convened": pgettext_lazy("history of a meeting", "Meeting called: {called} people"),
    "cancelled": pgettext_lazy("history of a meeting", "Meeting cancelled: {reason}"),
    "rescheduled": pgettext_lazy("history of a meeting", "Meeting moved: {reason}"),
    "answered": pgettext_lazy("history of a meeting", "{name} answered: {answer}"),
    "letter sent again": pgettext_lazy("history of a meeting", "Letter sent again to {name}"),
    "guest added": pgettext_lazy("history of a meeting", "Guest added: {name}"),
    "guest removed": pgettext_lazy("history of a meeting", "Guest removed: {name}"),
    "held": pgettext_lazy("history of a meeting", "Record opened"),
    "closed": pgettext_lazy("history of a meeting", "Meeting closed"),
    "item added": pgettext_lazy("history of a meeting", "Item {number} § added"),
    "item changed": pgettext_lazy("history of a meeting", "Item {number} § changed"),
    "items reordered": pgettext_lazy("history of a meeting", "Agenda put in a new order"),
    "item removed": pgettext_lazy("history of a meeting", "Item {number} § removed"),
    "paper added": pgettext_lazy("history of a meeting", "Paper added: {title}"),
    "paper changed": pgettext_lazy("history of a meeting", "Paper changed: {title}"),
    "paper removed": pgettext_lazy("history of a meeting", "Paper removed: {title}"),
    "attendance recorded": pgettext_lazy("history of a meeting", "Attendance recorded: {there} of {listed} present"),
    "outcome recorded": pgettext_lazy("history of a meeting", "Outcome of {number} §: {outcome}"),
    "task assigned": pgettext_lazy("history of a meeting", "Task noted: {what}"),
    "task removed": pgettext_lazy("history of a meeting", "Task removed: {what}"),
    "task done": pgettext_lazy("history of a meeting", "Task done: {what}"),
    "task reopened": pgettext_lazy("history of a meeting", "Task open again: {what}"),
    "minutes started": pgettext_lazy("history of a meeting", "Minutes begun"),
    "minutes written": pgettext_lazy("history of a meeting", "Text of the minutes saved"),
    "minutes sent for review": pgettext_lazy("history of a meeting", "Minutes sent to the checkers"),
    "minutes approved by a checker": pgettext_lazy("history of a meeting", "{checker} approved the minutes"),
    "minutes returned": pgettext_lazy("history of a meeting", "{checker} asked for changes in the minutes"),
    "minutes approved": pgettext_lazy("history of a meeting", "Minutes approved"),
    "minutes published": pgettext_lazy("history of a meeting", "Minutes published"),
    "minutes corrected": pgettext_lazy("history of a meeting", "Correction {number} added to the minutes"),
}


def sentence_of(entry: Entry) -> str:
    """What the entry tells, in the active language; the bare verb for one of another app."""
    words = _VERBS.get(entry.verb)
    if words is None:
        return entry.verb
    details = dict(entry.details)
    if details.get("answer") in Answer.values:
        details["answer"] = Answer(details["answer"]).label
    if "outcome" in details:
        details["outcome"] = Outcome(details["outcome"]).label if details["outcome"] else _("none")
    return str(words).format_map(_Lenient(details))


class _Lenient(dict[str, object]):
    """A detail that an old entry lacks is left out of its sentence."""

    def __missing__(self, key: str) -> str:
        return "–"
