"""Fixtures for the page's tests: a browser, and the address of a studio that runs.

Tests/Page/run URL runs them all. They send about sixty jobs in two minutes: a studio that takes fewer a minute is asked
again until it takes them.

ATELIER_STUDIO_URL: the studio, with its token if it wants one (http://127.0.0.1:PORT/enter?token=...).
ATELIER_STUDIO_START, ATELIER_STUDIO_STOP: commands that start and stop it; without them the outage is played by
the browser.
CHROMIUM: the browser; /usr/bin/chromium unless said.
ATELIER_STYLE_MODEL: weights of a model with styles (recipe stylegan2-styles), in safetensors.
"""

import io
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

playwright = pytest.importorskip("playwright.sync_api")


def until(true, seconds=15):
    """Asks until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.1)


@dataclass
class Studio:
    """A page of the studio and what it did."""

    base: str
    page: object
    context: object
    console: list = field(default_factory=list)
    requests: list = field(default_factory=list)

    def open(self, path="/create"):
        self.page.goto(self.base + path)
        self.page.wait_for_selector("html[data-ready=true]")
        return self.page

    def full(self, path):
        """Opens a place and waits for what it loads."""
        page = self.open(path)
        name = path.split("/")[1]
        if name == "library":
            playwright.expect(page.get_by_test_id("library-total")).to_have_text(re.compile(r"\d"))
        elif name == "train":
            playwright.expect(page.get_by_test_id("starter").or_(page.get_by_test_id("run-words"))).to_be_visible()
        page.wait_for_function("() => [...document.images].every(i => i.complete || i.loading === 'lazy')")
        return page

    def follow(self, page):
        page.set_default_timeout(30000)
        page.on("console", lambda m: self.console.append((m.type, m.text)))
        page.on("pageerror", lambda e: self.console.append(("error", str(e))))
        page.on("request", lambda r: self.requests.append(r))
        return page

    def second(self):
        page = self.follow(self.context.new_page())
        page.goto(self.base + "/create")
        page.wait_for_selector("html[data-ready=true]")
        return page

    def get(self, path):
        reply = self.context.request.get(self.base + path)
        assert reply.ok, reply.text()
        return reply.json()

    def send(self, method, path, data):
        reply = self.context.request.fetch(self.base + path, method=method, data=data, headers={"x-atelier-csrf": "1"})
        assert reply.ok, reply.text()
        return reply.json() if reply.body() else None

    def ask(self, act):
        """Does what sends jobs, again while the studio says that there were too many; gives the reply."""
        for _ in range(20):
            with self.page.expect_response(
                lambda r: r.request.method == "POST" and urlsplit(r.url).path.endswith("/api/jobs")
            ) as found:
                act()
            if found.value.status != 429:
                return found.value
            self.page.wait_for_timeout(min(float(found.value.headers.get("retry-after", 1)), 5) * 1000)
        raise AssertionError("the studio takes no jobs")

    def draw(self, prompt="red apple", wait=True):
        """Types a prompt, draws it, and gives the group."""
        box = self.page.get_by_test_id("prompt")
        box.fill(prompt)
        reply = self.ask(lambda: (box.fill(prompt), box.press("Control+Enter")))
        assert reply.ok, reply.text()
        job = reply.json()["jobs"][-1]["id"]
        group = self.page.locator(f"[data-job='{job}']")
        if wait:
            self.page.wait_for_selector(f"[data-job='{job}'][data-state=done]", timeout=90000)
        return group

    def orders(self, count):
        """The bodies of the jobs sent, once there are so many."""
        until(lambda: self.page.wait_for_timeout(50) or len(self.sent("POST", "/api/jobs")) >= count)
        return self.sent("POST", "/api/jobs")

    def sent(self, method, path):
        """The bodies of the requests of a kind."""
        found = [r for r in self.requests if r.method == method and re.fullmatch(path, urlsplit(r.url).path)]
        return [r.post_data_json for r in found]


@pytest.fixture(scope="session")
def browser():
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cookies(browser):
    """What the start address gives once for all tests: its token counts only once."""
    address = os.environ.get("ATELIER_STUDIO_URL")
    if not address:
        return []
    context = browser.new_context()
    context.new_page().goto(address)
    found = context.cookies()
    context.close()
    return found


@pytest.fixture
def studio(browser, cookies):
    address = os.environ.get("ATELIER_STUDIO_URL")
    if not address:
        pytest.skip("ATELIER_STUDIO_URL names no studio")
    parts = urlsplit(address)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True, locale="en-GB")
    context.set_default_timeout(30000)
    context.add_cookies(cookies)
    studio = Studio(f"{parts.scheme}://{parts.netloc}", None, context)
    studio.page = studio.follow(context.new_page())
    yield studio
    studio.send("PATCH", "/api/queue", {"paused": False})
    context.request.fetch(studio.base + "/api/jobs", method="DELETE", data={}, headers={"x-atelier-csrf": "1"})
    context.close()


@pytest.fixture
def styles(studio):
    """The model with styles, imported if it is not there."""
    path = os.environ.get("ATELIER_STYLE_MODEL")
    if not path or not Path(path).exists():
        pytest.skip("ATELIER_STYLE_MODEL names no weights of a model with styles")
    for model in studio.get("/api/models")["models"]:
        if model["name"] == "page-styles":
            return model
    reply = studio.context.request.post(
        studio.base + "/api/models?name=page-styles",
        data=Path(path).read_bytes(),
        headers={"x-atelier-csrf": "1", "content-type": "application/octet-stream"},
    )
    assert reply.ok, reply.text()
    return reply.json()


@pytest.fixture
def pixels():
    """Reads a PNG as rows of RGBA."""
    image = pytest.importorskip("PIL.Image")
    return lambda data: image.open(io.BytesIO(data)).convert("RGBA")
