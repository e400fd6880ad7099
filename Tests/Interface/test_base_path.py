"""Below a path of a proxy everything that the studio names is found, whether the proxy takes the path off or not."""

import json
import re
import subprocess
from urllib.parse import urljoin, urlsplit

import httpx
import openai
import pytest

from conftest import BUNDLED, PROGRAM, Studio, ended, free_port, job, png
from proxies import Proxy

BASE = "/tools/atelier"
KEYS = {"admin": "correct-horse-battery", "ann": "ann-has-a-long-key"}


@pytest.fixture(scope="module", params=["stripped", "kept", "stripped, and the studio is not told"])
def below(request, tmp_path_factory):
    """A studio behind a proxy, and that proxy."""
    port = free_port()
    told = ["--base-path", BASE + "/"] if "not told" not in request.param else []
    studio = Studio(
        tmp_path_factory.mktemp("below"), *told, "--host-name", f"127.0.0.1:{port}", "--jobs-per-minute", "100000"
    )
    proxy = Proxy(studio.port, BASE, strips="stripped" in request.param, at=port)
    proxy.told = bool(told)
    yield studio, proxy
    proxy.close()
    studio.stop()


@pytest.fixture
def web(below):
    _, proxy = below
    with httpx.Client(base_url=proxy.url + BASE, headers={"x-atelier-csrf": "1"}, timeout=60) as client:
        yield client


def addresses(value, name=""):
    """Everything in JSON that is an address."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from addresses(inner, name if name == "preview" else key)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner, name)
    elif name in ("url", "share_url", "preview"):
        yield value


@pytest.mark.parametrize(
    "place", ["/", "/create", "/library", "/edit/" + "A" * 26, f"/compare/{'A' * 26}/{'B' * 26}", "/create/"]
)
def test_page_and_modules(below, web, place):
    _, proxy = below
    seen, open_ = set(), [proxy.url + BASE + place]
    answer = web.get(open_[0])
    assert answer.status_code == 200, answer.text
    named = re.findall(r'(?:src|href)="([^"]+)"', answer.text)
    open_ += [urljoin(str(answer.url), found) for found in named if not found.startswith(("data:", "#"))]
    assert len(open_) > 15
    while open_:
        address = open_.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = web.get(address)
        assert answer.status_code == 200, address
        if "javascript" in answer.headers["content-type"]:
            named = re.findall(r"(?:from|import) '(\.[^']+)'", answer.text)
            open_ += [urljoin(address, found) for found in named]
    assert len(seen) > 60 and not proxy.beside


def test_what_json_and_events_name_answers(below, web):
    _studio, proxy = below
    if not proxy.told:
        pytest.skip("a studio that is not told names addresses from its root; its page puts the path before them")
    with web.stream("GET", "/api/events") as stream:
        assert stream.headers["x-accel-buffering"] == "no"
        drawn = ended(web, job(web, count=2)["id"])
        text = ""
        for piece in stream.iter_text():
            text += piece
            if "event: job.done" in text:
                break
    found = []
    for line in text.splitlines():
        if line.startswith("data: "):
            found += addresses(json.loads(line[6:]))
    assert found, "events name the pictures"
    sent = web.post("/api/uploads", content=png(), headers={"content-type": "image/png"}).json()
    found += addresses(sent)
    edited = ended(web, job(web, kind="vary", pictures=[sent["id"]])["id"])
    for path in ("/api/state", "/api/pictures", "/api/jobs", f"/api/pictures/{edited['pictures'][0]}"):
        found += addresses(web.get(path).json())
    changed = web.post("/api/pictures/batch", json={"ids": drawn["pictures"], "liked": True}).json()
    found += addresses(changed)
    assert len(found) > 8
    for address in set(found):
        answer = web.get(urljoin(proxy.url, address))
        # A preview may be gone.
        assert answer.status_code == 200 or ("/preview/" in address and answer.status_code == 404), address
    assert not proxy.beside


def test_programs(below):
    _studio, proxy = below
    client = openai.OpenAI(base_url=proxy.url + BASE + "/v1", api_key="none", max_retries=0)
    answer = client.images.generate(model=BUNDLED, prompt="a red apple", n=1, response_format="url")
    link = answer.data[0].url
    if not proxy.told:
        link = link.replace(proxy.url, proxy.url + BASE)
    assert link.startswith(proxy.url + BASE + "/v1/files/")
    assert httpx.get(link).content.startswith(b"\x89PNG")
    document = httpx.get(proxy.url + BASE + "/openapi.json").json()
    assert document["servers"] == [{"url": BASE if proxy.told else "/"}]
    assert httpx.get(proxy.url + BASE + "/sdapi/v1/sd-models").json()


def test_base_without_a_slash(below, web):
    _, proxy = below
    answer = web.get(proxy.url + BASE + "?a=b")
    if answer.status_code == 308:
        answer = web.get(urljoin(proxy.url + BASE, answer.headers["location"]))
    assert answer.status_code == 200


def test_without_the_proxy(below):
    """Who watches the server asks it directly, and the address that it prints is good."""
    studio, proxy = below
    with studio.web() as web:
        assert web.get("/healthz").status_code == 200
        assert web.get(studio.address).status_code == 200
    assert urlsplit(studio.address).path == (BASE + "/" if proxy.told else "/")


def test_foreign_pages_are_refused_still(below, web):
    _, proxy = below
    assert web.post("/api/folders", json={"name": "a"}, headers={"origin": proxy.url}).status_code == 201
    for origin in ("http://evil.com", "http://127.0.0.1", f"http://127.0.0.1:{proxy.port + 1}"):
        assert web.post("/api/folders", json={"name": "a"}, headers={"origin": origin}).status_code == 403
    for name in ("x-forwarded-host", "x-forwarded-prefix", "forwarded"):
        answer = web.get("/api/state", headers={"host": "evil.com", name: f"127.0.0.1:{proxy.port}"})
        assert answer.status_code == 421
    kept = web.get("/openapi.json", headers={"x-forwarded-prefix": "/evil", "x-forwarded-proto": "gopher"})
    assert "evil" not in kept.text and "gopher" not in kept.text


def test_visit_with_a_key(tmp_path):
    """The cookie holds below the path and nowhere else."""
    port = free_port()
    studio = Studio(tmp_path, "--base-path", BASE, "--host-name", f"127.0.0.1:{port}", keys=KEYS)
    proxy = Proxy(studio.port, BASE, strips=True, at=port)
    try:
        start = urlsplit(studio.address)
        assert start.path == BASE + "/enter"
        with httpx.Client() as visitor:
            answer = visitor.get(f"{proxy.url}{start.path}?{start.query}")
            assert answer.status_code == 303
            assert urljoin(str(answer.url), answer.headers["location"]) == proxy.url + BASE + "/"
            assert f"path={BASE};" in answer.headers["set-cookie"].lower() + ";"
            assert visitor.get(proxy.url + BASE + "/").status_code == 200
            assert visitor.get(proxy.url + BASE + "/api/state").status_code == 200
        assert httpx.get(proxy.url + BASE + "/api/state").status_code == 401
    finally:
        proxy.close()
        studio.stop()


@pytest.mark.parametrize(
    "path",
    [
        "atelier",
        "",
        "//",
        "//atelier",
        "/a//b",
        "/a/..",
        "/./a",
        "/a?b=c",
        "/a#b",
        "/a%2fb",
        "/a b",
        "/a\x1b[31m",
        "/a\n",
        "/長",
        "/api",
        "/v1/x",
        "/page",
        "/" + "a" * 300,
        "http://example.org/a",
        "/a;b",
        '/a"b',
    ],
)
def test_paths_that_cannot_be(tmp_path, path):
    answer = subprocess.run(
        [PROGRAM, "serve", "--port", str(free_port()), "--data", str(tmp_path / "d"), "--base-path", path],
        check=False,
        capture_output=True,
        timeout=60,
        text=True,
    )
    assert answer.returncode == 2, answer.stderr
    assert "--base-path" in answer.stderr and "/atelier" in answer.stderr
    assert "\x1b" not in answer.stderr and not (tmp_path / "d").exists()
