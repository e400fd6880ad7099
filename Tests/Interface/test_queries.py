"""Every route that is asked with an address alone, with numbers, texts and names in it that no client should send.

Routes and their parameters are those of the document; ranges of bytes and places of streams are headers.
"""

import json
import re

import pytest

from conftest import ROOT, Studio, png

NUMBERS = [
    "0",
    "-1",
    "-0",
    "0.5",
    "1e9",
    "1e308",
    "-1e308",
    "1e400",
    "5e-324",
    "nan",
    "inf",
    "-inf",
    "2147483648",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "９",
    "٣",
    "1,5",
    "0x10",
    "1_000",
    " 7",
    "+7",
]
TEXTS = [
    "",
    "x",
    '"',
    "a\0b",
    "\n",
    "%",
    "_",
    "\\",
    "'; --",
    "長" * 400,
    "*" * 400,
    '" OR "a',
    "NEAR(",
    "a:b",
    "(",
    "\ufffe",
    "../../x",
    "👩‍👩‍👧‍👦",
]
RANGES = [
    "bytes=0-",
    "bytes=-1",
    "bytes=-0",
    "bytes=5-2",
    "bytes=0-9223372036854775807",
    "bytes=9223372036854775807-",
    "bytes=-9223372036854775807",
    "bytes=9223372036854775808-",
    "bytes=-9223372036854775808",
    "bytes=0-0,2-2",
    "bytes=--5",
    "bytes=a-b",
    "bytes=",
    "bytes",
    "items=0-1",
    "bytes=1-18446744073709551616",
]


def operations():
    document = json.loads((ROOT / "Sources/Studio/OpenAPI/openapi.json").read_text())
    for path, methods in document["paths"].items():
        if "get" in methods and path != "/api/events":
            shared = methods.get("parameters", [])
            yield path, [(one["name"], one["in"]) for one in methods["get"].get("parameters", []) + shared]


ROUTES = [(path, parameters) for path, parameters in operations() if parameters]


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    found = Studio(tmp_path_factory.mktemp("queries"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def things(studio):
    with studio.web() as web:
        sent = web.post("/api/uploads", content=png(), headers={"content-type": "image/png"}).json()["id"]
        model = web.get("/api/models").json()["models"][0]["id"]
        made = web.post("/api/sets", json={"name": "mine"}).json()["id"]
        return {"pictures": sent, "models": model, "sets": made}


@pytest.mark.parametrize("path,parameters", ROUTES, ids=[path for path, _ in ROUTES])
def test_no_address_does_harm(studio, things, path, parameters):
    good = path.replace("{id}", things.get(path.removeprefix("/api/").split("/")[0], "0" * 26))
    with studio.web() as web:
        for name, place in parameters:
            for value in NUMBERS + TEXTS:
                if place == "query":
                    answer = web.get(re.sub(r"{\w+}", "0", good), params={name: value})
                else:
                    quoted = "".join(f"%{byte:02X}" for byte in value.encode()) or "%20"
                    answer = web.get(re.sub(r"{\w+}", "0", path.replace("{" + name + "}", quoted)))
                assert answer.status_code < 500, (name, value, answer.text[:300])
        assert web.get("/healthz").status_code == 200
    assert studio.process.poll() is None


def test_ranges_and_places(studio, things):
    address = f"/api/pictures/{things['pictures']}/file"
    with studio.web() as web:
        whole = web.get(address).content
        for value in RANGES:
            answer = web.get(address, headers={"range": value})
            assert answer.status_code in (200, 206, 400, 416), (value, answer.status_code)
            if answer.status_code == 206:
                assert answer.content and answer.content in whole, value
        for value in [*NUMBERS, "x", ""]:
            sent = {"last-event-id": value.strip().encode()}
            for headers, params in ((sent, {}), ({}, {"after": value})):
                with web.stream("GET", "/api/events", headers=headers, params=params) as answer:
                    assert answer.status_code == 200, value
                    assert next(answer.iter_text()).startswith("retry: ")
        assert web.get("/healthz").status_code == 200
    assert studio.process.poll() is None


def test_runs_with_odd_numbers(studio):
    """What stands in a run's folder may be anything; the page of the run says what it can."""
    run = studio.folder / "runs" / "00007-odd"
    (run / "checkpoints").mkdir(parents=True)
    figures = [1e308, -1e308, 5e-324, 2**63, -(2**63), None, 0]
    lines = [
        {
            "Progress/kimg": {"num": 2**63 - 1, "mean": figure, "std": figure},
            "Progress/step": {"num": 1, "mean": figure, "std": 0},
            "Timing/total_sec": {"num": 1, "mean": figure, "std": 0},
            "Loss/G/loss": {"num": 1, "mean": -figure if figure else figure, "std": None},
            "timestamp": figure or 0,
        }
        for figure in figures
    ]
    (run / "stats.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    moment = "2023-11-14T22:13:20Z"
    status = {"state": "running", "step": 2**63 - 1, "images": -(2**63), "epoch": 2**63 - 1, "message": "", "pid": -1}
    (run / "status.json").write_text(json.dumps(status | {"started": moment, "updated": moment}))
    for number in ("1e308", "inf", "nan", "-1e308", "000001"):
        (run / f"fakes{number}.png").write_bytes(png())
    with studio.web() as web:
        assert any(one["id"] == run.name for one in web.get("/api/training").json()["runs"])
        found = web.get(f"/api/training/{run.name}")
        assert found.status_code == 200, found.text
        assert [one["images"] for one in found.json()["samples"]] == [1000.0]
        assert web.get(f"/api/training/{run.name}/report").status_code == 200
        assert web.get("/healthz").status_code == 200
