"""The history of a nomination call in sentences."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "nominations",
    {
        "created": pgettext_lazy("history of a nomination call", "Request prepared"),
        "changed": pgettext_lazy("history of a nomination call", "Request changed"),
        "invited": pgettext_lazy("history of a nomination call", "{name} put on the list"),
        "uninvited": pgettext_lazy("history of a nomination call", "{name} taken off the list"),
        "address_changed": pgettext_lazy("history of a nomination call", "Address of {name} changed"),
        "opened": pgettext_lazy("history of a nomination call", "Request opened: {invited} asked"),
        "reminded": pgettext_lazy("history of a nomination call", "Reminded: {count}"),
        "letter_sent_again": pgettext_lazy("history of a nomination call", "New letter to {name}"),
        "named": pgettext_lazy("history of a nomination call", "{name} named representatives"),
        "declined": pgettext_lazy("history of a nomination call", "{name} names nobody"),
        "chosen": pgettext_lazy("history of a nomination call", "The nomination of {name} chosen for “{seat}”"),
        "organisation_linked": pgettext_lazy("history of a nomination call", "{name} found in the directory"),
        "closed": pgettext_lazy("history of a nomination call", "Request closed"),
        "proposed": pgettext_lazy("history of a nomination call", "Composition proposed: {count} seats"),
        "returned": pgettext_lazy("history of a nomination call", "Proposal returned: {reason}"),
        "decision_told": pgettext_lazy("history of a nomination call", "Decision told: {name}"),
        "target_set": pgettext_lazy("history of a nomination call", "Target set: {name}, at least {at_least}"),
        "target_removed": pgettext_lazy("history of a nomination call", "Target removed: {name}"),
        "appointed": pgettext_lazy("history of a nomination call", "Members appointed: {count}"),
    },
)
