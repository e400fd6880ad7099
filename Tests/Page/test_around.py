"""Panoramas, looked at from their middle: with WebGL and without, by mouse, by keys, by words."""

import io
import os
import re
from pathlib import Path

import numpy
import pytest
from PIL import Image
from playwright.sync_api import expect

from conftest import Studio

# The sky of directions: red grows to the right, green upwards.
WIDTH = 256


def sphere():
    """A panorama that shows directions in colours."""
    across = (numpy.arange(WIDTH) + 0.5) / WIDTH * 2 * numpy.pi - numpy.pi
    down = numpy.pi / 2 - (numpy.arange(WIDTH // 2) + 0.5) / WIDTH * 2 * numpy.pi
    x = numpy.cos(down)[:, None] * numpy.sin(across)[None, :]
    y = numpy.repeat(numpy.sin(down)[:, None], WIDTH, axis=1)
    z = numpy.cos(down)[:, None] * numpy.cos(across)[None, :]
    file = io.BytesIO()
    Image.fromarray(((numpy.stack([x, y, z], axis=-1) + 1) * 127.5).astype(numpy.uint8)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def drawing_browser(browser):
    """A browser that draws WebGL by its own software renderer."""
    renderer = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    drawing = browser.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", *renderer]
    )
    yield drawing
    drawing.close()


def upload(studio):
    reply = studio.context.request.post(
        studio.base + "/api/uploads", data=sphere(), headers={"x-atelier-csrf": "1", "content-type": "image/png"}
    )
    assert reply.ok, reply.text()
    return reply.json()["id"]


def opened(studio, action=True):
    """The viewer, opened from the picture's actions."""
    picture = upload(studio)
    page = studio.open("/library")
    tile = page.get_by_test_id("place-library").locator(f".tile[data-id='{picture}']")
    tile.hover()
    tile.get_by_test_id("tile-menu").click()
    page.get_by_test_id("act-around").click()
    return page, page.get_by_test_id("around")


def looked(page):
    """What is seen in the middle: a direction."""
    shot = Image.open(io.BytesIO(page.get_by_test_id("around-canvas").screenshot())).convert("RGB")
    middle = (shot.width // 2, shot.height // 2)
    return numpy.asarray(shot.getpixel(middle)) / 127.5 - 1


def test_looking_around(studio):
    page, box = opened(studio)
    canvas = page.get_by_test_id("around-canvas")
    if page.evaluate("!document.createElement('canvas').getContext('webgl2')"):
        pytest.skip("this browser has no WebGL")
    expect(canvas).to_be_focused()
    stage = box.locator(".stage")

    def angles():
        return [float(stage.get_attribute(f"data-{name}")) for name in ("yaw", "pitch", "field")]

    assert angles() == [0, 0, 75]
    assert numpy.abs(looked(page) - [0, 0, 1]).max() < 0.05
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert angles()[:2] == [90, 0] and numpy.abs(looked(page) - [1, 0, 0]).max() < 0.05
    for _ in range(12):
        page.keyboard.press("ArrowUp")
    assert angles()[1] == 90 and numpy.abs(looked(page) - [0, 1, 0]).max() < 0.05
    page.keyboard.press("0")
    assert angles() == [0, 0, 75]
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("around-where")).to_contain_text("10° to the left")
    for _ in range(17):
        page.keyboard.press("ArrowLeft")
    # Behind, where the picture's edges meet: nothing is seen of the joint.
    assert angles()[0] == 180 and numpy.abs(looked(page) - [0, 0, -1]).max() < 0.05
    shot = numpy.asarray(Image.open(io.BytesIO(canvas.screenshot())).convert("RGB")).astype(int)
    # Without the ring that shows the focus.
    row = shot[shot.shape[0] // 2, 8:-8]
    assert numpy.abs(numpy.diff(row, axis=0)).max() <= 4
    page.keyboard.press("0")
    page.keyboard.press("+")
    assert angles()[2] < 75
    page.keyboard.press("0")
    place = canvas.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y + 60, steps=4)
    page.mouse.up()
    yaw, pitch, _ = angles()
    assert abs(yaw - 120 * 75 / place["height"]) < 0.5 and abs(pitch - 60 * 75 / place["height"]) < 0.5
    page.mouse.wheel(0, 400)
    assert angles()[2] > 75
    page.mouse.wheel(0, -3000)
    page.mouse.wheel(0, -3000)
    assert 20 <= angles()[2] < 75
    page.get_by_test_id("around-right").click()
    assert angles()[0] > yaw
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    assert not [text for kind, text in studio.console if kind == "error"]


def test_with_a_renderer(drawing_browser, cookies):
    """The same in a browser that draws in software, whatever the machine has."""
    address = os.environ.get("ATELIER_STUDIO_URL")
    if not address:
        pytest.skip("ATELIER_STUDIO_URL names no studio")
    base = re.match(r"https?://[^/]+", address).group()
    context = drawing_browser.new_context(viewport={"width": 1000, "height": 700}, locale="en-GB")
    context.add_cookies(cookies)
    studio = Studio(base, None, context)
    studio.page = studio.follow(context.new_page())
    try:
        test_looking_around(studio)
    finally:
        context.close()


def test_without_webgl(studio):
    studio.page.add_init_script(
        "const own = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return /webgl/.test(kind) ? null : own.call(this, kind, ...more); };"
    )
    page, box = opened(studio)
    expect(page.get_by_test_id("around-none")).to_contain_text("WebGL")
    image = page.get_by_test_id("around-plain")
    expect(image).to_be_visible()
    assert image.evaluate("i => i.naturalWidth") == WIDTH
    expect(page.get_by_test_id("around-left")).to_be_disabled()
    expect(page.get_by_test_id("around-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()


def test_only_panoramas_have_it_and_it_can_be_read(studio):
    page, box = opened(studio)
    expect(box.locator(".stage > *").first).to_be_visible()
    axe = os.environ.get("AXE_CORE")
    if axe:
        page.evaluate(Path(axe).read_text() + "\n;window.axe = axe")
        found = page.evaluate(
            "axe.run('[data-testid=around]').then(r => r.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))"
        )
        assert not found, found
    page.get_by_test_id("around-close").click()
    studio.open("/create")
    group = studio.draw("red apple")
    tile = group.get_by_test_id("tile").first
    tile.hover()
    tile.get_by_test_id("tile-menu").click()
    expect(page.get_by_test_id("act-tile")).to_be_visible()
    expect(page.get_by_test_id("act-around")).to_have_count(0)


def test_a_panorama_is_asked_for_and_looked_at(studio):
    page = studio.open()
    page.get_by_test_id("settings").click()
    page.get_by_test_id("set-panorama").check()
    page.keyboard.press("Escape")
    group = studio.draw("green hills")
    assert studio.sent("POST", "/api/jobs")[-1]["prompt"].endswith("--panorama")
    tile = group.get_by_test_id("tile").first
    picture = studio.get(f"/api/pictures/{tile.get_attribute('data-id')}")
    assert (picture["width"], picture["height"]) == (512, 256)
    tile.get_by_test_id("tile-open").focus()
    page.keyboard.press("o")
    expect(page.get_by_test_id("around")).to_be_visible()
    page.keyboard.press("Escape")
    # A cube map of it comes in seven pictures, with the names of the faces.
    tile.hover()
    tile.get_by_test_id("tile-menu").click()
    page.get_by_test_id("act-cube-map").click()
    dialog = page.get_by_test_id("task-dialog")
    job = studio.ask(dialog.get_by_test_id("ok").click).json()["jobs"][0]["id"]
    faces = page.locator(f"[data-job='{job}']")
    expect(faces).to_have_attribute("data-state", "done", timeout=60000)
    expect(faces.get_by_test_id("tile")).to_have_count(7)
    face = faces.get_by_test_id("tile").nth(4)
    face.hover()
    face.get_by_test_id("tile-menu").click()
    with page.expect_download() as download:
        page.get_by_test_id("act-download").click()
    assert download.value.suggested_filename.endswith("_pz.png")
