"""The letters the local mail catcher keeps: one ``.eml`` file each, as received, in a folder of the data folder."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
NAME = re.compile(r"\d{8}T\d{6}\.\d{6}-[0-9a-f]{8}")
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes


class Letter:
    """One received message, read leniently: what a broken letter holds is shown as far as it goes."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.source = path.read_bytes()
        parsed = message_from_bytes(self.source, policy=default)
        self.message: EmailMessage = parsed

    @property
    def received(self) -> datetime:
        """Helsinki time, from the file's name."""
        return datetime.strptime(self.name.partition("-")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=HELSINKI)

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    def part(self, kind: str) -> str:
        """The text of the ``plain`` or ``html`` body, empty where there is none."""
        body = self.message.get_body((kind,))
        if body is None:
            return ""
        try:
            return str(body.get_content())
        except (LookupError, KeyError):  # An unknown character set or content type.
            return str(body.get_payload())

    @property
    def links(self) -> list[str]:
        """Every address of the text body once, in order."""
        return list(dict.fromkeys(LINK.findall(self.part("plain"))))

    @property
    def attachments(self) -> list[Attachment]:
        """Everything that is not the body: files, and a calendar invitation offered as an alternative."""
        bodies = [self.message.get_body(("plain",)), self.message.get_body(("html",))]
        found = []
        for part in self.message.walk():
            if part.is_multipart() or any(part is body for body in bodies):
                continue
            content = part.get_payload(decode=True)
            filename = part.get_filename() or f"part.{part.get_content_subtype()}"
            found.append(Attachment(filename, part.get_content_type(), content if isinstance(content, bytes) else b""))
        return found


class LetterBox:
    """The folder of letters, newest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive(self, sender: str, recipients: list[str], content: bytes) -> None:
        """Keep a letter, with the envelope's addresses on top: blind copies stand nowhere else."""
        name = f"{datetime.now(HELSINKI):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}"
        envelope = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(recipients)}\r\n".encode()
        beside = self.folder / f"{name}.new"
        beside.write_bytes(envelope + content)
        beside.replace(self.folder / f"{name}.eml")

    def names(self) -> list[str]:
        return sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)

    def get(self, name: str) -> Letter | None:
        path = self.folder / f"{name}.eml"
        return Letter(path) if NAME.fullmatch(name) and path.exists() else None

    def empty(self) -> None:
        for path in self.folder.glob("*.eml"):
            path.unlink(missing_ok=True)
