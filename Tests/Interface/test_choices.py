"""What the document says of choices, and what pictures say of themselves to programs that ask as A1111 has it."""

import base64
import io
import re
import struct

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from conftest import ended, job, patiently, png

SAID = 'a cat, (red:1.2)\nin a hat\nNegative prompt: dogs, \u72d7\nSteps: 20, Sampler: "Euler, a", Seed: 7, Size: 64x64'


def test_choices_are_those_that_are_taken(web):
    """A field with choices refuses all others and names them; the document has the same, and no field less."""
    document = web.get("/openapi.json").json()
    fields = document["components"]["schemas"]["ImageRequest"]["properties"]
    found = {}
    for name, field in fields.items():
        if name in ("prompt", "model", "user", "negative_prompt"):
            continue
        answer = patiently(lambda name=name: web.post("/v1/images/generations", json={"prompt": "a", name: "zzz"}))
        assert answer.status_code == 400, (name, answer.text)
        error = answer.json()["error"]
        assert error["param"] == name and error["code"] != "unknown_parameter", error
        listed = re.search(r"expected ([a-z0-9_]+(?:, [a-z0-9_]+)+)$", error["message"])
        if listed:
            found[name] = set(listed[1].split(", "))
        between = re.search(r"(?:expected|from) (\d+) to (\d+)", error["message"]) if name != "size" else None
        if between:
            assert (field["minimum"], field["maximum"]) == (int(between[1]), int(between[2])), name
    assert found.pop("stream") == {"true", "false"}
    assert found == {name: set(field["enum"]) for name, field in fields.items() if "enum" in field}
    assert {"style", "quality", "input_fidelity", "background", "moderation"} <= set(found)
    for form in document["paths"]["/v1/images/edits"]["post"]["requestBody"]["content"].values():
        assert {"$ref": "#/components/schemas/ImageRequest"} in form["schema"]["allOf"]


def ask(web, data):
    answer = web.post("/sdapi/v1/png-info", json={"image": base64.b64encode(data).decode()})
    assert answer.status_code == 200, answer.text
    return answer.json()


def comment(order):
    """Exif with a comment in UTF-16, as A1111's web UI writes it into JPEG and WebP."""
    end = "<" if order == "little" else ">"
    text = b"UNICODE\0" + SAID.encode("utf-16-le" if order == "little" else "utf-16-be")
    head = (b"II*\0" if order == "little" else b"MM\0*") + struct.pack(end + "I", 8)
    first = struct.pack(end + "HHHIII", 1, 0x8769, 4, 1, 26, 0)
    second = struct.pack(end + "HHHIII", 1, 0x9286, 7, len(text), 44, 0)
    return b"Exif\0\0" + head + first + second + text


def made(form):
    file = io.BytesIO()
    image = Image.new("RGB", (64, 64), (200, 30, 30))
    if form in ("text", "international"):
        info = PngInfo()
        (info.add_text if form == "text" else info.add_itxt)(
            "parameters", SAID if form != "text" else SAID.replace("\u72d7", "cows")
        )
        image.save(file, "PNG", pnginfo=info)
    else:
        kind, order = form.split()
        image.save(file, kind, exif=comment(order))
    return file.getvalue()


@pytest.mark.parametrize("form", ["text", "international", "JPEG big", "JPEG little", "WEBP big", "WEBP little"])
def test_png_info_of_others(web, form):
    read = ask(web, made(form))
    said = SAID.replace("\u72d7", "cows") if form == "text" else SAID
    assert read["info"] == said and read["items"]["parameters"] == said
    assert read["parameters"]["Prompt"] == "a cat, (red:1.2)\nin a hat"
    assert read["parameters"]["Negative prompt"] == ("dogs, cows" if form == "text" else "dogs, \u72d7")
    assert (
        read["parameters"]["Seed"] == "7"
        and read["parameters"]["Steps"] == "20"
        and "Euler, a" in read["parameters"]["Sampler"]
    )


def test_png_info_of_ours(web):
    done = ended(web, job(web, prompt="a red apple --no leaf", seed="77")["id"])
    read = ask(web, web.get(f"/api/pictures/{done['pictures'][0]}/file").content)
    assert read["info"].startswith("a red apple") and read["parameters"]["Seed"] == "77"
    assert read["parameters"]["Prompt"].startswith("a red apple")


def test_png_info_of_nothing(web):
    assert ask(web, png()) == {"info": "", "items": {}, "parameters": {}}
    for wrong in ("", "data:image/png;base64,", "~~~~", base64.b64encode(b"no picture").decode()):
        answer = web.post("/sdapi/v1/png-info", json={"image": wrong})
        assert answer.status_code == 400 and set(answer.json()) == {"error", "detail", "body", "errors"}, answer.text


WISHES = [{"quality": one} for one in ("auto", "low", "medium", "high", "standard", "hd")] + [
    {"style": one} for one in ("vivid", "natural", "raw")
]


@pytest.mark.parametrize("wish", [*WISHES, {"background": "opaque"}, {"input_fidelity": "high"}, {"moderation": "low"}])
def test_edits_take_the_wishes_of_drawings(web, wish):
    """What clients of OpenAI send with an edit is followed or left, not answered with words of the command line."""
    answer = patiently(
        lambda: web.post(
            "/v1/images/edits",
            data={"prompt": "a dog", "n": "1"} | wish,
            files={"image": ("a.png", png(), "image/png")},
        )
    )
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["data"]) == 1
    wrong = patiently(
        lambda: web.post(
            "/v1/images/edits",
            data={"prompt": "a dog", next(iter(wish)): "zzz"},
            files={"image": ("a.png", png(), "image/png")},
        )
    )
    assert wrong.status_code == 400 and "--" not in wrong.json()["error"]["message"]


@pytest.mark.parametrize("avoided", ["", "  ", "blurry, ugly, deformed", "模糊，丑"])
def test_lists_of_what_to_avoid_everywhere(web, avoided):
    """Nothing to avoid is nothing, a list is all of it."""
    for path, wish in (("/sdapi/v1/txt2img", {"seed": 5}), ("/v1/images/generations", {"n": 1})):
        body = {"prompt": "a red apple", "negative_prompt": avoided} | wish
        answer = patiently(lambda path=path, body=body: web.post(path, json=body))
        assert answer.status_code == 200, (path, answer.text)


def test_what_proxies_forward_is_not_read(web):
    """Anybody can send these; addresses are made of what the studio was asked as."""
    headers = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        "x-forwarded-prefix": "/evil",
        "x-forwarded-for": "203.0.113.9",
        "forwarded": "host=evil.example;proto=gopher",
    }
    wish = {"prompt": "a red apple", "n": 1, "response_format": "url"}
    answer = patiently(lambda: web.post("/v1/images/generations", json=wish, headers=headers))
    assert answer.status_code == 200, answer.text
    address = answer.json()["data"][0]["url"]
    assert address.startswith(str(web.base_url).rstrip("/") + "/v1/files/"), address
    page = web.get("/create", headers=headers)
    assert page.status_code == 200 and "evil" not in page.text and "gopher" not in page.text
