"""A real SMTP server on loopback that hands every received message to a function."""

import asyncio
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


class Handler:
    """Passes on each message with the envelope's addresses, which are what really counts."""

    def __init__(self, receive: Callable[[str, list[str], bytes], None]) -> None:
        self.receive = receive

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        try:
            await asyncio.to_thread(self.receive, envelope.mail_from or "", list(envelope.rcpt_tos), content)
        except OSError as error:
            return f"451 The message could not be kept: {error.strerror}"
        return "250 Kept"


class SmtpServer:
    """Runs in a thread of this process on a port of 127.0.0.1; port 0 asks for any free one."""

    def __init__(self, receive: Callable[[str, list[str], bytes], None], port: int = 0) -> None:
        self.handler = Handler(receive)
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp", daemon=True)

    def start(self) -> None:
        """Raises OSError when the port is taken."""
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _listen(self) -> int:
        self._server = await self._loop.create_server(self._protocol, "127.0.0.1", self.port)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def _protocol(self) -> SMTP:
        return SMTP(
            self.handler, enable_SMTPUTF8=True, hostname="localhost", ident="Yhdys mail catcher", loop=self._loop
        )

    def stop(self) -> None:
        """Close the door; letters already taken are kept."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()


class Mailbox:
    """The messages a test run received, oldest first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def receive(self, _sender: str, recipients: list[str], content: bytes) -> None:
        message = message_from_bytes(content, policy=default)
        message["X-Envelope-To"] = ", ".join(recipients)
        self.messages.append(message)

    def to(self, address: str) -> list[EmailMessage]:
        """The messages whose envelope names this recipient."""
        return [message for message in self.messages if address in message["X-Envelope-To"].split(", ")]

    def clear(self) -> None:
        self.messages.clear()
