"""The explorer and style codes.

ATELIER_BINARY: the program, where what the page says is to be drawn on the command line, too.
"""

import json
import math
import os
import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from conftest import until
from test_house import CONTRAST, NAMELESS


def place(studio):
    """The place that the preview shows."""
    return json.loads(studio.page.get_by_test_id("explore-preview").get_attribute("data-place") or "{}")


def settled(studio, **numbers):
    """Waits until the preview shows these numbers."""
    until(lambda: all(place(studio).get("numbers", {}).get(k.replace("_", "-")) == v for k, v in numbers.items()))


def drawn(studio, model, numbers, seed="7", index=0):
    """The studio's own picture of a place."""
    reply = studio.context.request.post(
        studio.base + "/api/explore",
        headers={"x-atelier-csrf": "1"},
        data={"model": model["id"], "prompt": "", "seed": seed, "index": index, "numbers": numbers},
    )
    assert reply.ok, reply.text()
    return reply.body()


def file(studio, picture):
    """The bytes of a picture."""
    return studio.context.request.get(f"{studio.base}/api/pictures/{picture}/file").body()


def explore(studio, model, query="seed=7"):
    page = studio.open(f"/explore?model={model['id']}&{query}")
    expect(page.get_by_test_id("explore-preview")).to_be_visible()
    return page


def test_w16_preview_follows(studio, styles):
    page = explore(studio, styles)
    settled(studio, x=0, y=0)
    flying, most = set(), [0]

    def begins(request):
        if request.url.endswith("/api/explore"):
            flying.add(request)
            most[0] = max(most[0], len(flying))

    page.on("request", begins)
    page.on("requestfinished", lambda r: flying.discard(r))
    box = page.get_by_test_id("pad").bounding_box()

    def at(x, y):
        return (box["x"] + box["width"] * (x + 1) / 2, box["y"] + box["height"] * (1 - y) / 2)

    page.mouse.move(*at(0, 0))
    page.mouse.down()
    times = []
    for i in range(1, 25):
        page.mouse.move(*at(i / 32, -i / 64))
        page.wait_for_timeout(15)
        times.append(page.get_by_test_id("explore-time").text_content())
    page.mouse.up()
    until(
        lambda: abs(place(studio)["numbers"]["x"] - 0.75) < 0.01 and abs(place(studio)["numbers"]["y"] + 0.375) < 0.01
    )
    assert most[0] == 1, "one request at a time"
    last = studio.sent("POST", "/api/explore")[-1]
    assert last["numbers"] == place(studio)["numbers"], "the latest place wins"
    assert {"model": styles["id"], "seed": "7", "index": 0, "prompt": ""}.items() <= last.items()
    quick = []
    page.get_by_test_id("pad").focus()
    for _ in range(12):
        before = place(studio)
        page.keyboard.press("ArrowLeft")
        until(lambda before=before: place(studio) != before)
        quick.append(int(re.sub(r"\D", "", page.get_by_test_id("explore-time").text_content())))
    assert sorted(quick)[len(quick) // 4] < 100, f"previews take {quick} ms"


def test_w16_preview_is_the_picture(studio, styles, pixels):
    page = explore(studio, styles, "seed=7&x=0.5&y=-0.25&psi=0.8&layers=0:77,5:3&noise=9")
    numbers = {"x": 0.5, "y": -0.25, "psi": 0.8, "noise": 9, "layer-0": 77, "layer-5": 3}
    until(lambda: place(studio).get("numbers") == numbers)
    wanted = pixels(drawn(studio, styles, numbers))
    shown = page.get_by_test_id("explore-preview").evaluate(
        """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"""
    )
    flat = wanted.tobytes()
    assert len(shown) == len(flat)
    for i in range(0, len(flat), 4):
        alpha = flat[i + 3]
        assert abs(shown[i + 3] - alpha) <= 1
        if alpha > 64:  # a canvas keeps colours multiplied by their opacity
            assert all(abs(a - b) <= 4 for a, b in zip(shown[i : i + 3], flat[i : i + 3], strict=True))
    size = page.get_by_test_id("explore-preview").bounding_box()
    times = size["width"] / wanted.size[0]
    assert abs(times - round(times)) < 1e-6, "whole pixels"


def test_w16_command_draws_the_same(studio, styles, pixels, tmp_path):
    binary = os.environ.get("ATELIER_BINARY")
    if not binary:
        pytest.skip("ATELIER_BINARY names no program")
    page = explore(
        studio, styles, "seed=18446744073709551615&index=2&x=0.5&y=-0.25&psi=0.8&layers=0:77,1:77,5:3&noise=9"
    )
    text = page.get_by_test_id("explore-command").text_content()
    words = shlex.split(text)
    assert words[:2] == ["atelier", "explore"] and "--layer 0-1=77 --layer 5=3" in text
    words[0] = binary
    words[words.index("--model") + 1] = os.environ["ATELIER_STYLE_MODEL"]
    subprocess.run([*words, "--out", str(tmp_path / "a.png")], check=True, capture_output=True, cwd=tmp_path)
    until(lambda: place(studio).get("numbers", {}).get("layer-5") == 3)
    own = drawn(studio, styles, place(studio)["numbers"], seed="18446744073709551615", index=2)
    assert pixels((tmp_path / "a.png").read_bytes()).tobytes() == pixels(own).tobytes()


def test_w16_keyboard_alone(studio, styles):
    page = explore(studio, styles)
    pad = page.get_by_test_id("pad")
    pad.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    settled(studio, x=0.1, y=0.15)
    assert pad.get_attribute("aria-valuetext")
    for _ in range(8):
        page.keyboard.press("Shift+ArrowRight")
    settled(studio, x=1)
    page.keyboard.press("Home")
    settled(studio, x=0, y=0)
    page.get_by_test_id("explore-x").fill("-0.4")
    page.keyboard.press("Enter")
    settled(studio, x=-0.4)
    page.get_by_test_id("explore-psi").focus()
    page.keyboard.press("ArrowLeft")
    settled(studio, psi=0.99)
    pad.focus()
    before = page.get_by_test_id("explore-seed").input_value()
    page.keyboard.press("r")
    expect(page.get_by_test_id("explore-seed")).not_to_have_value(before)


def test_w16_layers(studio, styles, pixels):
    page = explore(studio, styles)
    settled(studio, x=0)
    page.locator("details summary").click()
    expect(page.locator("fieldset.mix")).to_have_count(3)
    for layer in range(styles["styles"]):
        expect(page.get_by_test_id(f"layer-{layer}")).to_be_visible()
    page.get_by_test_id("group-coarse").fill("77")
    page.keyboard.press("Tab")
    settled(studio, layer_0=77)
    expect(page.get_by_test_id("layer-0")).to_have_value("77")
    page.get_by_test_id("layer-0").fill("9999999999")
    page.keyboard.press("Tab")
    settled(studio, layer_0=4294967295)
    expect(page.get_by_test_id("layer-0")).to_have_value("4294967295")
    expect(page.get_by_test_id("group-coarse")).to_have_value("")
    mixed = drawn(studio, styles, place(studio)["numbers"])
    page.get_by_test_id("mix-clear").click()
    until(lambda: "layer-0" not in place(studio)["numbers"])
    assert pixels(mixed).tobytes() != pixels(drawn(studio, styles, place(studio)["numbers"])).tobytes()
    page.get_by_test_id("noise-dice").click()
    until(lambda: place(studio)["numbers"].get("noise") == int(page.get_by_test_id("explore-noise").input_value()))


def test_w16_a_link_leads_back(studio, styles):
    studio.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = explore(studio, styles)
    page.get_by_test_id("pad").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_test_id("explore-index").fill("3")
    page.keyboard.press("Tab")
    settled(studio, x=0.2)
    expect(page).to_have_url(re.compile(r"x=0\.2"))
    page.get_by_test_id("explore-link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    command = page.get_by_test_id("explore-command").text_content()
    page.get_by_test_id("explore-copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == command
    page.get_by_test_id("explore-middle").click()
    settled(studio, x=0)
    page.goto(link)
    expect(page.get_by_test_id("explore-command")).to_have_text(command)
    page.get_by_test_id("nav-create").click()
    page.get_by_test_id("nav-explore").click()
    expect(page.get_by_test_id("explore-command")).to_have_text(command)


def test_w16_walk(studio, styles):
    page = explore(studio, styles, "seed=7&x=0.6")

    def read():
        return (
            float(page.get_by_test_id("explore-x").input_value()),
            float(page.get_by_test_id("explore-y").input_value()),
        )

    page.get_by_test_id("explore-walk").click()
    until(lambda: read()[1] > 0.1)
    page.get_by_test_id("explore-walk").click()
    x, y = read()
    assert abs(math.hypot(x, y) - 0.6) < 0.01, "it keeps its distance"
    page.wait_for_timeout(300)
    assert read() == (x, y), "it stands still"
    page.emulate_media(reduced_motion="reduce")
    page.get_by_test_id("explore-walk").click()
    once = read()
    assert once != (x, y) and abs(math.hypot(*once) - 0.6) < 0.01
    page.wait_for_timeout(300)
    assert read() == once, "one step at a time"


def test_w16_keep(studio, styles, pixels):
    page = explore(studio, styles, "seed=7&x=0.3&y=0.2&layers=2:5")
    settled(studio, x=0.3)
    reply = studio.ask(lambda: page.get_by_test_id("explore-keep").click())
    body = studio.sent("POST", "/api/jobs")[-1]
    numbers = {"x": 0.3, "y": 0.2, "psi": 1, "layer-2": 5}
    assert {
        "kind": "explore",
        "seed": "7",
        "first": 0,
        "count": 1,
        "model": styles["id"],
        "numbers": numbers,
    }.items() <= body.items()
    page.get_by_test_id("explore-kept").click()
    expect(page.get_by_test_id("view-image")).to_be_visible()
    picture = page.get_by_test_id("view-image").get_attribute("data-id")
    assert picture in studio.get(f"/api/jobs/{reply.json()['jobs'][0]['id']}")["pictures"]
    assert pixels(file(studio, picture)).tobytes() == pixels(drawn(studio, styles, numbers)).tobytes()
    page.get_by_test_id("view-all").click()
    page.get_by_test_id("act-explore").click()
    expect(page).to_have_url(re.compile(r"/explore\?.*layers=2:5"))


def test_w16_models_without_a_space(studio, styles):
    other = next((m for m in studio.get("/api/models")["models"] if not m["explores"]), None)
    if not other:
        pytest.skip("all models of this studio can be explored")
    page = studio.open(f"/explore?model={other['id']}")
    expect(page.get_by_test_id("explore-none")).to_contain_text(other["name"])
    page.get_by_test_id("explore-other").filter(has_text="page-styles").click()
    expect(page.get_by_test_id("explore-preview")).to_be_visible()
    studio.open(f"/explore?model={other['id']}")
    page.get_by_test_id("explore-train").click()
    expect(page.get_by_test_id("recipe")).to_have_value("stylegan2-styles")


def test_w16_error_in_place(studio, styles):
    page = explore(studio, styles)
    settled(studio, x=0)
    said = {"error": {"message": "the model is gone", "type": "x", "param": None, "code": "x", "id": "01X"}}
    page.route("**/api/explore", lambda route: route.fulfill(status=400, json=said), times=1)
    page.get_by_test_id("pad").press("ArrowRight")
    error = page.get_by_test_id("place-explore").get_by_test_id("error")
    expect(error).to_contain_text("the model is gone")
    expect(error.get_by_test_id("error-id")).to_have_text("01X")
    error.get_by_role("button").click()
    expect(error).to_have_count(0)
    settled(studio, x=0.05)


def style(studio, styles, code, strength=100):
    """Sets a style in the settings."""
    page = studio.page
    page.get_by_test_id("settings").click()
    page.get_by_test_id("set-model").select_option(styles["id"])
    page.get_by_test_id("set-count-1").click()
    page.get_by_test_id("set-seed").fill("5")
    page.get_by_test_id("set-seed").press("Tab")
    page.get_by_test_id("set-sref").fill(code)
    page.get_by_test_id("set-sref").press("Tab")
    page.get_by_test_id("set-sw").evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('change')) }", strength)
    page.keyboard.press("Escape")


def test_w17_a_code_gives_the_same_picture(studio, styles, pixels):
    page = studio.open()
    found = []
    for code in ("123", "456", "123"):
        style(studio, styles, code)
        job = studio.ask(lambda: page.get_by_test_id("draw").click()).json()["jobs"][0]["id"]
        assert studio.sent("POST", "/api/jobs")[-1]["prompt"] == f"--sref {code}"
        tile = page.locator(f"[data-job='{job}'][data-state=done]").get_by_test_id("tile")
        found.append(file(studio, tile.get_attribute("data-id")))
    assert found[0] == found[2], "the same words, seed and code give the same file"
    assert pixels(found[0]).tobytes() != pixels(found[1]).tobytes(), "another code gives another picture"


def test_w17_flags_and_chips(studio, styles):
    page = studio.open()
    studio.send("PATCH", "/api/queue", {"paused": True})
    style(studio, styles, " 123::2  456 ", 250)
    studio.ask(lambda: page.get_by_test_id("draw").click())
    assert studio.sent("POST", "/api/jobs")[-1]["prompt"] == "--sref 123::2 456 --sw 250"
    page.get_by_test_id("prompt").fill("--sref 9")
    studio.ask(lambda: page.get_by_test_id("draw").click())
    assert studio.sent("POST", "/api/jobs")[-1]["prompt"] == "--sref 9", "what is written counts more"
    page.get_by_test_id("settings").click()
    page.get_by_test_id("set-sref").fill("apple")
    page.get_by_test_id("set-sref").press("Tab")
    expect(page.locator("#style-wrong")).to_contain_text("4294967295")
    page.get_by_test_id("style-dice").click()
    expect(page.get_by_test_id("set-sref")).to_have_value(re.compile(r"^\d+$"))


def test_w17_copy_and_share(studio, styles):
    studio.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = studio.open()
    style(studio, styles, "123", 250)
    page.get_by_test_id("settings").click()
    page.get_by_test_id("style-copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "123"
    page.get_by_test_id("style-share").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert urlsplit(link).path == "/create" and parse_qs(urlsplit(link).query) == {"sref": ["123"], "sw": ["250"]}
    page.get_by_test_id("set-reset").click()
    page.get_by_test_id("set-model").select_option(styles["id"])
    page.goto(link)
    expect(page.locator("#chips")).to_contain_text("--sref 123")
    expect(page.locator("#chips")).to_contain_text("--sw 250")
    expect(page).to_have_url(re.compile("/create$"))


def test_w17_refused_with_its_reason(studio, styles):
    other = next((m for m in studio.get("/api/models")["models"] if "sref" in m["refused"]), None)
    if not other:
        pytest.skip("all models of this studio follow styles")
    page = studio.open()
    page.get_by_test_id("settings").click()
    page.get_by_test_id("set-model").select_option(other["id"])
    expect(page.get_by_test_id("set-sref")).to_be_disabled()
    expect(page.get_by_title(other["refused"]["sref"]).first).to_be_visible()
    page.get_by_test_id("set-model").select_option(styles["id"])
    expect(page.get_by_test_id("set-sref")).to_be_enabled()
    for name, slider in (("weird", "set-weird"), ("stylize", "set-stylize")):
        (
            expect(page.get_by_test_id(slider)).to_be_disabled
            if name in styles["refused"]
            else expect(page.get_by_test_id(slider)).to_be_enabled
        )()


def test_w17_use_style(studio, styles):
    page = studio.open()
    style(studio, styles, "123", 250)
    job = studio.ask(lambda: page.get_by_test_id("draw").click()).json()["jobs"][0]["id"]
    tile = page.locator(f"[data-job='{job}'][data-state=done]").get_by_test_id("tile")
    style(studio, styles, "", 100)
    expect(page.locator("#chips")).not_to_contain_text("--sref")
    tile.hover()
    tile.get_by_test_id("tile-menu").click()
    page.get_by_test_id("act-useStyle").click()
    expect(page.locator("#chips")).to_contain_text("--sref 123")
    expect(page.locator("#chips")).to_contain_text("--sw 250")


@pytest.mark.parametrize("path", ["/explore", "/explore?seed=3&layers=0:7&model=", "/grid"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_w16_w18_names_and_contrast(studio, styles, path, theme):
    page = studio.page
    page.emulate_media(color_scheme=theme)
    path = path + styles["id"] if path.endswith("=") else path
    studio.full(path)
    if "model" in path:
        expect(page.get_by_test_id("explore-preview")).to_be_visible()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(CONTRAST) == []
    axe = os.environ.get("AXE_CORE")
    if axe:
        page.evaluate(Path(axe).read_text() + "\n;window.axe = axe")
        bad = page.evaluate(
            "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => [v.id, v.nodes[0].html]))"
        )
        assert bad == []
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(250)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [c for c in studio.console if c[0] == "error"] == []
