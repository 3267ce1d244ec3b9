"""The local mail catcher: takes every letter by SMTP, sends none on, and shows them in the browser.

Usage: ``python -m yhdys.local.catcher FOLDER SMTP_PORT HTTP_PORT``. Both doors are on loopback only.
"""

import mimetypes
import re
import sys
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from urllib.parse import quote, urlsplit

from yhdys.local.letters import Letter, LetterBox
from yhdys.local.smtp import SmtpServer

PAGE_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:"
PAGE_POLICY += "; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
LETTER_POLICY += "; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
"""A letter's HTML runs nothing and loads nothing; its links open beside."""
ASSETS = files("yhdys.local") / "assets"
SHOWN = 500


def page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/mailbox.css">
<link rel="icon" href="data:,">
<script src="/mailbox.js" defer></script>
</head>
<body>
<header><a class="home" href="/">Yhdys mailbox</a> <span>Letters sent on this machine; none has left it.</span></header>
<main>
{body}
</main>
</body>
</html>
"""


def list_page(box: LetterBox) -> str:
    """All letters, newest first, with the way to empty the box."""
    names = box.names()
    rows = []
    for letter in filter(None, map(box.get, names[:SHOWN])):
        subject = letter.header("Subject") or "(no subject)"
        count = len(letter.attachments)
        mark = f'<span class="mark">{count} attachment{"s"[: count != 1]}</span>' if count else ""
        rows.append(
            f'<li><a href="/{letter.name}/">{escape(subject)}</a> {mark}'
            f"<span>{escape(letter.header('X-Envelope-To') or letter.header('To'))}</span>"
            f'<time datetime="{letter.received:%Y-%m-%dT%H:%M:%S}">{letter.received:%d.%m.%Y %H:%M:%S}</time></li>'
        )
    if not rows:
        hint = "<p>Nothing yet. Convene a meeting or ask for a new password, and the letter comes here.</p>"
        return page("Mailbox", f'<h1>Mailbox</h1>\n<p id="news" role="status" data-count="0"></p>\n{hint}')
    more = f"<p>The newest {SHOWN} of {len(names)} letters.</p>" if len(names) > SHOWN else ""
    return page(
        "Mailbox",
        f"""<h1>Mailbox <small>{len(names)} letter{"s"[: len(names) != 1]}</small></h1>
<p id="news" role="status" data-count="{len(names)}"></p>
{more}<ol class="letters">
{"".join(rows)}
</ol>
<form method="post" action="/empty"><button>Delete all letters</button></form>""",
    )


def letter_page(letter: Letter) -> str:
    """One letter: who, what, its links to follow, its files, and both bodies."""
    subject = letter.header("Subject") or "(no subject)"
    headers = [
        (name, letter.header(header))
        for name, header in (
            ("From", "From"),
            ("To", "To"),
            ("Cc", "Cc"),
            ("Reply to", "Reply-To"),
            ("Delivered to", "X-Envelope-To"),
            ("Date", "Date"),
        )
    ]
    facts = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in headers if value)
    links = "".join(f'<li><a href="{escape(link)}">{escape(link)}</a></li>' for link in letter.links)
    attached = "".join(
        f'<li><a href="/{letter.name}/{number}/{quote(Path(part.filename).name)}">{escape(part.filename)}</a> '
        f"({escape(part.content_type)}, {len(part.content):,} bytes)</li>"
        for number, part in enumerate(letter.attachments)
    )
    html, text = letter.part("html"), letter.part("plain")
    sections = [
        f"<h2>Links</h2><ul>{links}</ul>" if links else "",
        f"<h2>Attachments</h2><ul>{attached}</ul>" if attached else "",
        f'<h2>HTML</h2><iframe src="/{letter.name}/html" title="The letter as HTML" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
        if html
        else "",
        f'<h2>Text</h2><pre tabindex="0">{escape(text)}</pre>' if text else "",
    ]
    return page(
        subject,
        f'<p><a href="/">All letters</a></p>\n<h1>{escape(subject)}</h1>\n<dl>{facts}</dl>\n'
        + "\n".join(filter(None, sections))
        + f'\n<p><a href="/{letter.name}/source">Source of the letter</a></p>',
    )


class MailboxHandler(BaseHTTPRequestHandler):
    """Five small pages. Answers only to our own names, so that a stranger's page cannot read the mail by rebinding."""

    server_version = "Yhdys"
    protocol_version = "HTTP/1.1"

    def __init__(self, request: socket, address: tuple[str, int], server: BaseServer, *, box: LetterBox) -> None:
        self.box = box
        super().__init__(request, address, server)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Not a line every two seconds that somebody looks at the box; errors are still told."""

    def is_for_us(self) -> bool:
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        return host in {"localhost", "127.0.0.1"}

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self.is_for_us():
            self.answer(404, "Unknown host", "text/plain")
        elif path == "/":
            self.answer(200, list_page(self.box))
        elif path == "/count":
            self.answer(200, str(len(self.box.names())), "text/plain")
        elif path in {"/mailbox.css", "/mailbox.js"}:
            self.answer(200, (ASSETS / path[1:]).read_bytes(), mimetypes.guess_type(path)[0] or "text/plain")
        else:
            self.show_letter(path)

    do_HEAD = do_GET

    def show_letter(self, path: str) -> None:
        parts = re.fullmatch(r"/([^/]+)/(?:(html|source)|(\d+)/[^/]*)?", path)
        letter = self.box.get(parts[1]) if parts else None
        if parts is None or letter is None:
            body = '<h1>Not here</h1><p>The letter may have been deleted. <a href="/">All letters</a></p>'
            self.answer(404, page("Not here", body))
        elif parts[2] == "html":
            self.answer(200, f'<base target="_blank">{letter.part("html")}', policy=LETTER_POLICY)
        elif parts[2] == "source":
            self.answer(200, letter.source, "text/plain")
        elif parts[3]:
            self.send_attachment(letter, int(parts[3]))
        else:
            self.answer(200, letter_page(letter))

    def send_attachment(self, letter: Letter, number: int) -> None:
        """Always as a file to save: what a stranger attached never runs as a page of ours."""
        attachments = letter.attachments
        if number >= len(attachments):
            self.answer(404, page("Not here", "<h1>Not here</h1>"))
            return
        chosen = attachments[number]
        name = quote(Path(chosen.filename).name)
        self.answer(200, chosen.content, "application/octet-stream", save_as=name)

    def do_POST(self) -> None:
        origin = self.headers.get("Origin", "")
        if not self.is_for_us() or urlsplit(origin).netloc != self.headers.get("Host") or self.path != "/empty":
            self.answer(403, "Not from here", "text/plain")
            return
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.box.empty()
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(
        self,
        status: int,
        content: str | bytes,
        content_type: str = "text/html",
        *,
        policy: str = PAGE_POLICY,
        save_as: str = "",
    ) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        self.send_header("Content-Type", f"{content_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if save_as:
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{save_as}")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def main() -> None:
    folder, smtp_port, http_port = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    box = LetterBox(folder)
    smtp = SmtpServer(box.receive, smtp_port)
    smtp.start()
    ThreadingHTTPServer(("127.0.0.1", http_port), partial(MailboxHandler, box=box)).serve_forever()


if __name__ == "__main__":
    main()
