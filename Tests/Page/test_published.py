"""Published models in the page: terms, progress, what fails, what is here."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import until

sys.path.append(str(Path(__file__).parent.parent / "Interface"))
from mirror import REPOSITORY, WEIGHTS, Mirror


@pytest.fixture
def fetching(studio, tmp_path):
    """A studio of its own that fetches from a mirror."""
    mirror = Mirror()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    process = subprocess.Popen(
        [os.environ["ATELIER"], "serve", "--port", str(port), "--data", tmp_path / "data", "--runs", tmp_path / "runs"],
        env=environment | mirror.environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before, studio.base = studio.base, f"http://127.0.0.1:{port}"

    def answers():
        try:
            return urllib.request.urlopen(studio.base + "/healthz").status == 200
        except OSError:
            return False

    until(answers, 60)
    studio.mirror = mirror
    yield studio
    studio.base = before
    process.terminate()
    process.wait(30)
    mirror.close()


def test_a_model_is_fetched_and_drawn_with(fetching):
    page, mirror = fetching.open("/models"), fetching.mirror
    expect(page.get_by_test_id("offer")).not_to_have_count(0)
    expect(page.locator("[data-testid=offer][data-name=janus-pro-1b]")).to_contain_text("GB")
    mirror.piece, mirror.rest = max(len(mirror.files[WEIGHTS]) // 40, 1), 0.1
    page.get_by_test_id("fetch-other").fill(REPOSITORY)
    page.get_by_test_id("fetch-begin").click()
    # Its terms are shown first, and nothing comes before they are agreed to.
    expect(page.get_by_role("dialog")).to_contain_text("mit")
    assert not any(kind == "elsewhere" for kind, *_ in mirror.seen)
    page.get_by_test_id("sure").click()
    row = page.get_by_test_id("fetch")
    expect(row).to_have_attribute("data-state", "running")
    expect(row.get_by_role("progressbar")).to_have_attribute("value", re.compile(r"0\.[1-9]"), timeout=30000)
    # It goes on while the page is elsewhere, and another page shows it, too.
    page.get_by_test_id("fetch-cancel").click()
    expect(row).to_have_attribute("data-state", "cancelled")
    mirror.rest = 0
    page.get_by_test_id("fetch-again").click()
    expect(page.get_by_test_id("fetch").first).to_have_attribute("data-state", "done", timeout=60000)
    card = page.get_by_test_id("model").filter(has_text="Janus").filter(has=page.get_by_test_id("model-verify"))
    card.get_by_test_id("model-verify").click()
    expect(page.get_by_test_id("note").last).to_contain_text("as they were published")
    card.get_by_test_id("model-use").click()
    fetching.draw("a red fox")


def test_what_cannot_be_fetched_says_why(fetching):
    page = fetching.open("/models")
    page.get_by_test_id("fetch-other").fill("tiny/Other")
    page.get_by_test_id("fetch-begin").click()
    expect(page.get_by_test_id("published").get_by_test_id("error")).to_contain_text("tiny/Other")
    page.get_by_test_id("fetch-other").fill("no model")
    page.get_by_test_id("fetch-begin").click()
    expect(page.get_by_test_id("published").get_by_test_id("error")).to_contain_text("org/name")
    expect(page.get_by_test_id("fetch")).to_have_count(0)
