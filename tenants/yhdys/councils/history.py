"""The history of bodies, terms and members in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs
from yhdys.councils.enums import Role

verbs(
    "councils",
    {
        "created": pgettext_lazy("audit", "Founded"),
        "ended": pgettext_lazy("audit", "Ended"),
        "planned": pgettext_lazy("audit", "Planned"),
        "started": pgettext_lazy("audit", "Started"),
        "continued": pgettext_lazy("audit", "Continued"),
        "review_begun": pgettext_lazy("audit", "Taken under review"),
        "constituted": pgettext_lazy("audit", "Constitutive meeting noted"),
        "constitution_taken_back": pgettext_lazy("audit", "Constitutive meeting taken back"),
        "appointed": pgettext_lazy("audit", "Appointed"),
        "handed_over": pgettext_lazy("audit", "Seat passed to a successor"),
        "host_changed": pgettext_lazy("audit", "Host changed"),
        "mandates_reordered": pgettext_lazy("audit", "Put in a new order"),
        "matter_carried_over": pgettext_lazy("audit", "Carried over to the next term: {name}"),
        "matter_closed": pgettext_lazy("audit", "Closed when the term ended: {name} ({reason})"),
        "named": pgettext_lazy("audit", "Named"),
        "representative_named": pgettext_lazy("audit", "Representative named: {name}, {group}"),
        "mandate_end_set": pgettext_lazy("audit", "Last day of the mandate set: {on}"),
        "told_back": pgettext_lazy("audit", "Told what happened"),
        "report_removed": pgettext_lazy("audit", "Report removed"),
        "member_appointed": pgettext_lazy("audit", "Member appointed"),
        "member_ended": pgettext_lazy("audit", "Membership ended"),
        "election_taken_back": pgettext_lazy("audit", "Election taken back"),
        "record_added": pgettext_lazy("audit", "Record added"),
        "record_changed": pgettext_lazy("audit", "Record changed"),
        "record_removed": pgettext_lazy("audit", "Record removed"),
        "seat_removed": pgettext_lazy("audit", "Seat removed"),
        "seats_copied": pgettext_lazy("audit", "Seats copied from the earlier term"),
    },
    labels={"role": Role},
)
