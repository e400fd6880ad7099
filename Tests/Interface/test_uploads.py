"""Pictures and forms that mean harm are refused in words, and cost no memory."""

import contextlib
import io
import socket
import struct
import time
import zlib

import numpy
import pytest
from PIL import Image

from conftest import form, hole, patiently, pixels, png, status

MEBI = 1 << 20


@pytest.fixture(scope="module", autouse=True)
def stalled(studio):
    """Forty requests whose bodies stay away, held open while everything else is tested."""
    lines = []
    for _ in range(40):
        line = socket.create_connection(("127.0.0.1", studio.port))
        line.sendall(
            f"POST /api/folders HTTP/1.1\r\nHost: {studio.host}\r\nX-Atelier-Csrf: 1\r\n"
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode()
        )
        lines.append(line)
    yield time.time(), lines
    for line in lines:
        line.close()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


SIGN = b"\x89PNG\r\n\x1a\n"
END = chunk(b"IEND", b"")


def header(width, height, depth=8, color=2):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))


def huge():
    data = SIGN + header(60_000, 60_000) + chunk(b"IDAT", zlib.compress(b"")[:12]) + END
    return data[:69].ljust(69, b"\0")


def zeros(count):
    engine = zlib.compressobj(9)
    block = bytes(MEBI)
    return b"".join(engine.compress(block) for _ in range(count)) + engine.flush()


def text_bomb(kind=b"zTXt"):
    body = {b"zTXt": b"Comment\0\0", b"iTXt": b"XML:com.adobe.xmp\0\1\0\0\0", b"iCCP": b"icc\0\0"}[kind]
    return SIGN + header(1, 1) + chunk(kind, body + zeros(200)) + chunk(b"IDAT", zlib.compress(bytes(4))) + END


def pixel_bomb():
    """Says 100 by 100, holds 200 MB."""
    return SIGN + header(100, 100) + chunk(b"IDAT", zeros(200)) + END


def animated():
    plain = png()
    control = chunk(b"acTL", struct.pack(">II", 2, 0))
    return plain[:33] + control + plain[33:]


def truncated():
    return png(noise=True)[:-200]


def wrong_check():
    data = bytearray(png(noise=True))
    data[60] ^= 1
    return bytes(data)


BAD = {
    "60000 by 60000 in 69 bytes": (huge, (400,)),
    "text of 200 MB": (text_bomb, (400, 413)),
    "XMP of 200 MB": (lambda: text_bomb(b"iTXt"), (400, 413)),
    "profile of 200 MB": (lambda: text_bomb(b"iCCP"), (201, 400, 413)),
    # What is beyond the picture may be left unread: memory is what counts.
    "pixels of 200 MB": (pixel_bomb, (200, 201, 400, 413)),
    "SVG": (lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", (400, 415)),
    "GIF": (lambda: b"GIF89a\1\0\1\0\x80\0\0" + bytes(20), (400, 415)),
    "HTML": (lambda: b"<html><script>alert(1)</script></html>", (400, 415)),
    "PDF": (lambda: b"%PDF-1.4\n" + bytes(100), (400, 415)),
    "nothing": (lambda: b"", (400, 415)),
    "sign only": (lambda: SIGN, (400,)),
    "no width": (lambda: SIGN + header(0, 10) + chunk(b"IDAT", zlib.compress(b"")) + END, (400,)),
    "animated": (animated, (400,)),
    "trailing bytes": (lambda: png() + b"#!/bin/sh\n" * 100, (400,)),
    "trailing archive": (lambda: png() + b"PK\3\4" + bytes(100), (400,)),
    "cut": (truncated, (400,)),
    "wrong check sum": (wrong_check, (400,)),
    "12000 chunks": (lambda: png()[:33] + chunk(b"tEXt", b"a\0b") * 12_000 + png()[33:], (400,)),
    "20000 by 1": (lambda: png(20_000, 1), (400,)),
}


@pytest.mark.parametrize("name", BAD)
def test_harmful_pictures(studio, web, name):
    make, codes = BAD[name]
    data = make()
    before = studio.resident()
    studio.forget_peak()
    answer = web.post("/api/uploads", content=data, headers={"content-type": "image/png"})
    assert answer.status_code in codes, answer.text
    assert studio.peak() - before < 50 * MEBI
    if answer.status_code >= 400:
        assert answer.json()["error"]["message"] and "/" + "tmp" not in answer.text


@pytest.mark.parametrize(
    "name", ["60000 by 60000 in 69 bytes", "text of 200 MB", "pixels of 200 MB", "animated", "SVG"]
)
@pytest.mark.parametrize(
    "path,field",
    [
        ("/v1/images/edits", "image"),
        ("/v1/images/edits", "mask"),
        ("/v1/images/variations", "image"),
        ("/api/verify", None),
        ("/sdapi/v1/png-info", None),
    ],
)
def test_harmful_pictures_everywhere(studio, web, name, path, field):
    import base64

    make, codes = BAD[name]
    before = studio.resident()
    studio.forget_peak()
    if field:
        parts = [("prompt", None, None, b"a")]
        if field == "mask":
            parts.append(("image", "a.png", "image/png", png()))
        body, kind = form([*parts, (field, "b.png", "image/png", make())])
        answer = web.post(path, content=body, headers={"content-type": kind})
    elif "png-info" in path:
        answer = web.post(path, json={"image": base64.b64encode(make()).decode()})
    else:
        answer = web.post(path, content=make(), headers={"content-type": "image/png"})
    assert answer.status_code in codes, answer.text
    assert studio.peak() - before < 50 * MEBI


def test_51_mebibytes(studio, web):
    before = studio.resident()
    studio.forget_peak()
    answer = web.post("/api/uploads", content=SIGN + bytes(51 * MEBI), headers={"content-type": "image/png"})
    assert answer.status_code == 413
    assert studio.peak() - before < 50 * MEBI


def test_51_mebibytes_of_unknown_length(studio, web):
    def pieces():
        yield SIGN
        for _ in range(51):
            yield bytes(MEBI)

    before = studio.resident()
    answer = web.post("/api/uploads", content=pieces(), headers={"content-type": "image/png"})
    assert answer.status_code == 413
    time.sleep(0.5)
    assert studio.resident() - before < 50 * MEBI


def test_51_mebibytes_in_a_form(studio, web):
    body, kind = form([("prompt", None, None, b"a"), ("image", "a.png", "image/png", SIGN + bytes(51 * MEBI))])
    before = studio.resident()
    answer = web.post("/v1/images/edits", content=body, headers={"content-type": kind})
    assert answer.status_code == 413
    time.sleep(0.5)
    assert studio.resident() - before < 50 * MEBI


@pytest.mark.parametrize("path", ["/api/folders", "/api/jobs", "/v1/images/generations", "/sdapi/v1/txt2img"])
def test_json_of_two_mebibytes(web, path):
    answer = web.post(path, json={"name": "a" * (2 * MEBI), "prompt": "b"})
    assert answer.status_code == 413


def test_json_of_great_depth(web):
    for text in ("[" * 100_000, '{"a":' * 100_000):
        answer = web.post("/v1/images/generations", content=text, headers={"content-type": "application/json"})
        assert answer.status_code == 400
    assert web.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "1",
        "{",
        '{"prompt": [1]}',
        '{"prompt": {"a": 1}}',
        "\xff\xfe",
        '{"prompt":"a","n":1e400}',
        '{"prompt":"a","n":1.5}',
        '{"prompt":"\\ud800"}',
        '{"prompt":"a","prompt":"b","n":99}',
    ],
)
@pytest.mark.parametrize("path", ["/v1/images/generations", "/api/jobs", "/sdapi/v1/txt2img"])
def test_broken_json(web, path, text):
    if path != "/v1/images/generations" and '"n"' in text:
        text = text.replace('"n"', '"count"').replace("1.5", "-1.5")
    if path == "/sdapi/v1/txt2img":
        text = text.replace('"count"', '"batch_size"')
    answer = web.post(path, content=text.encode("latin-1"), headers={"content-type": "application/json"})
    assert answer.status_code == 400, answer.text


GOOD = {
    "16 bit": lambda: png_of(Image.fromarray(numpy.full((20, 30), 40_000, numpy.uint16))),
    "16 bit color": lambda: SIGN + header(2, 2, 16, 2) + chunk(b"IDAT", zlib.compress((b"\0" + bytes(12)) * 2)) + END,
    "CMYK": lambda: jpeg(Image.new("CMYK", (40, 30), (10, 200, 30, 5))),
    "grey": lambda: png_of(Image.new("L", (40, 30), 90)),
    "palette": lambda: png_of(Image.new("RGB", (40, 30), (9, 200, 60)).quantize(4)),
    "two colors": lambda: png_of(Image.new("1", (40, 30), 1)),
    "grey with alpha": lambda: png_of(Image.new("LA", (40, 30), (90, 100))),
    "progressive": lambda: jpeg(Image.new("RGB", (40, 30), (9, 200, 60)), progressive=True),
    "turned": lambda: jpeg(Image.new("RGB", (40, 30), (9, 200, 60)), exif=turned()),
    "webp": lambda: webp(Image.new("RGB", (40, 30), (9, 200, 60))),
}


def png_of(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def jpeg(image, **more):
    file = io.BytesIO()
    image.save(file, "JPEG", **more)
    return file.getvalue()


def webp(image):
    file = io.BytesIO()
    image.save(file, "WEBP", lossless=True)
    return file.getvalue()


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a secret place"
    return exif


@pytest.mark.parametrize("name", GOOD)
def test_good_pictures(web, name):
    data = GOOD[name]()
    kind = "image/jpeg" if data[:2] == b"\xff\xd8" else "image/webp" if data[:4] == b"RIFF" else "image/png"
    answer = web.post("/api/uploads", content=data, headers={"content-type": kind})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    file = web.get(found["url"])
    image = Image.open(io.BytesIO(file.content))
    image.load()
    expected = Image.open(io.BytesIO(data))
    size = (30, 40) if name == "turned" else expected.size
    assert image.size == size == (found["width"], found["height"]), "a picture stands upright"
    assert file.content != data, "what was sent is never served"
    if name in ("grey", "palette", "two colors", "grey with alpha", "webp"):
        assert (pixels(file.content) == pixels(data)).all()
    if name == "CMYK":
        near = numpy.abs(pixels(file.content)[..., :3].astype(int) - numpy.asarray(expected.convert("RGB")).astype(int))
        assert near.max() < 100, "colors stay what they were"
    if name == "16 bit":
        value = int(numpy.asarray(image).ravel()[0])
        assert value == 40_000 or abs(value - 40_000 // 257) <= 1
    assert b"secret place" not in file.content


def test_metadata_of_uploads_is_read_not_kept(web):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("parameters", "a cat\nNegative prompt: dogs\nSteps: 20, Seed: 7, Size: 64x64")
    info.add_text("evil", "<script>alert(1)</script>")
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG", pnginfo=info)
    answer = web.post("/api/uploads", content=file.getvalue(), headers={"content-type": "image/png"}).json()
    assert answer["read"]["prompt"] == "a cat" and answer["read"]["parameters"]["Seed"] == "7"
    kept = web.get(answer["url"]).content
    assert b"<script" not in kept and b"alert" not in kept and b"Steps" not in kept


def test_mask_of_other_size(web):
    body, kind = form(
        [
            ("prompt", None, None, b"a"),
            ("image", "a.png", "image/png", png()),
            ("mask", "m.png", "image/png", hole(32, 32, (0, 0, 8, 8))),
        ]
    )
    answer = web.post("/v1/images/edits", content=body, headers={"content-type": kind})
    assert answer.status_code == 400 and "32x32" in answer.json()["error"]["message"]
    assert answer.json()["error"]["param"] == "mask"


def test_form_of_18_parts(web):
    parts = [("image[]", f"{number}.png", "image/png", png(8, 8)) for number in range(15)]
    parts += [("prompt", None, None, b"a"), ("n", None, None, b"1"), ("user", None, None, b"u")]
    body, kind = form(parts)
    answer = web.post("/v1/images/edits", content=body, headers={"content-type": kind})
    assert answer.status_code == 400 and "17" in answer.json()["error"]["message"]


BROKEN = {
    "no end": (
        b'--line\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na',
        "multipart/form-data; boundary=line",
    ),
    "no boundary": (b"--line--\r\n", "multipart/form-data"),
    "long boundary": (b"--" + b"x" * 80 + b"--", "multipart/form-data; boundary=" + "x" * 80),
    "other boundary": (b"--line--\r\n", "multipart/form-data; boundary=other"),
    "empty": (b"", "multipart/form-data; boundary=line"),
    "no head": (b"--line\r\n\r\n--line--\r\n", "multipart/form-data; boundary=line"),
    "long head": (
        b"--line\r\nX: " + b"a" * 20_000 + b"\r\n\r\na\r\n--line--\r\n",
        "multipart/form-data; boundary=line",
    ),
    "long text": (form([("prompt", None, None, b"a" * 200_000)], "line")[0], "multipart/form-data; boundary=line"),
    "end only": (b"--line--\r\n", "multipart/form-data; boundary=line"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_forms(web, name):
    body, kind = BROKEN[name]
    answer = web.post("/v1/images/edits", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 413), answer.text


def test_form_with_quoted_boundary_and_semicolon(web):
    body, _ = form(
        [("prompt", None, None, b"a dog"), ("image", "a;b=c.png", "image/png", png(mode="RGB", color=(1, 2, 3)))]
    )
    answer = patiently(
        lambda: web.post(
            "/v1/images/edits", content=body, headers={"content-type": 'multipart/form-data; boundary="line"'}
        )
    )
    assert answer.status_code == 200, answer.text


def test_flood_of_headers(studio):
    for lines in (
        "".join(f"X-{number}: a\r\n" for number in range(300)),
        "X-Long: " + "a" * 9000 + "\r\n",
        "X-Long: " + "a" * 200_000 + "\r\n",
        "Cookie: " + "a=b; " * 3000 + "\r\n",
    ):
        answer = studio.raw(f"GET /healthz HTTP/1.1\r\nHost: {studio.host}\r\n{lines}\r\n".encode())
        assert status(answer) in (400, 431), (len(lines), answer[:200])


@pytest.mark.parametrize(
    "text",
    [
        "GET / HTTP/9.9\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "POST /api/folders HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
        "POST /api/folders HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/folders HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "POST /api/folders HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    ],
)
def test_broken_requests(studio, web, text):
    answer = studio.raw(text.format(host=studio.host).encode(), wait=3)
    assert status(answer) in (0, 400, 421, 501, 505)
    assert web.get("/healthz").status_code == 200


def test_form_that_never_ends(studio, web):
    """It is cut at its limit, not kept until memory is full."""
    before = studio.resident()
    line = socket.create_connection(("127.0.0.1", studio.port))
    line.settimeout(10)
    line.sendall(
        f"POST /v1/images/edits HTTP/1.1\r\nHost: {studio.host}\r\nX-Atelier-Csrf: 1\r\n"
        "Content-Type: multipart/form-data; boundary=line\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    sent, block = 0, bytes(MEBI)
    try:
        while sent < 300:
            line.sendall(b"100000\r\n" + block + b"\r\n")
            sent += 1
    except OSError:
        pass
    answer = b""
    with contextlib.suppress(OSError):
        answer = line.recv(65536)
    line.close()
    assert sent < 300 or status(answer) == 413, "it goes on reading"
    assert status(answer) in (0, 413)
    time.sleep(0.5)
    assert web.get("/healthz").status_code == 200
    assert studio.resident() - before < 50 * MEBI


@pytest.mark.slow
def test_dripping_body_ends(studio):
    with socket.create_connection(("127.0.0.1", studio.port)) as line:
        line.sendall(
            f"POST /api/folders HTTP/1.1\r\nHost: {studio.host}\r\nX-Atelier-Csrf: 1\r\n"
            "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n".encode()
        )
        line.settimeout(2)
        for _ in range(45):
            try:
                line.sendall(b" ")
                answer = line.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            assert status(answer) in (0, 408)
            return
    raise AssertionError("it is read for ever")


def test_storm_of_uploads_leaves_no_memory(new_studio):
    studio = new_studio()
    data = png(800, 800, mode="RGB", color=(1, 2, 3), noise=True)
    with studio.web() as web:
        for _ in range(3):
            assert web.post("/api/uploads", content=data, headers={"content-type": "image/png"}).status_code == 201
        before = studio.resident()
        for _ in range(10):
            web.post("/api/uploads", content=data, headers={"content-type": "image/png"})
        assert studio.resident() - before < 50 * MEBI


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"\x08\0\0\0\0\0\0\0{}", b"\xff" * 8 + b"{}", b"\x02\0\0\0\0\0\0\0{}"]
)
def test_bad_models(web, data):
    answer = web.post("/api/models?name=bad", content=data, headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 400, answer.text
    assert "bad" not in [model["name"] for model in web.get("/api/models").json()["models"]]


def test_slow_bodies_hold_up_nobody_and_end(web, stalled):
    """All above was answered meanwhile; after 40 s none of the forty is waited for any more."""
    began, lines = stalled
    assert web.get("/healthz").status_code == 200
    for line in lines:
        line.settimeout(max(began + 40 - time.time(), 0.01))
        try:
            answer = line.recv(4096)
        except TimeoutError:
            raise AssertionError("after 40 s a body of which nothing comes is still waited for") from None
        except OSError:
            continue
        assert status(answer) in (0, 408)


RAMPS = {"ramp.heic": "HEIC", "ramp.avif": "AVIF", "ramp.jxl": "JPEG XL", "ramp.bmp": "BMP"}


def ramp(name):
    from conftest import ROOT

    return (ROOT / "Tests/Fixtures/pictures" / name).read_bytes()


@pytest.mark.parametrize("name", RAMPS)
def test_pictures_of_telephones_and_old_programs(web, name):
    answer = web.post("/api/uploads", content=ramp(name), headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["width"], found["height"]) == (32, 24)
    kept = pixels(web.get(found["url"]).content)
    # It grows to the right and downwards, as it was made.
    assert kept.shape == (24, 32, 4) and abs(int(kept[20, 30, 0]) - 240) < 8 and abs(int(kept[20, 30, 1]) - 160) < 8


@pytest.mark.parametrize("name", RAMPS)
def test_formats_that_this_machine_cannot_read(new_studio, monkeypatch, tmp_path, name):
    """A libvips without its modules: the file is said to be whole, and what to do."""
    monkeypatch.setenv("VIPSHOME", str(tmp_path))
    studio = new_studio()
    with studio.web() as web:
        answer = web.post("/api/uploads", content=ramp(name), headers={"content-type": "image/heic"})
        if answer.status_code == 201:
            pytest.skip("this libvips has its decoders within")
        error = answer.json()["error"]
        assert answer.status_code == 400 and error["code"] == "invalid_image_format"
        assert "no decoder" in error["message"] and "install" in error["message"] and "convert" in error["message"]
        assert RAMPS[name] in error["message"] and "corrupt" not in error["message"]
