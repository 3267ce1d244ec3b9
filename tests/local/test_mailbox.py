"""The local mail catcher keeps what comes by SMTP and shows it without letting it do anything."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from yhdys.local.catcher import MailboxHandler
from yhdys.local.letters import LetterBox
from yhdys.local.smtp import SmtpServer


class Catcher:
    """Both doors of a catcher on free ports."""

    def __init__(self, folder: Path) -> None:
        self.box = LetterBox(folder)
        self.smtp = SmtpServer(self.box.receive)
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), partial(MailboxHandler, box=self.box))
        self.host = f"localhost:{self.http.server_port}"

    def send(self, message: EmailMessage, recipients: list[str]) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp.port) as client:
            client.send_message(message, "sihteeri@example.org", recipients)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.http.server_port, timeout=10)
        connection.request(method, path, headers={"Host": self.host} | headers)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response, body


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    catcher = Catcher(tmp_path / "mail")
    catcher.smtp.start()
    thread = Thread(target=catcher.http.serve_forever)
    thread.start()
    yield catcher
    catcher.http.shutdown()
    thread.join()
    catcher.http.server_close()
    catcher.smtp.stop()


def letter(subject: str = "Kokouskutsu") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "sihteeri@example.org"
    message["To"] = "jasen@example.org"
    message["Subject"] = subject
    message.set_content("Vastaa: http://kainuu.localhost:8000/vastaus/abc. Tervetuloa!")
    message.add_alternative("<p>Hei <b>jäsen</b><script>steal()</script></p>", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="kokous.ics")
    return message


def test_an_empty_box_says_how_letters_come(catcher: Catcher) -> None:
    response, body = catcher.ask("/")
    assert response.status == 200
    assert "Nothing yet." in body


def test_a_letter_is_listed_and_opens_with_its_parts(catcher: Catcher) -> None:
    catcher.send(letter(), ["jasen@example.org", "piilo@example.org"])
    (name,) = catcher.box.names()
    _, listed = catcher.ask("/")
    assert "Kokouskutsu" in listed
    assert "jasen@example.org, piilo@example.org" in listed

    _, shown = catcher.ask(f"/{name}/")

    assert '<a href="http://kainuu.localhost:8000/vastaus/abc">' in shown
    assert "kokous.ics" in shown
    assert f'<iframe src="/{name}/html"' in shown
    assert "steal()" not in shown


def test_the_html_part_is_shown_in_a_cage(catcher: Catcher) -> None:
    catcher.send(letter(), ["jasen@example.org"])
    response, body = catcher.ask(f"/{catcher.box.names()[0]}/html")
    policy = response.headers["Content-Security-Policy"]
    assert "<b>jäsen</b>" in body
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


def test_an_attachment_comes_as_a_file_to_save(catcher: Catcher) -> None:
    catcher.send(letter(), ["jasen@example.org"])
    response, body = catcher.ask(f"/{catcher.box.names()[0]}/0/kokous.ics")
    assert body.strip() == "BEGIN:VCALENDAR"
    assert response.headers["Content-Type"].startswith("application/octet-stream")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_markup_in_headers_is_text(catcher: Catcher) -> None:
    catcher.send(letter("<script>alert(1)</script>"), ["jasen@example.org"])
    for path in ("/", f"/{catcher.box.names()[0]}/"):
        assert "<script>alert" not in catcher.ask(path)[1]


def test_letters_stand_newest_first(catcher: Catcher) -> None:
    catcher.send(letter("Ensimmäinen"), ["jasen@example.org"])
    catcher.send(letter("Toinen"), ["jasen@example.org"])
    _, body = catcher.ask("/")
    assert body.index("Toinen") < body.index("Ensimmäinen")


@pytest.mark.parametrize("path", ["/../secrets.json", "/..%2fsecrets.json/", "/20260101T000000.000000-00000000/", "/x"])
def test_what_is_no_letter_is_not_found(catcher: Catcher, path: str) -> None:
    assert catcher.ask(path)[0].status == 404


def test_a_strangers_name_for_this_machine_gets_nothing(catcher: Catcher) -> None:
    catcher.send(letter(), ["jasen@example.org"])
    response, body = catcher.ask("/", Host="rebound.example.org")
    assert response.status == 404
    assert "Kokouskutsu" not in body


def test_only_our_own_page_empties_the_box(catcher: Catcher) -> None:
    catcher.send(letter(), ["jasen@example.org"])
    assert catcher.ask("/empty", "POST", Origin="http://stranger.example.org")[0].status == 403
    assert len(catcher.box.names()) == 1
    assert catcher.ask("/empty", "POST", Origin=f"http://{catcher.host}")[0].status == 303
    assert catcher.box.names() == []


def test_a_broken_letter_is_shown_as_far_as_it_goes(catcher: Catcher) -> None:
    raw = b"Subject: =?utf-8?q?Rikki?=\r\nContent-Type: text/plain; charset=no-such\r\n\r\nhei \xff\r\n"
    with smtplib.SMTP("127.0.0.1", catcher.smtp.port) as client:
        client.sendmail("a@example.org", ["b@example.org"], raw)
    response, body = catcher.ask(f"/{catcher.box.names()[0]}/")
    assert response.status == 200
    assert "Rikki" in body
