"""The microphone of the prompt bar: with one that plays a file, and without."""

import os
import re
import wave
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import Studio

SAID = Path(__file__).resolve().parents[1] / "Fixtures/speech/red-apple.wav"
installed = pytest.mark.skipif(
    not os.path.isdir("/usr/share/pocketsphinx/model/en-us"),
    reason="PocketSphinx is not installed: make setup WITH=speech",
)


@pytest.fixture
def speaking(studio, browser, cookies, tmp_path):
    """A page of a browser whose microphone plays a file once, after a rest in which the page begins to listen."""
    with wave.open(str(SAID)) as said, wave.open(str(tmp_path / "said.wav"), "wb") as out:
        out.setparams(said.getparams())
        out.writeframes(bytes(2 * 16000 * 2) + said.readframes(10**6) + bytes(16000))
    other = browser.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=[
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={tmp_path}/said.wav%noloop",
        ],
    )
    context = other.new_context(locale="en-GB")
    context.add_cookies(cookies)
    found = Studio(studio.base, None, context)
    found.page = found.follow(context.new_page())
    yield found
    other.close()


def said(page, seconds=6):
    """Says what the file says."""
    page.get_by_test_id("microphone").click()
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("heard")).to_contain_text("Listening")
    page.wait_for_timeout(seconds * 1000)
    page.get_by_test_id("microphone").click()


@installed
def test_what_is_said_is_shown_and_can_be_changed(speaking):
    page = speaking.open()
    page.get_by_test_id("prompt").fill("")
    said(page)
    expect(page.get_by_test_id("prompt")).to_have_value(re.compile(r"\bred apple$"), timeout=60000)
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("heard")).to_be_empty()
    assert speaking.sent("POST", "/api/jobs") == [], "nothing is drawn before it is read"
    page.get_by_test_id("prompt").press("End")
    page.keyboard.type(" and a pear")
    expect(page.get_by_test_id("prompt")).to_have_value(re.compile("red apple and a pear$"))


def test_a_refusal_of_the_studio_is_told(speaking):
    """A press of a moment is no word."""
    page = speaking.open()
    page.route(
        "**/api/transcriptions*",
        lambda route: route.fulfill(
            status=400, json={"error": {"message": "the recording: is silent", "type": "x", "id": "i"}}
        ),
    )
    page.get_by_test_id("prompt").fill("a pear")
    said(page, 0.5)
    expect(page.locator("#bar").get_by_test_id("error")).to_contain_text("the recording: is silent")
    expect(page.get_by_test_id("prompt")).to_have_value("a pear")
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "false")


def test_the_microphone_has_a_key(speaking):
    page = speaking.open()
    page.get_by_test_id("prompt").press("Alt+m")
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("prompt").press("Alt+m")
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "false", timeout=60000)


def test_a_microphone_that_is_not_allowed(studio):
    page = studio.open()
    page.get_by_test_id("microphone").click()
    error = page.locator("#bar").get_by_test_id("error")
    expect(error).to_contain_text(re.compile("not allowed for this page|There is no microphone"))
    expect(page.get_by_test_id("microphone")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(
    "name,wanted",
    [
        ("NotAllowedError", "not allowed for this page"),
        ("NotFoundError", "There is no microphone"),
        ("NotReadableError", "another program keeps it"),
        ("AbortError", "Nothing was recorded"),
    ],
)
def test_every_reason_is_a_sentence(studio, name, wanted):
    page = studio.open()
    page.evaluate(
        "name => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', name) } }", name
    )
    page.get_by_test_id("microphone").click()
    expect(page.locator("#bar").get_by_test_id("error")).to_contain_text(wanted)


def test_a_browser_without_recording(studio):
    studio.page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page = studio.open()
    page.get_by_test_id("microphone").click()
    expect(page.locator("#bar").get_by_test_id("error")).to_contain_text("gives the page no microphone")
    page.evaluate("localStorage.setItem('atelier.language', '\"zh\"')")
    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    page.get_by_test_id("microphone").click()
    expect(page.locator("#bar").get_by_test_id("error")).to_contain_text("麦克风")
