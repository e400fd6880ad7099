"""The page behind a proxy that shows the studio below a path and takes it off: the studio is told nothing of it."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Interface"))
from proxies import Proxy


@pytest.fixture
def below(studio):
    direct = studio.base
    name = urlsplit(direct).netloc
    proxy = Proxy(urlsplit(direct).port, "/tools/atelier", strips=True, name=name)
    studio.base = proxy.url + proxy.base
    yield proxy
    studio.base = direct
    proxy.close()


def test_page_below_a_path(studio, below):
    page = studio.open("/create")
    group = studio.draw("red apple")
    image = group.locator("img").first
    expect(image).to_have_attribute("src", re.compile("/tools/atelier/api/pictures/"))
    page.wait_for_function(
        "() => [...document.querySelectorAll('#feed img')].some(i => i.complete && i.naturalWidth > 0)"
    )
    page.get_by_test_id("nav-library").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(studio.base)}/library"))
    expect(page.get_by_test_id("library-total")).to_have_text(re.compile(r"\d"))
    # From an address as deep as any, and again from there.
    id = studio.get("/api/pictures")["pictures"][0]["id"]
    page.goto(f"{studio.base}/edit/{id}")
    page.wait_for_selector("html[data-ready=true]")
    expect(page.get_by_test_id("place-edit")).to_be_visible()
    assert page.get_by_test_id("nav-create").evaluate("link => link.href") == studio.base + "/create"
    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    page.get_by_test_id("nav-train").click()
    expect(page).to_have_url(studio.base + "/train")
    page.go_back()
    expect(page.get_by_test_id("place-edit")).to_be_visible()
    asked = [request.url for request in studio.requests if request.url.startswith("http")]
    assert len(asked) > 60 and all(url.startswith(studio.base + "/") for url in asked)
    assert not below.beside
    assert not [text for kind, text in studio.console if kind == "error"]
