"""The document of the interface, the shape of other programs, and the counts."""

import base64
import io
import re
import time

import httpx
import openapi_spec_validator
import pytest
from PIL import Image

from conftest import ended, job, patiently, pixels, png

ID = "A" * 26
VALUES = {"id": ID, "index": "0", "run": "none", "name": "none", "token": "none"}


def test_document_is_valid(web):
    openapi_spec_validator.validate(web.get("/openapi.json").json())


def operations(web):
    for path, methods in web.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_answers(web, studio):
    for path, method, operation in operations(web):
        address = re.sub(r"\{(\w+)\}", lambda found: VALUES[found[1]], path)
        with web.stream(method.upper(), address) as answer:
            code = answer.status_code
            if code >= 400:
                answer.read()
                assert code != 405 and code < 500, (method, path, code)
                error = answer.json()
                # Each interface has errors of its own form.
                message = error["errors"] if path.startswith("/sdapi/") else error["error"]["message"]
                assert message != "there is nothing at this address", (method, path)
            if "{" in path:
                assert code in (400, 404, 415), (method, path, code)
            elif method == "get" and path != "/enter":
                assert str(code) in operation["responses"], (method, path, code)
                kind = next(iter(operation["responses"][str(code)]["content"]))
                assert answer.headers["content-type"].startswith(kind), (path, answer.headers["content-type"])


def test_routes_of_the_contract_are_documented(web):
    paths = set(web.get("/openapi.json").json()["paths"])
    for path in (
        "/api/state",
        "/api/read",
        "/api/jobs",
        "/api/jobs/{id}",
        "/api/jobs/{id}/retry",
        "/api/jobs/order",
        "/api/queue",
        "/api/jobs/{id}/preview/{index}",
        "/api/adverts",
        "/api/pictures",
        "/api/pictures/{id}",
        "/api/pictures/{id}/file",
        "/api/pictures/batch",
        "/api/pictures/zip",
        "/api/uploads",
        "/api/transcriptions",
        "/api/folders",
        "/api/folders/{id}",
        "/api/models",
        "/api/models/{id}",
        "/api/describe",
        "/api/shorten",
        "/api/training",
        "/api/events",
        "/v1/images/generations",
        "/v1/images/edits",
        "/v1/images/variations",
        "/v1/models",
        "/v1/audio/transcriptions",
        "/sdapi/v1/txt2img",
        "/sdapi/v1/png-info",
        "/sdapi/v1/progress",
    ):
        assert path in paths


def test_limits_of_the_document_hold(web):
    """What the document says of `n` and `count` is what the studio does."""
    schemas = web.get("/openapi.json").json()["components"]["schemas"]
    most = schemas["Asking"]["properties"]["count"]["maximum"]
    assert patiently(lambda: web.post("/api/jobs", json={"prompt": "a", "count": most + 1})).status_code == 400


def test_bodies_documented_for_edits(web):
    paths = web.get("/openapi.json").json()["paths"]
    assert "application/json" in paths["/v1/images/edits"]["post"]["requestBody"]["content"]


def test_what_is_empty_is_null(web):
    """Fields that the contract names are always there."""
    found = ended(web, job(web)["id"])
    assert "error" in found and found["error"] is None
    assert set(found["request"]) >= {"model", "mask", "size", "folder"}
    assert "next" in web.get("/api/pictures?q=nowhere").json()
    assert "folder" in web.get(f"/api/pictures/{found['pictures'][0]}").json()


def test_health(web):
    assert web.get("/healthz").status_code == 200 and web.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/", "/api/state", "/nothing"])
def test_head_has_no_body(studio, path):
    """A body behind the head would be read as the beginning of the next answer."""
    answer = studio.raw(f"HEAD {path} HTTP/1.1\r\nHost: {studio.host}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 ") and body == b""


def test_head(studio):
    with httpx.Client(base_url=studio.url) as plain:
        assert plain.head("/healthz").status_code in (200, 405)


def test_state(web):
    state = web.get("/api/state").json()
    assert set(state) >= {
        "version",
        "jobs",
        "models",
        "folders",
        "paused",
        "event",
        "parameters",
        "recipes",
        "language",
    }
    assert state["models"][0]["isDefault"]


def test_gallery(web):
    found = ended(web, job(web, prompt="a gallery walrus 海象在画廊里", count=5, seed=77)["id"])
    ids = set(found["pictures"])
    assert {one["id"] for one in web.get("/api/pictures?q=walrus").json()["pictures"]} == ids
    assert {one["id"] for one in web.get("/api/pictures", params={"q": "海象"}).json()["pictures"]} == ids
    assert {one["id"] for one in web.get("/api/pictures", params={"q": "海象在"}).json()["pictures"]} == ids
    assert {one["id"] for one in web.get("/api/pictures", params={"q": "WALRUS 画"}).json()["pictures"]} == ids
    none = web.get("/api/pictures?q=nowhere").json()
    assert none["pictures"] == [] and none.get("next") is None and none["total"] == 0
    seen, cursor = [], None
    while True:
        page = web.get(
            "/api/pictures", params={"q": "walrus", "limit": 2} | ({"cursor": cursor} if cursor else {})
        ).json()
        seen += [one["id"] for one in page["pictures"]]
        assert page["total"] == 5
        cursor = page.get("next")
        if not cursor:
            break
    assert seen == sorted(ids, reverse=True)
    first = seen[0]
    folder = web.post("/api/folders", json={"name": "zoo"}).json()["id"]
    assert web.patch(f"/api/pictures/{first}", json={"liked": True, "rating": 4, "folder": folder}).status_code == 200
    for query in ("liked=1", "rating=4", f"folder={folder}"):
        assert [one["id"] for one in web.get(f"/api/pictures?q=walrus&{query}").json()["pictures"]] == [first]
    assert len(web.get("/api/pictures?q=walrus&rating=5").json()["pictures"]) == 0
    assert len(web.get("/api/pictures?seed=77").json()["pictures"]) == 5
    assert len(web.get("/api/pictures?q=walrus&kind=upload").json()["pictures"]) == 0
    web.post("/api/pictures/batch", json={"ids": [first], "deleted": True})
    assert web.get("/api/pictures?q=walrus").json()["total"] == 4
    assert [one["id"] for one in web.get("/api/pictures?q=walrus&deleted=1").json()["pictures"]] == [first]
    assert web.delete(f"/api/folders/{folder}").status_code == 200
    assert web.get(f"/api/pictures/{first}").json().get("folder") is None


def test_search_finds_prompts_as_typed(web):
    """Marks of the index's own language are letters like any other, and `%` is no joker."""
    found = ended(web, job(web, prompt='100% "quoted" AND-gate')["id"])["pictures"][0]
    for words in ("100%", '"quoted"', "AND-gate", '% "q'):
        ids = [one["id"] for one in web.get("/api/pictures", params={"q": words}).json()["pictures"]]
        assert found in ids, words
    assert found not in [one["id"] for one in web.get("/api/pictures", params={"q": "1_"}).json()["pictures"]]


def test_smart_folder(web):
    ended(web, job(web, prompt="a zebra")["id"])
    folder = web.post("/api/folders", json={"name": "stripes", "search": "zebra"}).json()
    assert folder["count"] == 1
    assert web.get(f"/api/pictures?folder={folder['id']}").json()["total"] == 1


def test_share_copy(web):
    """It keeps the mark and says nothing of the prompt and the seed."""
    id = ended(web, job(web, prompt="a private kitten", seed=918273645)["id"])["pictures"][0]
    own = web.get(f"/api/pictures/{id}/file").content
    shared = web.get(f"/api/pictures/{id}/file?share=1").content
    assert b"kitten" in own and b"918273645" in own
    assert b"kitten" not in shared and b"918273645" not in shared
    assert b"trainedAlgorithmicMedia" in shared
    assert (pixels(own) == pixels(shared)).all()
    assert web.post("/api/verify", content=shared, headers={"content-type": "image/png"}).json()["marked"] is True
    assert web.post("/api/verify", content=png(), headers={"content-type": "image/png"}).json()["marked"] is False


def test_zip(web):
    import zipfile

    ids = ended(web, job(web, count=3)["id"])["pictures"]
    answer = web.post("/api/pictures/zip", json={"ids": ids})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None and archive.namelist() == [f"{id}.png" for id in ids]
    assert "attachment" in answer.headers["content-disposition"]


def test_zip_of_what_is_left(new_studio):
    """A file that is gone keeps no other back, and is named."""
    import zipfile

    studio = new_studio()
    with studio.web() as web:
        ids = ended(web, job(web, count=3)["id"])["pictures"]
        next(studio.data.rglob(f"{ids[1]}.png")).unlink()
        answer = web.post("/api/pictures/zip", json={"ids": ids})
        assert answer.status_code == 200, answer.text
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        assert archive.testzip() is None
        assert archive.namelist() == [f"{ids[0]}.png", f"{ids[2]}.png", "missing.txt"]
        note = archive.read("missing.txt").decode()
        assert f"{ids[1]}.png" in note and "1 of 3" in note


def test_read_and_describe(web):
    found = web.post("/api/read", json={"prompt": "a {red, green} apple"}).json()
    assert found["prompts"] == ["a red apple", "a green apple"]
    id = ended(web, job(web, prompt="a red apple")["id"])["pictures"][0]
    assert web.post("/api/describe", json={"picture": id}).json()["texts"]
    assert web.post("/api/describe", json={"picture": ID}).status_code == 404


def test_plus_is_a_space(web):
    """Browsers write spaces of a search as `+`."""
    id = ended(web, job(web, prompt="a quaint gazebo")["id"])["pictures"][0]
    for query in ("q=quaint+gazebo", "q=quaint%20gazebo"):
        assert [one["id"] for one in web.get("/api/pictures?" + query).json()["pictures"]] == [id], query


@pytest.mark.parametrize("name", ["my-model", "my model", "模型", "50% more"])
def test_model_of_any_name(web, studio, name):
    model = web.get("/api/models").json()["models"][0]
    try:
        assert web.patch(f"/api/models/{model['id']}", json={"name": name}).status_code == 200
        client = studio.client()
        assert name in [one.id for one in client.models.list()]
        assert client.models.retrieve(name).id == name
    finally:
        web.patch(f"/api/models/{model['id']}", json={"name": model["name"]})


def test_txt2img(web):
    wish = {
        "prompt": "a red apple",
        "negative_prompt": "leaf",
        "seed": 42,
        "batch_size": 2,
        "n_iter": 1,
        "steps": 20,
        "width": 512,
        "height": 512,
        "cfg_scale": 7,
        "sampler_name": "Euler a",
    }
    answer = patiently(lambda: web.post("/sdapi/v1/txt2img", json=wish))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert len(found["images"]) == 2 and found["parameters"]["prompt"] == "a red apple"
    import json

    info = json.loads(found["info"])
    assert info["seed"] == 42 and len(info["infotexts"]) == 2 and info["prompt"] == "a red apple"
    data = base64.b64decode(found["images"][0])
    assert Image.open(io.BytesIO(data)).size == (512, 512)
    again = patiently(lambda: web.post("/sdapi/v1/txt2img", json=wish)).json()
    assert again["images"] == found["images"], "a seed is kept"
    read = web.post("/sdapi/v1/png-info", json={"image": "data:image/png;base64," + found["images"][0]}).json()
    assert read["info"].startswith("a red apple") and "Seed" in read["parameters"]
    bare = web.post("/sdapi/v1/png-info", json={"image": found["images"][0]}).json()
    assert bare == read


@pytest.mark.parametrize("wish,size", [({"width": 96, "height": 40}, (96, 40)), ({"width": 100}, (100, 100))])
def test_txt2img_of_any_size(web, wish, size):
    found = patiently(lambda: web.post("/sdapi/v1/txt2img", json={"prompt": "a car"} | wish)).json()
    assert Image.open(io.BytesIO(base64.b64decode(found["images"][0]))).size == size


def test_txt2img_without_sizes(web):
    found = patiently(lambda: web.post("/sdapi/v1/txt2img", json={"prompt": "a car", "seed": -1})).json()
    assert len(found["images"]) == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"prompt": "a", "batch_size": 1000},
        {"prompt": "a", "batch_size": 0},
        {"prompt": "a", "batch_size": -1},
        {"prompt": "gore"},
        {"prompt": "a", "width": -1},
        {"prompt": "a", "width": 2**63 - 1, "height": 1},
    ],
)
def test_txt2img_of_nonsense(web, wish):
    answer = patiently(lambda: web.post("/sdapi/v1/txt2img", json=wish))
    assert answer.status_code == 400
    assert set(answer.json()) == {"error", "detail", "body", "errors"}
    assert web.get("/healthz").status_code == 200, "the studio lives"


@pytest.mark.parametrize(
    "wish",
    [
        {"batch_size": 2**62, "n_iter": 8},
        {"width": 2**63 - 1, "height": -(2**63)},
        {"width": 2**63 - 1},
        {"seed": -(2**63)},
    ],
)
def test_txt2img_of_numbers_beyond_all(new_studio, wish):
    studio = new_studio()
    with studio.web() as web:
        try:
            answer = web.post("/sdapi/v1/txt2img", json={"prompt": "a"} | wish)
        except httpx.TransportError:
            raise AssertionError(f"{wish} ends the studio") from None
        assert answer.status_code in (200, 400), answer.text


def test_progress(web):
    patiently(lambda: web.post("/api/jobs", json={"prompt": "a car", "count": 40}))
    seen = []
    end = time.time() + 30
    while time.time() < end:
        found = web.get("/sdapi/v1/progress").json()
        seen.append(found["progress"])
        assert 0 <= found["progress"] <= 1 and found["eta_relative"] >= 0
        if max(seen) > 0 and found["state"]["job_count"] == 0:
            break
        time.sleep(0.03)
    assert max(seen) > 0, "it moves"


def metrics(web):
    found = {}
    for line in web.get("/metrics").text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            found[name] = float(value)
    return found


def test_metrics_move_by_exactly_n(web):
    web.get("/metrics")
    first = metrics(web)
    for _ in range(7):
        web.get("/nothing")
    for _ in range(4):
        web.get("/healthz")
    second = metrics(web)
    moved = {name: second[name] - first.get(name, 0) for name in second}
    assert moved['atelier_http_requests_total{status="404"}'] == 7
    # The four, and the one that read the counts first.
    assert moved['atelier_http_requests_total{status="200"}'] == 5
    assert second["atelier_http_seconds_total"] >= first["atelier_http_seconds_total"]


def test_metrics_of_jobs(web):
    first = metrics(web)
    for _ in range(2):
        ended(web, job(web, count=3)["id"])
    web.patch("/api/queue", json={"paused": True})
    id = job(web)["id"]
    assert metrics(web)["atelier_jobs_waiting"] == 1
    web.delete(f"/api/jobs/{id}")
    web.patch("/api/queue", json={"paused": False})
    second = metrics(web)
    assert second['atelier_jobs_total{state="done"}'] - first.get('atelier_jobs_total{state="done"}', 0) == 2
    assert second['atelier_jobs_total{state="cancelled"}'] - first.get('atelier_jobs_total{state="cancelled"}', 0) == 1
    assert second["atelier_pictures_total"] - first["atelier_pictures_total"] == 6
    assert second["atelier_jobs_waiting"] == 0


def test_refused_requests_leave_no_listeners(web):
    before = metrics(web)["atelier_event_streams"]
    for _ in range(20):
        web.post("/v1/images/generations", json={"prompt": "gore", "n": 1})
        web.post("/v1/images/generations", json={"prompt": "a", "model": "nope"})
    assert metrics(web)["atelier_event_streams"] == before
