"""The history of articles in words."""

from django.utils.translation import pgettext_lazy

from yhdys.audit.words import verbs

verbs(
    "news",
    {
        "written": pgettext_lazy("audit", "Written"),
        "drafted_from_minutes": pgettext_lazy("audit", "Drafted from the minutes: {meeting}"),
        "published": pgettext_lazy("audit", "Published"),
        "scheduled": pgettext_lazy("audit", "Set to come out by itself"),
        "unscheduled": pgettext_lazy("audit", "No longer set to come out by itself"),
        "withdrawn": pgettext_lazy("audit", "Withdrawn from the public"),
        "image_changed": pgettext_lazy("audit", "Image changed"),
        "noted_elsewhere": pgettext_lazy("audit", "Noted where else it appeared"),
        "forgot_elsewhere": pgettext_lazy("audit", "Took off where else it appeared"),
    },
)
