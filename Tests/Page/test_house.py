"""What holds everywhere: outages, access, safety, keys, languages, looks."""

import os
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect


def test_w11_error_in_place(studio):
    page = studio.open()
    page.get_by_test_id("prompt").fill("red apple --stylize bad")
    page.get_by_test_id("prompt").press("Control+Enter")
    error = page.locator("#bar").get_by_test_id("error")
    expect(error).to_be_visible()
    expect(error.get_by_test_id("error-id")).not_to_be_empty()
    expect(page.get_by_test_id("prompt")).to_have_value("red apple --stylize bad")


def test_w11_outage(studio):
    page = studio.open()
    page.evaluate("window.same = true")
    stop, start = os.environ.get("ATELIER_STUDIO_STOP"), os.environ.get("ATELIER_STUDIO_START")
    if stop and start:
        subprocess.run(stop, shell=True, check=True)
    else:
        studio.context.set_offline(True)
    began = time.monotonic()
    expect(page.get_by_test_id("offline")).to_be_visible(timeout=3000)
    assert time.monotonic() - began < 3.5
    if stop and start:
        subprocess.run(start, shell=True, check=True)
    else:
        studio.context.set_offline(False)
    expect(page.get_by_test_id("offline")).not_to_be_visible(timeout=20000)
    assert page.evaluate("window.same") is True, "the page was loaded anew"
    studio.draw("red apple")


NAMELESS = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"], img')]
  .filter(e => e.offsetParent !== null)
  .filter(e => e.tagName === 'IMG' ? !e.hasAttribute('alt')
    : !(e.getAttribute('aria-label') || e.textContent.trim() || e.title || e.labels?.length ||
        e.getAttribute('aria-hidden')))
  .map(e => e.outerHTML.slice(0, 160))"""

CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => {
    const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = e => {
    for (let x = e; x; x = x.parentElement) {
      const c = parse(getComputedStyle(x).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.offsetParent === null || e.closest('[disabled], [aria-disabled], .hidden, .tile, option')) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push([e.outerHTML.slice(0, 120), ratio]);
  }
  return bad }"""


@pytest.mark.parametrize("path", ["/create", "/library", "/train", "/models"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_w12_names_and_contrast(studio, path, theme):
    page = studio.page
    page.emulate_media(color_scheme=theme)
    studio.full(path)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(CONTRAST) == []
    axe = os.environ.get("AXE_CORE")  # the path of axe.min.js, where there is one
    if axe:
        context = page.context.browser.new_context(
            bypass_csp=True, color_scheme=theme, storage_state=page.context.storage_state()
        )
        other = context.new_page()
        other.goto(studio.base + path)
        other.wait_for_selector("html[data-ready=true]")
        other.add_script_tag(path=axe)
        found = other.evaluate(
            "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id))"
        )
        context.close()
        assert found == []


def test_w12_keyboard_alone(studio):
    page = studio.open()
    page.keyboard.press("/")
    page.keyboard.type("red apple")
    job = studio.ask(lambda: page.keyboard.press("Control+Enter")).json()["jobs"][0]["id"]
    expect(page.locator(f"[data-job='{job}']")).to_have_attribute("data-state", "done", timeout=90000)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.testid") == "tile-open":
            break
    assert page.evaluate("document.activeElement.dataset.testid") == "tile-open", "tiles are reached by Tab"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("lightbox")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.testid") == "tile-open", "the focus comes back"


@pytest.mark.parametrize("path", ["/create", "/library", "/train", "/models"])
def test_w12_narrow(studio, path):
    page = studio.page
    page.set_viewport_size({"width": 320, "height": 640})
    studio.full(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_w12_reduced_motion(studio):
    page = studio.page
    page.emulate_media(reduced_motion="reduce")
    studio.open()
    moving = (
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert page.evaluate(moving) == 0


def test_w13_clean(studio):
    page = studio.open()
    group = studio.draw()
    group.get_by_test_id("tile-open").first.click()
    page.keyboard.press("i")
    page.keyboard.press("Escape")
    picture = group.get_by_test_id("tile").first.get_attribute("data-id")
    for path in ("/library", "/train", "/models", f"/edit/{picture}", f"/compare/{picture}/{picture}"):
        studio.full(path)
    assert [c for c in studio.console if c[0] == "error"] == []
    own = urlsplit(studio.base).netloc
    foreign = {
        r.url for r in studio.requests if urlsplit(r.url).scheme in ("http", "https") and urlsplit(r.url).netloc != own
    }
    assert foreign == set()
    assert (
        page.locator(
            "[style]:not(html):not([data-testid]):not(img):not(div):not(input):not(textarea):not(figure)"
        ).count()
        == 0
    )


def test_w22_keys_looks_languages(studio):
    page = studio.open()
    page.locator("body").press("?")
    expect(page.get_by_test_id("help")).to_be_visible()
    table = page.evaluate("import('/page/core/keys.js').then(m => m.KEYS.filter(k => !k.hidden).flatMap(k => k.keys))")
    shown = [k.get_attribute("data-key") for k in page.get_by_test_id("help-key").all()]
    assert sorted(shown) == sorted(table)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette-input").fill("library")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("place-library")).to_be_visible()
    page.get_by_test_id("page-menu").click()
    page.get_by_test_id("language").click()
    expect(page.get_by_test_id("nav-create")).to_have_text("创作")
    page.reload()
    expect(page.get_by_test_id("nav-create")).to_have_text("创作")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_test_id("page-menu").click()
    page.get_by_test_id("theme").click()
    page.get_by_test_id("page-menu").click()
    page.get_by_test_id("theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_pictures_are_shown_pixel_exact(studio):
    page = studio.open()
    own = next(one for one in studio.get("/api/models")["models"] if one["isDefault"])
    page.get_by_test_id("settings").click()
    page.get_by_test_id("set-size").select_option(str(own["width"]))
    page.keyboard.press("Escape")
    tile = studio.draw().get_by_test_id("tile").first
    picture = studio.get(f"/api/pictures/{tile.get_attribute('data-id')}")
    assert picture["width"] == own["width"]
    box = tile.locator("img").bounding_box()
    times = box["width"] / picture["width"]
    assert abs(times - round(times)) < 1e-6 and round(times) >= 1
    assert tile.locator("img").evaluate("e => getComputedStyle(e).imageRendering") == "pixelated"
    page.keyboard.press("Escape")
    page.locator("body").press("Alt+p")
    smooth = page.get_by_test_id("tile").first.locator("img")
    assert smooth.evaluate("e => getComputedStyle(e).imageRendering") == "auto"
    page.locator("body").press("Alt+p")
