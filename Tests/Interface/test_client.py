"""The official client of the OpenAI interface, unmodified, against a studio."""

import base64
import io
import subprocess
import time

import httpx
import numpy
import openai
import pytest
from PIL import Image

from conftest import BUNDLED, PROGRAM, bytes_of, hole, patiently, pixels, png

MARK = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@pytest.fixture(scope="module")
def client(studio):
    return studio.client()


def attempts(studio, ask):
    """The error that a call raises, and how often it was sent."""
    count = 0

    def note(_):
        nonlocal count
        count += 1

    client = openai.OpenAI(
        base_url=studio.url + "/v1",
        api_key="sk-local",
        http_client=httpx.Client(event_hooks={"request": [note]}),
    )
    with pytest.raises(openai.APIError) as caught:
        ask(client)
    return caught.value, count


def test_two_pictures(client):
    answer = patiently(lambda: client.images.generate(prompt="a red apple", n=2))
    assert len(answer.data) == 2 and abs(answer.created - time.time()) < 120
    seen = set()
    for item in answer.data:
        data = bytes_of(item)
        image = Image.open(io.BytesIO(data))
        image.load()
        assert image.format == "PNG" and f"{image.width}x{image.height}" == answer.size
        xmp = image.info.get("XML:com.adobe.xmp") or image.text["XML:com.adobe.xmp"]
        assert MARK.decode() in xmp
        assert image.text["parameters"].startswith("a red apple")
        seen.add(numpy.asarray(image).tobytes())
        assert item.url is None and item.model_extra["seed"].isdigit()
    assert len(seen) == 2
    assert answer.usage.total_tokens == 0 and answer.output_format == "png"


def test_models(client):
    names = [model.id for model in client.models.list()]
    assert names[0] == BUNDLED and "gpt-image-1" in names and len(names) == len(set(names))
    assert client.models.retrieve(BUNDLED).id == BUNDLED
    assert all(isinstance(model.created, int) for model in client.models.list())
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("nope")
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize("name", ["gpt-image-1", "dall-e-2", "dall-e-3", "midjourney", BUNDLED])
def test_aliases(client, name):
    one = patiently(lambda: client.images.generate(model=name, prompt="a car", n=1, extra_body={"seed": 5}))
    two = patiently(lambda: client.images.generate(prompt="a car", n=1, extra_body={"seed": 5}))
    assert (pixels(bytes_of(one.data[0])) == pixels(bytes_of(two.data[0]))).all()


def test_bundled_model_stays(client):
    with pytest.raises(openai.APIStatusError) as caught:
        client.models.delete("gpt-image-1")
    assert 400 <= caught.value.status_code < 500
    assert BUNDLED in [model.id for model in client.models.list()]


def drawn(client, **more):
    return bytes_of(patiently(lambda: client.images.generate(prompt="a red apple", n=1, **more)).data[0])


def test_edit_changes_only_the_hole(client):
    source = drawn(client, extra_body={"seed": 3})
    before = pixels(source)
    height, width = before.shape[:2]
    box = (width // 4, height // 4, 3 * width // 4, 3 * height // 4)
    answer = patiently(
        lambda: client.images.edit(
            image=("a.png", source), mask=("m.png", hole(width, height, box)), prompt="a green leaf", n=2
        )
    )
    assert len(answer.data) == 2
    outside = numpy.ones((height, width), bool)
    outside[box[1] : box[3], box[0] : box[2]] = False
    for item in answer.data:
        after = pixels(bytes_of(item))
        assert after.shape == before.shape
        assert (after[outside] == before[outside]).all()
        assert (after[~outside] != before[~outside]).any()


def test_edit_of_photograph_with_octet_stream(client):
    source = png(96, 80, mode="RGB", color=(10, 120, 200), noise=True)
    before = pixels(source)
    answer = patiently(lambda: client.images.edit(image=source, mask=hole(96, 80, (0, 0, 48, 80)), prompt="a dog", n=1))
    after = pixels(bytes_of(answer.data[0]))
    assert after.shape == before.shape, "the picture keeps its size"
    assert (after[:, 48:] == before[:, 48:]).all()
    assert (after[:, :48] != before[:, :48]).any()


def test_edit_takes_file_objects(client):
    answer = patiently(lambda: client.images.edit(image=io.BytesIO(png()), prompt="a dog", stream=False))
    assert pixels(bytes_of(answer.data[0])).shape[2] == 4


def test_edit_without_mask_fills_what_is_transparent(client):
    source = Image.new("RGBA", (64, 64), (90, 10, 10, 255))
    source.paste((0, 0, 0, 0), (32, 0, 64, 64))
    file = io.BytesIO()
    source.save(file, "PNG")
    answer = patiently(lambda: client.images.edit(image=("a.png", file.getvalue()), prompt="a dog"))
    after = pixels(bytes_of(answer.data[0]))
    assert (after[:, :32] == (90, 10, 10, 255)).all()
    assert (after[:, 32:, 3] > 0).any()


def test_edit_of_list(client):
    one, two = drawn(client, extra_body={"seed": 1}), drawn(client, extra_body={"seed": 2})
    answer = patiently(lambda: client.images.edit(image=[("a.png", one), ("b.png", two)], prompt="both"))
    image = pixels(bytes_of(answer.data[0]))
    assert image.shape == pixels(one).shape


def test_edit_in_json(studio, web):
    address = "data:image/png;base64," + base64.b64encode(png()).decode()
    answer = patiently(
        lambda: web.post("/v1/images/edits", json={"prompt": "a dog", "images": [{"image_url": address}]})
    )
    assert answer.status_code == 200, answer.text
    refused = web.post(
        "/v1/images/edits", json={"prompt": "a dog", "images": [{"image_url": "http://127.0.0.1:1/a.png"}]}
    )
    assert refused.status_code == 400 and refused.json()["error"]["code"] == "invalid_image_url"


def test_variations(client):
    source = drawn(client, extra_body={"seed": 8})
    answer = patiently(lambda: client.images.create_variation(image=source, n=3, response_format="b64_json"))
    images = [pixels(bytes_of(item)) for item in answer.data]
    assert len(images) == 3 and len({image.tobytes() for image in images} | {pixels(source).tobytes()}) == 4
    assert all(item.model_extra["parent"] for item in answer.data)


def test_stream(client):
    events = list(
        patiently(
            lambda: client.images.generate(
                prompt="a red apple", n=1, stream=True, partial_images=2, extra_body={"seed": 11}
            )
        )
    )
    kinds = [event.type for event in events]
    assert kinds == ["image_generation.partial_image"] * 2 + ["image_generation.completed"]
    assert [type(event).__name__ for event in events] == ["ImageGenPartialImageEvent"] * 2 + ["ImageGenCompletedEvent"]
    assert [event.partial_image_index for event in events[:2]] == [0, 1]
    for event in events:
        Image.open(io.BytesIO(bytes_of(event))).load()
    whole = drawn(client, extra_body={"seed": 11})
    assert (pixels(bytes_of(events[-1])) == pixels(whole)).all()


@pytest.mark.parametrize("partials", [0, 1, 3])
def test_partials_of_one_picture(client, partials):
    events = list(patiently(lambda: client.images.generate(prompt="a car", n=1, stream=True, partial_images=partials)))
    assert len(events) == partials + 1


def test_stream_of_three(client):
    events = list(patiently(lambda: client.images.generate(prompt="a car", n=3, stream=True)))
    assert [event.type for event in events] == ["image_generation.completed"] * 3
    assert len({event.b64_json for event in events}) == 3


def test_stream_of_edit(client):
    events = list(patiently(lambda: client.images.edit(image=png(), prompt="a dog", stream=True, partial_images=1)))
    assert events[-1].type == "image_edit.completed"
    assert all(event.type.startswith("image_edit.") for event in events)


def test_error_within_stream(new_studio):
    """A job that ends badly after the stream began is an error of the client."""
    studio = new_studio()
    with studio.web() as web:
        web.patch("/api/queue", json={"paused": True})
        stream = studio.client().images.generate(prompt="a car", n=1, stream=True)
        web.delete("/api/jobs")
        with pytest.raises(openai.APIError) as caught:
            list(stream)
        assert caught.value.code == "cancelled"
        assert "cancelled" in caught.value.message


def test_addresses(studio, client):
    answer = patiently(lambda: client.images.generate(prompt="a car", n=1, response_format="url"))
    item = answer.data[0]
    assert item.b64_json is None
    assert item.url.startswith(studio.url + "/v1/files/")
    assert len(item.url.rsplit("/", 1)[1]) * 6 >= 128
    found = httpx.get(item.url)
    assert found.status_code == 200 and found.headers["content-type"] == "image/png"
    Image.open(io.BytesIO(found.content)).load()
    assert httpx.get(item.url[:-1] + ("A" if item.url[-1] != "A" else "B")).status_code == 404


def test_address_has_the_format_asked_for(client):
    answer = patiently(lambda: client.images.generate(prompt="a car", n=1, response_format="url", output_format="jpeg"))
    found = httpx.get(answer.data[0].url)
    assert Image.open(io.BytesIO(found.content)).format == "JPEG"
    assert found.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("form", ["jpeg", "webp", "png"])
def test_output_formats(client, form):
    answer = patiently(lambda: client.images.generate(prompt="a car", n=1, output_format=form, background="opaque"))
    data = bytes_of(answer.data[0])
    assert Image.open(io.BytesIO(data)).format == form.upper()
    assert MARK in data, "the mark stays in every format"
    assert answer.output_format == form
    assert (pixels(data)[..., 3] == 255).all()


def test_compression_counts(client):
    sizes = [
        len(
            bytes_of(
                patiently(
                    lambda quality=quality: client.images.generate(
                        prompt="a car",
                        n=1,
                        output_format="jpeg",
                        output_compression=quality,
                        extra_body={"seed": 4},
                    )
                ).data[0]
            )
        )
        for quality in (10, 95)
    ]
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize(
    "size,width,height",
    [
        ("auto", 256, 256),
        ("64x64", 64, 64),
        ("128x128", 128, 128),
        ("96x64", 96, 64),
        ("40x100", 40, 100),
        ("8x8", 8, 8),
        ("１２８×９６", 128, 96),
    ],
)
def test_sizes(client, size, width, height):
    answer = patiently(lambda: client.images.generate(prompt="a car", n=1, size=size, extra_body={"seed": 6}))
    drawn = pixels(bytes_of(answer.data[0]))
    assert drawn.shape == (height, width, 4)
    assert answer.size == f"{width}x{height}"
    # What is drawn lies in the middle, and beside it nothing.
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    inside = drawn[top : top + side, left : left + side]
    assert inside[..., 3].any() and inside[..., 3].sum(dtype=int) == drawn[..., 3].sum(dtype=int)


def test_streams_have_the_size(client):
    events = list(
        patiently(lambda: client.images.generate(prompt="a car", n=1, size="96x64", stream=True, partial_images=1))
    )
    assert [pixels(bytes_of(event)).shape[:2] for event in events] == [(64, 96)] * 2
    assert {event.size for event in events} == {"96x64"}


def test_wishes_give_way_to_the_prompt(new_studio, tmp_path, monkeypatch):
    """Quality and style say nothing that the prompt, a preset in it or a field says already."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    subprocess.run([PROGRAM, "prefer", "set", "mine", "--stylize 50"], check=True, capture_output=True)
    client = new_studio().client()

    def one(prompt, **more):
        body = more.pop("body", {})
        answer = client.images.generate(prompt=prompt, n=1, extra_body={"seed": 3} | body, **more)
        return pixels(bytes_of(answer.data[0])).tobytes()

    plain = one("a red apple --stylize 50")
    assert one("a red apple --mine", style="vivid") == plain
    assert one("a red apple", style="vivid", body={"stylize": 50}) == plain
    assert one("a red {apple --mine}", style="vivid") == plain
    assert one("a red apple", style="vivid") == one("a red apple --stylize 250") != plain
    assert one("a red apple", quality="high") == one("a red apple --quality 4")


def test_lists_of_what_to_avoid(client):
    """However long the list and however it is written, it is followed."""
    answer = patiently(
        lambda: client.images.generate(
            prompt="a red apple", n=1, extra_body={"seed": 2, "negative_prompt": "leaf，worm, {stem}\n--tail, hat, sun"}
        )
    )
    other = patiently(
        lambda: client.images.generate(
            prompt="a red apple --no leaf, worm, \\{stem\\}, tail, hat, sun", n=1, extra_body={"seed": 2}
        )
    )
    assert pixels(bytes_of(answer.data[0])).tobytes() == pixels(bytes_of(other.data[0])).tobytes()


@pytest.mark.parametrize(
    "prompt,field,words",
    [
        ("a car --chaos 900", "chaos", "'chaos'"),
        ("a car --no", "negative_prompt", "'negative_prompt'"),
        ("a car --qwertyuiop", "qwertyuiop", "/api/state lists all"),
        ("a car --raw 3", "raw", "'raw'"),
    ],
)
def test_errors_name_fields(client, web, prompt, field, words):
    with pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(prompt=prompt, n=1)
    assert caught.value.param == field
    assert words in caught.value.message and "--" not in caught.value.message
    other = web.post("/sdapi/v1/txt2img", json={"prompt": prompt})
    assert other.status_code == 400
    found = other.json()
    assert found["detail"] == f"body.{field}: {found['errors']}" and words in found["errors"]
    # The page and people type them.
    own = web.post("/api/jobs", json={"prompt": prompt}).json()["error"]["message"]
    assert "--" in own


@pytest.mark.parametrize("what", ["edit", "create_variation"])
def test_size_of_edits(client, what):
    words = {"prompt": "a dog"} if what == "edit" else {"response_format": "b64_json"}
    answer = patiently(lambda: getattr(client.images, what)(image=png(), size="256x256", **words))
    assert pixels(bytes_of(answer.data[0])).shape[:2] == (256, 256)


def test_null_is_as_absent(web):
    wish = {"prompt": "a car", "n": 1} | dict.fromkeys(
        ("model", "size", "quality", "stream", "user", "style", "background", "moderation")
    )
    assert patiently(lambda: web.post("/v1/images/generations", json=wish)).status_code == 200


def test_same_as_command_line(client, tmp_path):
    """A seed draws the same picture here and there, to the last bit."""
    answer = patiently(
        lambda: client.images.generate(
            prompt="a red apple", n=2, extra_body={"seed": 18446744073709551615, "chaos": 20}
        )
    )
    subprocess.run(
        [
            PROGRAM,
            "imagine",
            "a red apple --chaos 20",
            "--seed",
            "18446744073709551615",
            "-n",
            "2",
            "--out",
            str(tmp_path),
            "--no-show",
        ],
        check=True,
        capture_output=True,
    )
    single = sorted(file for file in tmp_path.rglob("*.png") if "grid" not in file.name and "sheet" not in file.name)
    theirs = {pixels(file.read_bytes()).tobytes() for file in single}
    for item in answer.data:
        assert pixels(bytes_of(item)).tobytes() in theirs
        assert item.model_extra["seed"] == "18446744073709551615"


BAD = {
    "too many": {"n": 11},
    "none": {"n": 0},
    "quality": {"quality": "weird"},
    "size": {"size": "64x4097"},
    "size in words": {"size": "large"},
    "partials": {"stream": True, "partial_images": 4},
    "format": {"output_format": "gif"},
    "compression": {"output_format": "jpeg", "output_compression": 101},
    "empty": {"prompt": ""},
    "long": {"prompt": "a" * 32_001},
    "seed": {"extra_body": {"seed": -1}},
    "seed of 65 bits": {"extra_body": {"seed": 2**64}},
    "chaos": {"extra_body": {"chaos": 101}},
}


@pytest.mark.parametrize("name", BAD)
def test_bad_values(studio, name):
    error, sent = attempts(studio, lambda client: client.images.generate(**{"prompt": "a car", "n": 1} | BAD[name]))
    assert type(error) is openai.BadRequestError and sent == 1
    assert error.type == "invalid_request_error" and error.code and error.param
    assert set(error.body) >= {"message", "type", "param", "code"}
    assert error.request_id and error.response.headers["x-should-retry"] == "false"


def test_unknown_parameter(studio):
    error, sent = attempts(studio, lambda client: client.images.generate(prompt="a", extra_body={"colour": 1}))
    assert (type(error), error.code, error.param, sent) == (
        openai.BadRequestError,
        "unknown_parameter",
        "colour",
        1,
    )


def test_missing_prompt(web):
    answer = web.post("/v1/images/generations", json={"n": 1})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "missing_required_parameter"
    assert answer.json()["error"]["param"] == "prompt"


@pytest.mark.parametrize("prompt", ["gore", "GORE everywhere", "ｇｏｒｅ", "g\u200bore", "a 纳粹 flag"])
def test_moderation(studio, prompt):
    error, sent = attempts(studio, lambda client: client.images.generate(prompt=prompt))
    assert (type(error), error.code, error.type, sent) == (
        openai.BadRequestError,
        "moderation_blocked",
        "image_generation_user_error",
        1,
    )
    details = error.body["moderation_details"]
    category = "hate" if "纳粹" in prompt else "violence"
    assert details == {"moderation_stage": "input", "categories": [category]}
    assert error.message.count(f"safety_violations=[{category}].") == 1


def test_moderation_warns_only(client):
    answer = patiently(lambda: client.images.generate(prompt="gore", n=1, moderation="low"))
    assert len(answer.data) == 1


def test_moderation_does_not_overreach(client):
    assert len(patiently(lambda: client.images.generate(prompt="a categorer", n=1)).data) == 1


def test_no_such_model(studio):
    error, sent = attempts(studio, lambda client: client.images.generate(prompt="a", model="nope"))
    assert (type(error), error.code, error.param, sent) == (openai.NotFoundError, "model_not_found", "model", 1)
    assert BUNDLED in error.message


def test_too_large(studio):
    error, sent = attempts(
        studio, lambda client: client.images.edit(image=("a.png", b"\x89PNG" + bytes(51 << 20)), prompt="a")
    )
    assert (error.status_code, error.code, sent) == (413, "file_too_large", 1)


def test_mask_too_large(studio):
    error, sent = attempts(
        studio,
        lambda client: client.images.edit(image=png(), mask=("m.png", b"\x89PNG" + bytes(5 << 20)), prompt="a"),
    )
    assert (error.status_code, error.code, sent) == (413, "file_too_large", 1)


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(40), b"text", b""])
def test_not_a_picture(studio, data):
    error, sent = attempts(studio, lambda client: client.images.edit(image=("a.png", data), prompt="a"))
    assert error.status_code in (400, 415) and sent == 1
    assert error.code == "invalid_image_format"


def test_rate(new_studio):
    studio = new_studio()

    def flood(client):
        for _ in range(30):
            client.images.generate(prompt="a", n=1, extra_body={"seed": 1}, timeout=30)

    with studio.web() as web:
        # What waits takes no time, so that all are asked for within a second.
        web.patch("/api/queue", json={"paused": True})
        codes = []
        for _number in range(15):
            answer = web.post("/api/jobs", json={"prompt": "a", "count": 1})
            codes.append(answer.status_code)
        assert 9 <= codes.index(429) <= 13
        assert int(answer.headers["retry-after"]) >= 1
        web.patch("/api/queue", json={"paused": False})
    error, sent = attempts(studio, flood)
    assert (type(error), error.code, error.type, sent) == (
        openai.RateLimitError,
        "rate_limit_exceeded",
        "rate_limit_exceeded",
        1,
    )


def test_rate_counts_keyed_requests(new_studio):
    """A key for each request must not lift the limit."""
    studio = new_studio()
    with studio.web() as web:
        web.patch("/api/queue", json={"paused": True})
        codes = [
            web.post(
                "/api/jobs", json={"prompt": "a", "count": 1}, headers={"idempotency-key": f"k{number}"}
            ).status_code
            for number in range(40)
        ]
    assert 429 in codes


def test_key(new_studio):
    studio = new_studio(keys={"admin": "correct-horse-battery"})
    wrong = studio.client("sk-wrong-key-wrong-key")
    with pytest.raises(openai.AuthenticationError) as caught:
        wrong.images.generate(prompt="a")
    assert caught.value.code == "invalid_api_key"
    assert "sk-wrong-key-wrong-key" not in caught.value.message
    right = studio.client("correct-horse-battery")
    assert [model.id for model in right.models.list()]
    answer = right.images.generate(prompt="a car", n=1, response_format="url")
    # A program that is given an address fetches it as it is.
    assert httpx.get(answer.data[0].url).status_code == 200
