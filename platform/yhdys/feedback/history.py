"""The history of a piece of feedback in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "feedback",
    {
        "received": pgettext_lazy("audit", "Received"),
        "answered": pgettext_lazy("audit", "Answered"),
    },
)
