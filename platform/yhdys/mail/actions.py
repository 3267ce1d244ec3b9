"""Sending letters: the only way out of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import make_msgid

from django.core.mail import EmailAlternative, EmailAttachment, EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import models, transaction

from yhdys.core import clock
from yhdys.core.keeping import locked
from yhdys.mail.models import MailAttachment, OutgoingMail
from yhdys.mail.sender import current_sender
from yhdys.tenancy import outbox


@dataclass(frozen=True)
class Attachment:
    """A file to go with a letter. ``mimetype`` may carry parameters, such as ``text/calendar; method=REQUEST``."""

    filename: str
    content: bytes
    mimetype: str


@transaction.atomic
def send(
    *,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str = "",
    purpose: str,
    regarding: models.Model | None = None,
    attachments: Sequence[Attachment] = (),
    headers: dict[str, str] | None = None,
    reply_to: str = "",
    confidential: bool = False,
) -> OutgoingMail:
    """Let one letter leave in the region's name after the running transaction.

    The text of a ``confidential`` letter is not kept when it has left.

    Raises ValidationError for an address that cannot be one. While the clock is fixed (history being written), the
    letter is recorded as not sent.
    """
    for address in to:
        validate_email(address)
    sender = current_sender()
    history = clock.is_fixed()
    mail = OutgoingMail.objects.create(
        purpose=purpose,
        regarding_type=regarding._meta.label_lower if regarding is not None else "",
        regarding_id=str(regarding.pk) if regarding is not None else "",
        to=list(to),
        sender=str(Address(sender.name, addr_spec=sender.email)),
        reply_to=reply_to or sender.reply_to,
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
        headers=headers or {},
        confidential=confidential,
        message_id=make_msgid(domain=sender.email.rpartition("@")[2]),
        state=OutgoingMail.State.NOT_SENT if history else OutgoingMail.State.QUEUED,
    )
    if not history:
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=mail, position=n, filename=a.filename, mimetype=a.mimetype, content=a.content)
            for n, a in enumerate(attachments)
        )
        outbox.put("mail.deliver", str(mail.pk))
    return mail


def deliver(mail: OutgoingMail) -> None:
    """Hand one letter to the mail server. Raises OSError and smtplib's errors; a letter that left is left alone."""
    if mail.state != OutgoingMail.State.QUEUED:
        return
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=mail.to,
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers},
        alternatives=[EmailAlternative(mail.html, "text/html")] if mail.html else None,
        attachments=[
            EmailAttachment(file.filename, bytes(file.content), file.mimetype) for file in mail.attachments.all()
        ],
    )
    message.send()
    mail.state, mail.sent_at, mail.last_error = OutgoingMail.State.SENT, clock.now(), ""
    _forget_secret(mail)
    mail.save(update_fields=["state", "sent_at", "last_error", "text", "html"])
    mail.attachments.all().delete()


def give_up(mail: OutgoingMail, error: str) -> None:
    """Note that a letter could not be delivered; the desk shows it."""
    mail.state, mail.last_error = OutgoingMail.State.FAILED, error[:2000]
    _forget_secret(mail)
    mail.save(update_fields=["state", "last_error", "text", "html"])


def _forget_secret(mail: OutgoingMail) -> None:
    """Whoever looks at the letters sent must not find a key to somebody else's account."""
    if mail.confidential:
        mail.text = mail.html = ""


@transaction.atomic
def send_again(mail: OutgoingMail) -> None:
    """Try a letter that had failed once more. A confidential one stays: its receiver asks for a new one."""
    mail = locked(mail)
    if mail.state == OutgoingMail.State.FAILED and not mail.confidential:
        mail.state = OutgoingMail.State.QUEUED
        mail.save(update_fields=["state"])
        outbox.put("mail.deliver", str(mail.pk))
