"""What stands in a letter: a subject, a plain text and the same as HTML, from three templates of one name.

``write("accounts/mail/invitation", {...})`` renders ``…_subject.txt``, ``…_message.txt`` and ``…_message.html``. The
two messages extend ``mail/letter.txt`` and ``mail/letter.html``, which know the sender and the region's colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from yhdys.mail.sender import current_sender, sender_of
from yhdys.regions.urls import site_root
from yhdys.site.queries import region_settings
from yhdys.tenancy.context import in_a_region

NATIONAL_COLOUR = "#2a6ebb"


class Words(TypedDict):
    """The keyword arguments of ``mail.actions.send`` that are words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Letter:
    """The words of one letter; give them to ``mail.actions.send`` with ``**letter.words``."""

    subject: str
    text: str
    html: str

    @property
    def words(self) -> Words:
        """As keyword arguments of ``mail.actions.send``."""
        return {"subject": self.subject, "text": self.text, "html": self.html}


def write(template: str, context: Mapping[str, Any], *, language: str | None = None) -> Letter:
    """A letter in ``language`` (default: the active one) in the name of the current region or the national site.

    Raises TemplateDoesNotExist when one of the three templates is missing.
    """
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in known else translation.get_language() or "fi"):
        everything = {**_letterhead(), **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", everything).split())
        return Letter(
            subject=subject,
            text=render_to_string(f"{template}_message.txt", {**everything, "subject": subject}).strip() + "\n",
            html=render_to_string(f"{template}_message.html", {**everything, "subject": subject}),
        )


def _letterhead() -> dict[str, Any]:
    """What every letter says of its sender."""
    face = region_settings() if in_a_region() else None
    sender = sender_of(face) if face is not None else current_sender()
    colour = face.accent if face is not None else NATIONAL_COLOUR
    return {
        "sender_name": sender.name,
        "colour": colour,
        "site_url": site_root() + "/",
        "mail_language": translation.get_language() or "fi",
    }
