"""What every page owes its reader, as a browser sees it: accessible, self-contained, within its policy and 320 px."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}
OWN_HOSTS = ("localhost", "127.0.0.1")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@dataclass
class Watch:
    """What a page did that it should not have."""

    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        """Remember each request; one to another host than ours is a stranger's."""
        host = urlsplit(request.url).hostname or ""
        self.requests.append(request.url)
        if request.url.startswith("http") and host not in OWN_HOSTS and not host.endswith(".localhost"):
            self.strangers.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        """The browser tells of a breach of the content security policy on its console."""
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)


@contextmanager
def watched_page(browser: Browser, viewport: dict[str, int], *, javascript: bool = True) -> Iterator[Page]:
    """A page in a browser of its own (no cookies). On leaving: no policy breach, no stranger, no script error."""
    context = browser.new_context(viewport=viewport, java_script_enabled=javascript, locale="fi-FI")  # type: ignore[arg-type]  # a TypedDict
    watch = Watch()
    context.on("request", watch.note_request)
    context.on("console", watch.note_message)
    context.on("weberror", lambda error: watch.complaints.append(str(error.error)))
    page = context.new_page()
    page.set_default_timeout(10_000)
    try:
        yield page
    finally:
        context.close()
    assert watch.strangers == []
    assert watch.complaints == []


def axe(page: Page, *, ignore: tuple[str, ...] = ()) -> None:
    """Assert that axe-core finds nothing on the page as it stands now."""
    options = {"runOnly": RULES, "rules": {rule: {"enabled": False} for rule in ignore}}
    violations = Axe().run(page, options=options).response["violations"]
    found = [
        f"{rule['id']}: {node['html']} ({node.get('failureSummary', '')})"
        for rule in violations
        for node in rule["nodes"]
    ]
    assert found == [], page.url


BEYOND = """[...document.querySelectorAll("main *")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 8).map(one => one.outerHTML.slice(0, 120))"""


def fits(page: Page) -> None:
    """Assert that nobody has to scroll sideways (WCAG 2.1, 1.4.10); tables that scroll by themselves may."""
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert excess <= 0, f"{page.url} is {excess} px too wide: {page.evaluate(BEYOND)}"


def well_formed(page: Page) -> None:
    """Assert what axe leaves out: a language, a title, one h1, no id twice."""
    assert page.locator("html").get_attribute("lang")
    assert page.title().strip(" –")
    assert page.locator("h1").count() == 1, page.url
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    assert twice == [], page.url


def inspect(page: Page) -> None:
    """Everything that holds for every page in every state."""
    well_formed(page)
    fits(page)
    axe(page)
