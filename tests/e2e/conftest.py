"""A real server and a real browser: what a person sees and does, letters by SMTP included.

The server runs in threads of this process, on committed rows that are swept away afterwards. ``Site.deliver`` runs what
waits in a region's outbox, as a worker would.
"""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

from yhdys.config.settings.base import mailer
from yhdys.local.smtp import Mailbox
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_national, in_region

# Playwright keeps a loop of its own in the test's thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = os.environ.get("YHDYS_CHROMIUM") or shutil.which("chromium") or ""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}
CODE = re.compile(r"\b\d{4}-\d{4}\b")
LINK = re.compile(r"https?://\S+")


class QuietHandler(WSGIRequestHandler):
    """Says nothing to the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Drop it."""


@dataclass
class Site:
    """The running sites and their letters."""

    port: int
    mailbox: Mailbox

    def url(self, region: str = "", path: str = "/") -> str:
        """An address of a region's site, or of the national one."""
        return f"http://{region + '.' if region else ''}localhost:{self.port}{path}"

    def deliver(self, region: str = "") -> None:
        """Run what waits in the outbox of a region, or of the national site."""
        with in_region(region) if region else in_national():
            while outbox.sweep():
                pass

    def letter_to(self, address: str, region: str = "") -> str:
        """The text of the newest letter to an address, after delivery."""
        self.deliver(region)
        message = self.mailbox.to(address)[-1]
        body = message.get_body(("plain",))
        assert body is not None
        text: str = body.get_content()
        return text

    def code_to(self, address: str, region: str = "") -> str:
        """The code in the newest letter to an address."""
        found = CODE.search(self.letter_to(address, region))
        assert found is not None
        return found[0]

    def link_to(self, address: str, region: str = "") -> str:
        """The first link in the newest letter to an address."""
        found = LINK.search(self.letter_to(address, region))
        assert found is not None
        return found[0]


@pytest.fixture
def site(committed: None, mailbox: Mailbox, settings: LazySettings) -> Iterator[Site]:
    """The server, on a free port that the addresses in letters name."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler, connections_override={})
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    settings.YHDYS_PORT = server.server_port
    settings.MAILERS = {"default": mailer(os.environ["EMAIL_URL"])}  # pytest-django put a box in memory there
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="server", daemon=True)
    thread.start()
    yield Site(server.server_port, mailbox)
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """One browser for the whole run; each test has a window without cookies."""
    if not CHROMIUM:
        pytest.skip("No Chromium on this machine.")
    browser = _playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield browser
    browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window without cookies, in Finnish. What its pages complain of fails the test."""
    context = chromium.new_context(viewport=DESKTOP, locale="fi-FI", timezone_id="Europe/Helsinki")
    context.set_default_timeout(15_000)
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if not re.match(r"(https?://([a-z-]+\.)?localhost:|data:|blob:)", request.url):
            complaints.append(f"A request left for {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", watch)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def page(window: BrowserContext) -> Page:
    """A page of a new window on a desktop."""
    return window.new_page()


def keep_picture(page: Page, name: str) -> None:
    """Pictures of the page on a desktop and on a phone, where ``YHDYS_PICTURES`` names a folder for them."""
    folder = os.environ.get("YHDYS_PICTURES")
    if not folder:
        return
    for kind, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.screenshot(path=Path(folder) / f"{name}-{kind}.png", full_page=True)
    page.set_viewport_size(DESKTOP)


def assert_fits_phone(page: Page) -> None:
    """Nothing makes a page of 320 pixels scroll sideways."""
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESKTOP)
