"""The history of a region's face in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "site",
    {
        "issue_added": pgettext_lazy("audit", "Failing content added"),
        "issue_changed": pgettext_lazy("audit", "Failing content changed"),
        "issue_removed": pgettext_lazy("audit", "Failing content removed"),
    },
)
