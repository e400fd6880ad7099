"""The grid: values of axes, tables and their pages."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    "text, values",
    [
        ("0, 4-6", ["0", "4", "5", "6"]),
        ("1-10 (+2)", ["1", "3", "5", "7", "9"]),
        ("1-10 [5]", ["1", "3", "6", "8", "10"]),
        ("10-7", ["10", "9", "8", "7"]),
        ("3, 3, 2-3", ["3", "2"]),
        ("1-2-3", None),
        ("1.5", None),
        ("5, x", None),
        ("101", None),
        ("1-9 (+0)", None),
    ],
)
def test_w18_values(studio, text, values):
    page = studio.open()
    found = page.evaluate(
        "text => import('/page/grid/range.js').then(m => m.numbersOf(text, { least: 0, most: 100, whole: true }))", text
    )
    assert (found["values"], found["wrong"] is None) == (values or [], values is not None)


def table(studio, model, axes, prompt=""):
    """Fills the grid's form."""
    page = studio.open("/grid")
    page.get_by_test_id("grid-prompt").fill(prompt)
    page.get_by_test_id("grid-model").select_option(model["id"])
    page.get_by_test_id("grid-seed").fill("5")
    page.get_by_test_id("grid-seed").press("Tab")
    for letter in "xyz":
        page.get_by_test_id(f"axis-{letter}").select_option("")
    for letter, (name, text) in zip("xyz", axes, strict=False):
        page.get_by_test_id(f"axis-{letter}").select_option(name)
        if name and name != "model":
            page.get_by_test_id(f"values-{letter}").fill(text)
    return page


def test_w18_slider_swaps_the_right_cell(studio, styles):
    axes = [("seed", "1-3"), ("stylize", "0, 1000"), ("sref", "7, 8::2 9")]
    page = table(studio, styles, axes)
    expect(page.get_by_test_id("grid-count")).to_contain_text("3 × 2 × 2 = 12")
    page.get_by_test_id("grid-draw").click()
    cells = page.get_by_test_id("grid-cell")
    expect(cells).to_have_count(6)
    box = cells.first.bounding_box()
    assert len(studio.orders(12)) == 12
    expect(page.get_by_test_id("grid-status")).to_have_text(re.compile(r"12\D+12"), timeout=90000)
    assert {k: cells.first.bounding_box()[k] for k in ("width", "height")} == {
        k: box[k] for k in ("width", "height")
    }, "the place jumped"

    def check():
        seen = []
        for z, code in enumerate(("7", "8::2 9")):
            page.get_by_test_id("grid-page").evaluate(
                "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')) }", z
            )
            expect(page.get_by_test_id("grid-page-words")).to_contain_text(code)
            for y, stylize in enumerate((0, 1000)):
                for x, seed in enumerate((1, 2, 3)):
                    cell = page.locator(f"[data-testid=grid-cell][data-x='{x}'][data-y='{y}']")
                    expect(cell).to_have_attribute("data-id", re.compile(r"\w{26}"))
                    picture = studio.get(f"/api/pictures/{cell.get_attribute('data-id')}")
                    assert picture["seed"] == str(seed)
                    assert picture["prompt"] == f"--stylize {stylize} --sref {code}"
                    assert cell.locator("img").get_attribute("src") == picture["url"]
                    seen.append(picture["id"])
        return seen

    before = check()
    assert len(set(before)) == 12
    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    assert check() == before, "the same grid after a reload"
    page.get_by_test_id("grid-cell").first.click()
    expect(page.get_by_test_id("view-count")).to_contain_text("/ 12")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_test_id("grid-download").click()
    image = pytest.importorskip("PIL.Image").open(download.value.path())
    assert image.width > 3 * 96 and image.height > 4 * 96


def test_w18_flipbook_plays(studio, styles):
    studio.page.emulate_media(reduced_motion="no-preference")
    page = table(studio, styles, [("seed", "1-2"), ("", ""), ("stylize", "0, 500, 1000")])
    studio.send("PATCH", "/api/queue", {"paused": True})
    page.get_by_test_id("grid-draw").click()
    words = page.get_by_test_id("grid-page-words")
    page.get_by_test_id("grid-play").click()
    expect(words).to_contain_text("500")
    expect(words).to_contain_text("1000")
    expect(words).not_to_contain_text("1000")
    page.get_by_test_id("grid-play").click()
    page.emulate_media(reduced_motion="reduce")
    now = words.text_content()
    page.get_by_test_id("grid-play").click()
    expect(words).not_to_have_text(now)
    now = words.text_content()
    page.wait_for_timeout(900)
    assert words.text_content() == now, "one page at a time"
    page.locator("body").press(".")
    expect(words).not_to_have_text(now)
    page.get_by_test_id("grid-stop").click()
    expect(page.get_by_test_id("grid-rest")).to_be_visible()
    expect(page.get_by_test_id("grid-cell").first).to_have_attribute("data-state", "cancelled")


def test_w18_asks_above_forty(studio, styles):
    page = table(studio, styles, [("seed", "1-41")])
    page.get_by_test_id("grid-draw").click()
    expect(page.get_by_role("dialog")).to_contain_text("41")
    page.keyboard.press("Escape")
    page.get_by_test_id("values-x").fill("1-10 [3], 90-")
    expect(page.get_by_test_id("grid-draw")).to_be_disabled()
    expect(page.get_by_test_id("found-x")).to_contain_text("90-")
    assert studio.sent("POST", "/api/jobs") == []


def test_w18_waits_when_told_to(studio, styles):
    page = table(studio, styles, [("seed", "1-3")])
    studio.send("PATCH", "/api/queue", {"paused": True})
    said = {
        "error": {
            "message": "wait",
            "type": "rate_limit_exceeded",
            "param": None,
            "code": "rate_limit_exceeded",
            "id": "1",
        }
    }
    page.route("**/api/jobs", lambda route: route.fulfill(status=429, json=said, headers={"retry-after": "2"}), times=1)
    page.get_by_test_id("grid-draw").click()
    expect(page.get_by_test_id("grid-status")).to_contain_text(re.compile(r"[12] s"))
    assert [body["seed"] for body in studio.orders(4)] == ["1", "1", "2", "3"]
    expect(page.get_by_test_id("place-grid").get_by_test_id("error")).to_have_count(0)


def test_w18_words_and_models(studio, styles):
    model = next((m for m in studio.get("/api/models")["models"] if m["takesText"]), None)
    if not model:
        pytest.skip("no model of this studio takes words")
    page = table(studio, model, [("words", "red | green"), ("model", "")], "a red apple --s 50")
    page.get_by_test_id("values-x").fill("blue | green")
    expect(page.get_by_test_id("found-x")).to_contain_text("blue")
    expect(page.get_by_test_id("grid-draw")).to_be_disabled()
    page.get_by_test_id("values-x").fill("red | green")
    for one in (model, styles):
        page.get_by_test_id(f"axis-model-{one['id']}").check()
    studio.send("PATCH", "/api/queue", {"paused": True})
    page.get_by_test_id("grid-draw").click()
    found = [(b["prompt"], b["model"], b["seed"], b["count"]) for b in studio.orders(4)]
    assert (
        found
        == [(f"a {word} apple --s 50", model["id"], "5", 1) for word in ("red", "green")]
        + [("--s 50", styles["id"], "5", 1)] * 2
    )
