"""The other places: library, training, models, painting, comparing."""

import io
import json
import pathlib
import re
import struct
import zipfile

import pytest
from playwright.sync_api import expect

from conftest import until

SMALL = {
    "training.epochs": "200",
    "training.batch": "1024",
    "data.size": "[8, 8]",
    "snapshots.histograms": "false",
    "model.generator.widths": "[8, 8, 8]",
    "model.discriminator.widths": "[4, 8]",
}


def total(page):
    return int(re.sub(r"\D", "", page.get_by_test_id("library-total").text_content()))


def test_w7_library(studio):
    page = studio.open()
    studio.draw("red apple")
    studio.draw("grinning cat")
    studio.open("/library")
    tiles = page.get_by_test_id("place-library").get_by_test_id("tile")
    expect(tiles.nth(7)).to_be_visible()
    page.get_by_test_id("library-search").fill("grinning")
    expect(page).to_have_url(re.compile("q=grinning"))
    found = studio.get("/api/pictures?q=grinning&limit=1")["total"]
    until(lambda: total(page) == found)
    assert all("grinning" in t.get_by_test_id("tile-open").get_attribute("aria-label") for t in tiles.all())
    page.get_by_test_id("library-search").fill("")
    before = studio.get("/api/pictures?limit=1")["total"]
    until(lambda: total(page) == before)
    page.get_by_test_id("folder-new").click()
    page.get_by_test_id("answer").fill("Kept")
    page.get_by_test_id("ok").click()
    folder = page.get_by_test_id("folder").filter(has_text="Kept").first
    expect(folder).to_be_visible()
    for index in (0, 1):
        tiles.nth(index).hover()
        tiles.nth(index).get_by_test_id("pick").click()
    expect(page.get_by_test_id("selected-count")).to_contain_text("2")
    with page.expect_download() as download:
        page.get_by_test_id("many-zip").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len([n for n in archive.namelist() if n.endswith(".png")]) == 2
    page.get_by_test_id("many-folder").click()
    page.get_by_test_id("to-folder").filter(has_text="Kept").first.click()
    expect(folder).to_contain_text("2")
    folder.click()
    expect(tiles).to_have_count(2)
    folder.locator("xpath=..").get_by_test_id("folder-menu").click()
    page.get_by_test_id("folder-delete").click()
    expect(page.get_by_test_id("folder").filter(has_text="Kept")).to_have_count(0)
    page.get_by_test_id("show-library").click()
    until(lambda: total(page) == before)  # deleting a folder keeps its pictures


def test_w8_train(studio):
    page = studio.open("/train")
    if not page.get_by_test_id("starter").count():
        page.get_by_test_id("train-new").click()
    recipes = page.get_by_test_id("recipe").locator("option")
    if not recipes.count():
        pytest.skip("the studio offers no recipes")
    page.get_by_test_id("recipe").select_option("seed-dcgan-emoji")
    expect(page.get_by_test_id("recipe-about")).to_contain_text("transparency")
    page.get_by_test_id("train-more").click()
    page.get_by_test_id("train-settings").fill("\n".join(f"{k} = {v}" for k, v in SMALL.items()))
    page.get_by_test_id("train-start").click()
    expect(page.get_by_test_id("run-stop")).to_be_visible(timeout=90000)
    sent = studio.sent("POST", "/api/training")[-1]
    assert sent == {"recipe": "seed-dcgan-emoji", "settings": SMALL, "resume": None}
    expect(page.get_by_test_id("health")).to_be_visible()
    expect(page.get_by_test_id("curve").first).to_be_visible(timeout=180000)
    expect(page.get_by_test_id("samples")).to_have_attribute("data-count", re.compile(r"[1-9]"), timeout=120000)
    page.get_by_test_id("scrubber").evaluate("e => { e.value = 0; e.dispatchEvent(new Event('input')) }")
    expect(page.get_by_test_id("sample")).to_have_js_property("complete", True)
    expect(page.get_by_test_id("run-log")).not_to_be_empty()
    page.get_by_test_id("run-stop").click()
    expect(page.get_by_test_id("run-resume")).to_be_visible(timeout=60000)
    page.get_by_test_id("run-resume").click()
    expect(page.get_by_test_id("run-stop")).to_be_visible(timeout=60000)
    page.get_by_test_id("run-stop").click()
    expect(page.get_by_test_id("run-resume")).to_be_visible(timeout=60000)


def test_a_run_is_asked_for_without_names_of_settings(studio):
    page = studio.open("/train?recipe=digits")
    expect(page.get_by_test_id("recipe")).to_have_value("digits")
    expect(page.get_by_test_id("train-time").locator("option").first).to_contain_text("passes")
    page.get_by_test_id("train-side").select_option("32")
    page.get_by_test_id("train-time").select_option("20")
    page.route("**/api/training", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_test_id("train-start").click()
    expect(page.get_by_test_id("starter").get_by_test_id("error")).to_be_visible()
    until(lambda: studio.sent("POST", "/api/training"))
    sent = studio.sent("POST", "/api/training")[-1]
    assert sent == {"recipe": "digits", "settings": {"data.size": "[32, 32]"}, "resume": None, "minutes": 20}


def test_w9_models(studio, tmp_path):
    page = studio.open("/models")
    first = page.get_by_test_id("model").first
    expect(first.get_by_test_id("model-hash")).to_have_text(re.compile(r"[0-9a-f]{8,}"))
    expect(page.get_by_test_id("is-default")).to_have_count(1)
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(struct.pack("<Q", 10**9) + b"{}")
    page.get_by_test_id("model-file").set_input_files(str(bad))
    error = page.get_by_test_id("place-models").get_by_test_id("error")
    expect(error).to_be_visible()
    said = error.text_content()
    assert re.search(r"header|safetensors|bytes", said), said
    expect(error.get_by_test_id("error-id")).not_to_be_empty()


def test_a_model_that_a_command_added(studio):
    there = studio.get("/api/models")["onDisk"]
    if not there:
        pytest.skip("'atelier models' has added none that the studio does not have")
    page = studio.open("/models")
    before = page.get_by_test_id("model").count()
    page.get_by_test_id("model-take").first.click()
    expect(page.get_by_test_id("model")).to_have_count(before + 1, timeout=60000)
    expect(page.get_by_test_id("model-take")).to_have_count(len(there) - 1)
    card = page.get_by_test_id("model").filter(has_text=there[0]["name"])
    card.get_by_test_id("model-card").locator("summary").click()
    expect(card.get_by_test_id("model-card")).to_contain_text("Published weights")
    card.get_by_test_id("model-delete").click()
    page.get_by_test_id("sure").click()
    expect(page.get_by_test_id("model-take")).to_have_count(len(there))


def test_w10_editor(studio, pixels):
    page = studio.open()
    tile = studio.draw().get_by_test_id("tile").first
    picture = studio.get(f"/api/pictures/{tile.get_attribute('data-id')}")
    studio.open(f"/edit/{picture['id']}")
    canvas = page.get_by_test_id("canvas")
    words = page.get_by_test_id("edit-painted")
    expect(words).not_to_be_empty()
    box = canvas.bounding_box()
    scale = int(min(box["width"] / picture["width"], box["height"] / picture["height"]) * 0.94)
    left = box["x"] + round((box["width"] - picture["width"] * scale) / 2)
    top = box["y"] + round((box["height"] - picture["height"] * scale) / 2)
    page.get_by_test_id("edit-size").evaluate("e => { e.value = 4; e.dispatchEvent(new Event('input')) }")

    def stroke(x, y, to_x, to_y):
        page.mouse.move(left + (x + 0.5) * scale, top + (y + 0.5) * scale)
        page.mouse.down()
        page.mouse.move(left + (to_x + 0.5) * scale, top + (to_y + 0.5) * scale, steps=4)
        page.mouse.up()

    stroke(8, 8, 8, 8)
    once = words.text_content()
    stroke(20, 20, 24, 20)
    twice = words.text_content()
    assert once != twice
    page.keyboard.press("Control+z")
    expect(words).to_have_text(once)
    page.keyboard.press("Control+Shift+z")
    expect(words).to_have_text(twice)
    page.keyboard.press("Control+z")
    page.keyboard.press("i")
    page.keyboard.press("i")
    page.keyboard.press("]")
    page.keyboard.press("[")
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.get_by_test_id("edit-draw").click()
    expect(page.get_by_test_id("place-create")).to_be_visible()
    body = studio.sent("POST", "/api/jobs")[-1]
    assert body["kind"] == "inpaint" and body["pictures"] == [picture["id"]]
    mask = pixels(studio.context.request.get(f"{studio.base}/api/pictures/{body['mask']}/file").body())
    assert mask.size == (picture["width"], picture["height"])
    painted = {(x, y) for y in range(mask.height) for x in range(mask.width) if mask.getpixel((x, y))[3] == 0}
    expected = {(x, y) for x in range(4, 13) for y in range(4, 13) if (x - 8) ** 2 + (y - 8) ** 2 <= 4}
    assert painted == expected


def test_w10_extend(studio):
    page = studio.open()
    picture = studio.draw().get_by_test_id("tile").first.get_attribute("data-id")
    for testid, numbers in (("zoom-1.5", {"zoom": 1.5}), ("zoom-2", {"zoom": 2}), ("pan-left", {"left": 0.5})):
        studio.open(f"/edit/{picture}?tool=extend")
        with page.expect_request(lambda r: r.url.endswith("/api/jobs") and r.method == "POST") as sent:
            page.get_by_test_id(testid).click()
        body = sent.value.post_data_json
        assert (body["kind"], body["numbers"], body["pictures"]) == ("outpaint", numbers, [picture])


def test_w15_compare(studio, pixels):
    page = studio.open()
    group = studio.draw()
    a, b = [group.get_by_test_id("tile").nth(i).get_attribute("data-id") for i in (0, 1)]
    studio.open(f"/compare/{a}/{b}")
    stage = page.get_by_test_id("compare-stage")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=compare-stage] img')].every(i => i.complete)"
    )

    def shot(percent):
        page.get_by_test_id("compare-slider").evaluate(
            "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')) }", percent
        )
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return pixels(stage.screenshot())

    all_a, all_b, half = shot(100), shot(0), shot(50)
    width, height = half.size
    for x, source in ((width // 4, all_a), (3 * width // 4, all_b)):
        for y in range(8, height - 8, height // 16):
            assert half.getpixel((x, y)) == source.getpixel((x, y))
    assert all_a.tobytes() != all_b.tobytes()
    page.keyboard.press("2")
    expect(page.get_by_test_id("compare-sides-mode")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("3")
    expect(stage).to_have_attribute("data-mode", "flicker")


def test_w20_dropped_png(studio):
    image = pytest.importorskip("PIL.Image")
    from PIL.PngImagePlugin import PngInfo

    said = "red apple <script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    info = PngInfo()
    info.add_text("parameters", f"{said}\nSteps: 20, Seed: 77, Size: 64x64")
    data = io.BytesIO()
    image.new("RGB", (64, 64), (200, 30, 30)).save(data, "PNG", pnginfo=info)
    page = studio.open()
    page.get_by_test_id("prompt").fill("mine")
    page.evaluate(
        """bytes => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        list(data.getvalue()),
    )
    expect(page.get_by_test_id("dropped-prompt")).to_have_text(said)
    expect(page.get_by_test_id("prompt")).to_have_value("mine")
    page.get_by_test_id("use-settings").click()
    expect(page.get_by_test_id("prompt")).to_have_value(said)
    assert page.evaluate("window.ran") is None


def test_several_dropped(studio):
    """Pictures are kept; what is left out is counted in one line, with reasons."""
    image = pytest.importorskip("PIL.Image")
    data = io.BytesIO()
    image.new("RGB", (64, 64), (30, 200, 30)).save(data, "PNG")
    good = list(data.getvalue())
    files = {
        "a.png": good,
        "b.png": good[:-30],
        "notes.txt": [104, 105],
        "more.txt": [104],
        "all.zip": [80, 75, 3, 4],
        ".DS_Store": [0],
        "m.safetensors": [0] * 8,
        "c.png": good,
    }
    before = studio.get("/api/pictures?kind=upload")["total"]
    page = studio.open()
    page.evaluate(
        """files => {
          const dropped = new DataTransfer();
          const type = (name) => name.endsWith('.png') ? 'image/png' : name.endsWith('.txt') ? 'text/plain' : '';
          for (const [name, bytes] of Object.entries(files)) {
            dropped.items.add(new File([new Uint8Array(bytes)], name, { type: type(name) }));
          }
          const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new DragEvent('drop', options));
        }""",
        files,
    )
    expect(page.get_by_test_id("dropped-count")).to_have_text("2 pictures are in the library now.")
    line = page.get_by_test_id("left-out").inner_text()
    assert line.startswith("Left out are 6 files: ")
    for part in (
        "2 that cannot be read as pictures, such as notes.txt (",
        "1 that is damaged, b.png (",
        "1 archive, all.zip: unpack it first",
        "1 of weights, m.safetensors: drop it alone",
        "1 whose name begins with a dot, .DS_Store",
    ):
        assert part in line, line
    assert studio.get("/api/pictures?kind=upload")["total"] == before + 2


def test_a_folder_dropped(studio, tmp_path):
    """Folders are opened, also those in folders; what is in them and left out is counted in the same line."""
    image = pytest.importorskip("PIL.Image")
    fixtures = pathlib.Path(__file__).resolve().parents[1] / "Fixtures/pictures"
    folder = tmp_path / "holiday"
    (folder / "inner/deeper").mkdir(parents=True)
    (folder / "@eaDir").mkdir()
    for number, name in enumerate(["a.png", "inner/b.JPG", "inner/deeper/c.webp"]):
        image.new("RGB", (64, 64), (30, 200, 30 * number)).save(folder / name)
    for name in ("ramp.heic", "ramp.avif", "ramp.jxl", "ramp.bmp"):
        (folder / "inner" / name).write_bytes((fixtures / name).read_bytes())
    (folder / "inner/notes.txt").write_text("hi")
    (folder / "inner/.DS_Store").write_text("")
    (folder / "all.zip").write_bytes(b"PK\3\4")
    before = studio.get("/api/pictures?kind=upload")["total"]
    page = studio.open()
    devices = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devices.send("Input.dispatchDragEvent", {"type": kind, "x": 200, "y": 200, "data": data})
    expect(page.get_by_test_id("dropped-count")).to_have_text("7 pictures are in the library now.")
    line = page.get_by_test_id("left-out").inner_text()
    assert line.startswith("Left out are 3 files: "), line
    for part in (
        "1 that cannot be read as a picture, notes.txt (picture: not a picture: expected PNG, JPEG, WebP",
        "1 archive, ",
        "1 whose name begins with a dot, holiday/inner/.DS_Store",
    ):
        assert part in line, line
    assert studio.get("/api/pictures?kind=upload")["total"] == before + 7


def test_w24_scrubber_and_verdict(studio):
    page = studio.open("/train")
    if not page.get_by_test_id("run").count():
        pytest.skip("the studio has no runs")
    expect(page.get_by_test_id("health")).not_to_be_empty()
    count = int(page.get_by_test_id("samples").get_attribute("data-count"))
    if count < 2:
        pytest.skip("the run has fewer than two samples")
    words = page.get_by_test_id("sample-words")
    last = words.text_content()
    page.get_by_test_id("scrubber").press("ArrowLeft")
    expect(words).not_to_have_text(last)


def test_w25_lineage(studio):
    page = studio.open()
    studio.draw()
    for _ in range(2):
        tile = page.get_by_test_id("job").first.get_by_test_id("tile").first

        def vary(tile=tile):
            tile.get_by_test_id("tile-open").focus()
            page.keyboard.press("v")

        job = studio.ask(vary).json()["jobs"][0]["id"]
        expect(page.get_by_test_id("job").first).to_have_attribute("data-job", job)
        expect(page.get_by_test_id("job").first).to_have_attribute("data-state", "done", timeout=60000)
    page.get_by_test_id("job").first.get_by_test_id("tile-open").first.click()
    page.keyboard.press("i")
    nodes = page.get_by_test_id("lineage-node")
    expect(nodes).to_have_count(3)
    other = nodes.first.get_attribute("data-id")
    if other == page.get_by_test_id("view-image").get_attribute("data-id"):
        other = nodes.last.get_attribute("data-id")
    page.locator(f"[data-testid=lineage-node][data-id='{other}']").click()
    expect(page.get_by_test_id("view-image")).to_have_attribute("data-id", other)


def test_w26_tiles(studio):
    page = studio.open()
    studio.draw().get_by_test_id("tile-open").first.click()
    page.keyboard.press("t")
    expect(page.get_by_test_id("nine")).to_be_visible()
    expect(page.get_by_test_id("seam")).to_have_attribute("data-ratio", re.compile(r"\d"))


def test_words_are_complete(studio):
    english, chinese = (studio.get(f"/page/words/{name}.json") for name in ("en", "zh"))
    assert english.keys() == chinese.keys()

    def names(text):
        return set(re.findall(r"\{(\w+)\}", json.dumps(text)))

    for key in english:
        assert names(english[key]) == names(chinese[key]), key
