"""The history of a meeting in sentences."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs
from yhdys.meetings.enums import Answer, Outcome

verbs(
    "meetings",
    {
        "created": pgettext_lazy("history of a meeting", "Meeting made"),
        "cloned": pgettext_lazy("history of a meeting", "Agenda copied from an earlier meeting"),
        "changed": pgettext_lazy("history of a meeting", "Details changed"),
        "announced": pgettext_lazy("history of a meeting", "Put into the public calendar"),
        "announcement_withdrawn": pgettext_lazy("history of a meeting", "Taken out of the public calendar"),
        "convened": pgettext_lazy("history of a meeting", "Meeting called: {called} people"),
        "cancelled": pgettext_lazy("history of a meeting", "Meeting cancelled: {reason}"),
        "rescheduled": pgettext_lazy("history of a meeting", "Meeting moved: {reason}"),
        "answered": pgettext_lazy("history of a meeting", "{name} answered: {answer}"),
        "letter_sent_again": pgettext_lazy("history of a meeting", "Letter sent again to {name}"),
        "guest_added": pgettext_lazy("history of a meeting", "Guest added: {name}"),
        "guest_removed": pgettext_lazy("history of a meeting", "Guest removed: {name}"),
        "held": pgettext_lazy("history of a meeting", "Record opened"),
        "closed": pgettext_lazy("history of a meeting", "Meeting closed"),
        "item_added": pgettext_lazy("history of a meeting", "Item {number} § added"),
        "item_changed": pgettext_lazy("history of a meeting", "Item {number} § changed"),
        "restored": pgettext_lazy("history of a meeting", "Earlier version of item {number} § put back"),
        "items_reordered": pgettext_lazy("history of a meeting", "Agenda put in a new order"),
        "item_removed": pgettext_lazy("history of a meeting", "Item {number} § removed"),
        "paper_added": pgettext_lazy("history of a meeting", "Paper added: {title}"),
        "paper_changed": pgettext_lazy("history of a meeting", "Paper changed: {title}"),
        "paper_removed": pgettext_lazy("history of a meeting", "Paper removed: {title}"),
        "attendance_recorded": pgettext_lazy(
            "history of a meeting", "Attendance recorded: {there} of {listed} present"
        ),
        "named_at_item": pgettext_lazy("history of a meeting", "Item of the naming told: {meeting}, {number} §"),
        "outcome_recorded": pgettext_lazy("history of a meeting", "Outcome of {number} §: {outcome}"),
        "task_assigned": pgettext_lazy("history of a meeting", "Task noted: {what}"),
        "task_removed": pgettext_lazy("history of a meeting", "Task removed: {what}"),
        "task_done": pgettext_lazy("history of a meeting", "Task done: {what}"),
        "task_closed": pgettext_lazy("history of a meeting", "Task closed without being done: {what} ({reason})"),
        "moved_to_term": pgettext_lazy("history of a meeting", "Carried over to the term {term}"),
        "task_reopened": pgettext_lazy("history of a meeting", "Task open again: {what}"),
        "minutes_started": pgettext_lazy("history of a meeting", "Minutes begun"),
        "minutes_written": pgettext_lazy("history of a meeting", "Text of the minutes saved"),
        "minutes_sent_for_review": pgettext_lazy("history of a meeting", "Minutes sent to the checkers"),
        "minutes_approved_by_checker": pgettext_lazy("history of a meeting", "{checker} approved the minutes"),
        "minutes_returned": pgettext_lazy("history of a meeting", "{checker} asked for changes in the minutes"),
        "minutes_approved": pgettext_lazy("history of a meeting", "Minutes approved"),
        "minutes_published": pgettext_lazy("history of a meeting", "Minutes published"),
        "minutes_corrected": pgettext_lazy("history of a meeting", "Correction {number} added to the minutes"),
        "standing_item_added": pgettext_lazy("history of a meeting", "Standing item added: {title}"),
        "standing_item_changed": pgettext_lazy("history of a meeting", "Standing item changed: {title}"),
        "standing_item_removed": pgettext_lazy("history of a meeting", "Standing item removed: {title}"),
        "standing_items_reordered": pgettext_lazy("history of a meeting", "Standing items put in a new order"),
        "standing_items_begun": pgettext_lazy("history of a meeting", "Standing items begun with the common ones"),
        "practice_set": pgettext_lazy("history of a meeting", "How the body meets was set"),
        "invitation_by_office_set": pgettext_lazy("history of a meeting", "Invitation by office set: {of_body}"),
        "invitation_by_office_ended": pgettext_lazy("history of a meeting", "Invitation by office ended: {of_body}"),
        "delivery_of_papers_set": pgettext_lazy("history of a meeting", "Delivery of papers set"),
        "delivery_of_papers_ended": pgettext_lazy("history of a meeting", "Delivery of papers ended: {to}"),
    },
    labels={"answer": Answer, "outcome": Outcome},
)
