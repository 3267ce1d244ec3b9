"""A real server and a real browser: what a person sees and does, letters by SMTP included.

The server runs in threads of this process, on committed rows that are swept away afterwards. ``Site.deliver`` runs what
waits in a region's outbox, as a worker would.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright
from tests.e2e.browser import DESKTOP, FLAGS, PHONE, inspect, watched_page

from yhdys.accounts.models import User
from yhdys.accounts.sessions import SessionStore
from yhdys.config.settings.base import mailer
from yhdys.local.smtp import Mailbox
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_national, in_region

# Playwright keeps a loop of its own in the test's thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
type OpenPage = Callable[..., Page]
type Address = Callable[[str, str], str]
CHROMIUM = os.environ.get("YHDYS_CHROMIUM") or shutil.which("chromium") or ""
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
    browser = _playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
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
        # A person may go to a sign-in service of this machine; a page of ours never fetches from it.
        if request.is_navigation_request() and request.url.startswith("http://127.0.0.1:"):
            return
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


@pytest.fixture(scope="session")
def address(django_db_setup: None) -> Iterator[Address]:
    """``address("kainuu", "/-/gallery/")``, for pages that only read: one server for the whole run, nothing swept.

    The national site is ``address("", "/")``. A test that writes takes ``site``.
    """
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="reader", daemon=True)
    thread.start()

    def of(region: str, path: str) -> str:
        return f"http://{region + '.' if region else ''}localhost:{server.server_port}{path}"

    yield of
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """``open_page()``: a page in a window of its own, watched until the test ends; ``PHONE``, ``javascript=False``."""
    with ExitStack() as stack:

        def opened(viewport: dict[str, int] = DESKTOP, *, javascript: bool = True) -> Page:
            return stack.enter_context(watched_page(chromium, viewport, javascript=javascript))

        yield opened


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Both widths that every page is tested at."""
    size: dict[str, int] = request.param
    return size


def enter(window: BrowserContext, site: Site, user: User, region: str = "") -> None:
    """Sign a user in to a region (or to the national site) without going through the pages."""
    with in_region(region) if region else in_national():
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
    name = settings.SESSION_COOKIE_NAME
    window.add_cookies([{"name": name, "value": session.session_key or "", "url": site.url(region)}])


def keep_picture(page: Page, name: str) -> None:
    """Inspect the page on a phone and on a desktop; where ``YHDYS_PICTURES`` names a folder, keep pictures there."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict
        inspect(page)
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
