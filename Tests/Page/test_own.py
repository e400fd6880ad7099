"""A person's own pictures: chosen, named, looked at, learned from."""

import io

from PIL import Image
from playwright.sync_api import expect


def picture(colour, side=48):
    file = io.BytesIO()
    Image.new("RGBA", (side, side), colour).save(file, "PNG")
    return file.getvalue()


def files():
    found = [
        {"name": f"{word}_square-{number}.png", "mimeType": "image/png", "buffer": picture(colour, 40 + number)}
        for number, (word, colour) in enumerate([("red", "#c22"), ("green", "#2a2"), ("blue", "#24c")] * 2)
    ]
    found.append({"name": "green_square-1.txt", "mimeType": "text/plain", "buffer": b"a green thing\n"})
    found.append({"name": "IMG_0042.png", "mimeType": "image/png", "buffer": picture("#cc2")})
    found.append({"name": "table.xls", "mimeType": "application/vnd.ms-excel", "buffer": b"no picture"})
    return found


def test_own_pictures(studio):
    page = studio.open("/train")
    page.get_by_test_id("train-own").click()
    expect(page.get_by_test_id("own-check")).to_be_disabled()
    page.get_by_test_id("own-files").set_input_files(files())
    captions = page.get_by_test_id("own-caption")
    expect(captions).to_have_count(7)
    # Names say what is there; a text beside a picture counts more; a camera's number says nothing.
    expect(captions.nth(0)).to_have_value("red square")
    expect(captions.nth(1)).to_have_value("a green thing")
    expect(captions.nth(6)).to_have_value("")
    expect(page.get_by_test_id("own-left")).to_contain_text("table.xls")
    captions.nth(6).fill("a yellow square")
    page.get_by_test_id("own-check").click()
    expect(page.get_by_test_id("own-found")).to_contain_text("7", timeout=60000)
    expect(page.get_by_test_id("own-minutes")).to_be_visible()
    sent = studio.sent("PUT", r"/api/sets/\w+/captions")[-1]
    assert sent["IMG_0042.png"] == "a yellow square" and len(sent) == 7
    # What is changed has to be looked at again.
    captions.nth(0).fill("a scarlet square")
    expect(page.get_by_test_id("own-train")).to_be_disabled()
    page.get_by_test_id("own-check").click()
    expect(page.get_by_test_id("own-train")).to_be_enabled(timeout=60000)
    page.get_by_test_id("own-train").click()
    expect(page.get_by_test_id("run-stop")).to_be_visible(timeout=90000)
    assert studio.sent("POST", "/api/training")[-1]["recipe"] == "my-pictures"
    expect(page.get_by_test_id("samples")).to_have_attribute("data-count", "1", timeout=120000)
    page.get_by_test_id("run-stop").click()
    expect(page.get_by_test_id("run-draw")).to_be_visible(timeout=60000)
    page.get_by_test_id("run-draw").click()
    expect(page.get_by_test_id("prompt")).to_be_focused(timeout=30000)


def test_words_of_names(studio):
    page = studio.open("/train")
    found = page.evaluate(
        "names => import('/page/train/own.js').then(m => names.map(m.wordsOf))",
        ["red_fox-2.png", "DSC00123.JPG", "IMG_1.png", "photo (3).jpg", "a.b/狐狸 12.png", "cat+dog.webp"],
    )
    assert found == ["red fox", "", "", "", "狐狸", "cat dog"]
