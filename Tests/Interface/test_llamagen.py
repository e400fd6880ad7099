"""LlamaGen's checkpoints: fetched or added with their tokenizer, drawn with, edited, in command and studio."""

import json
import os
import subprocess
import time

import httpx
import numpy
import pytest
from PIL import Image

from conftest import PROGRAM, ROOT, Studio
from mirror import Mirror
from torch_file import torch_file

CODES = 41
LISTED = json.loads((ROOT / "Tests/Fixtures/other-networks.json").read_text())


def network(name):
    """A checkpoint of a small random network, with as many codes as the other one has."""
    chance = numpy.random.default_rng(5)
    state = {}
    for line in LISTED[name]["options"]["state"]:
        tensor, sizes, scale, shift = line.split()
        shape = [int(size) for size in sizes.split("x")]
        if tensor == "quantize.embedding.weight":
            shape[0] = CODES
        state[tensor] = chance.uniform(-1, 1, shape) * float(scale) + float(shift)
    return torch_file(state)


@pytest.fixture(scope="module")
def halves():
    return {"c2i_B_256.pt": network("llamagen-transformer-deep"), "vq_ds16_c2i.pt": network("llamagen-tokenizer")}


@pytest.fixture
def mirror(halves):
    found = Mirror({"README.md": b"x", "c2i_L_384.pt": b"no", **halves}, "FoundationVision/LlamaGen")
    yield found
    found.close()


@pytest.fixture
def run(tmp_path, mirror):
    environment = os.environ | mirror.environment(tmp_path)

    def run(*arguments):
        return subprocess.run(
            [PROGRAM, *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def pixels(folder):
    (picture,) = folder.glob("*.png")
    return numpy.asarray(Image.open(picture))


def test_two_commands_to_a_picture(run, mirror, tmp_path):
    fetched = run("models", "fetch", "llamagen-b-256", "--accept-licence")
    assert fetched.returncode == 0, fetched.stderr
    paths = {path for kind, method, path, *_ in mirror.seen if method == "GET" and "/resolve/" in path}
    assert len(paths) == 2, paths
    shown = run("models", "show", "llamagen-b-256").stdout
    assert "llamagen" in shown and "ImageNet" in shown
    for name in ("one", "again"):
        drawn = run(
            "imagine", "3", "--model", "llamagen-b-256", "-n", 1, "--seed", 2, "--size", 32, "--out", tmp_path / name
        )
        assert drawn.returncode == 0, drawn.stderr
    one = pixels(tmp_path / "one")
    assert one.shape == (32, 32, 3) and (one == pixels(tmp_path / "again")).all()
    (picture,) = (tmp_path / "one").glob("*.png")
    repeated = run("rerun", picture, "--model", "llamagen-b-256", "--out", tmp_path / "rerun")
    assert repeated.returncode == 0, repeated.stderr
    assert (pixels(tmp_path / "rerun") == one).all()
    for edit in (["vary", picture], ["outpaint", picture, "--right", 16]):
        edited = run(*edit, "--model", "llamagen-b-256", "--out", tmp_path / edit[0])
        assert edited.returncode == 0, (edit, edited.stderr)
    wrong = run("imagine", "7", "--model", "llamagen-b-256")
    assert wrong.returncode == 1 and "no class '7'" in wrong.stderr, wrong.stderr
    panorama = run("imagine", "3", "--panorama", "--model", "llamagen-b-256", "--size", 32, "--out", tmp_path / "p")
    assert panorama.returncode == 0, panorama.stderr


def test_halves_alone_and_of_other_models_are_refused(run, halves, tmp_path):
    for name, data in halves.items():
        (tmp_path / name).write_bytes(data)
    assert run("models", "add", "vq_ds16_c2i.pt", "--name", "coder").returncode == 0
    alone = run("models", "add", "c2i_B_256.pt", "--name", "alone")
    assert alone.returncode == 0, alone.stderr
    drawn = run("imagine", "3", "--model", "alone")
    assert drawn.returncode == 1 and "--tokenizer" in drawn.stderr, drawn.stderr
    # A tokenizer that was added is named.
    both = run("models", "add", "c2i_B_256.pt", "--tokenizer", "coder", "--name", "both", "--places", 25)
    assert both.returncode == 0, both.stderr
    drawn = run("imagine", "3", "--model", "both", "-n", 1, "--size", 10, "--out", tmp_path / "out")
    assert drawn.returncode == 0, drawn.stderr
    assert pixels(tmp_path / "out").shape == (10, 10, 3)
    again = run("models", "add", "c2i_B_256.pt", "--tokenizer", "coder", "--name", "both")
    assert again.returncode == 1 and "--replace" in again.stderr
    missing = run("models", "add", "c2i_B_256.pt", "--tokenizer", "none.pt")
    assert missing.returncode == 1 and "none.pt" in missing.stderr


def test_the_studio_fetches_and_draws(mirror, tmp_path, monkeypatch):
    for name, value in mirror.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    studio = Studio(tmp_path / "studio")
    try:
        with httpx.Client(base_url=studio.url, timeout=60, headers={"x-atelier-csrf": "1"}) as client:
            begun = client.post("/api/fetches", json={"model": "llamagen-b-256", "agree": True})
            assert begun.status_code == 202, begun.text
            end = time.time() + 60
            while (state := client.get("/api/fetches").json()["fetches"][0])["state"] in ("queued", "running"):
                assert time.time() < end, state
                time.sleep(0.1)
            assert state["state"] == "done", state
            models = client.get("/api/models").json()["models"]
            model = next(one for one in models if one["name"] == "llamagen-b-256")
            wish = {"prompt": "4", "count": 1, "seed": "1", "model": model["id"]}
            job = client.post("/api/jobs", json=wish).json()["jobs"][0]["id"]
            while (found := client.get(f"/api/jobs/{job}").json())["state"] in ("queued", "running"):
                assert time.time() < end, found
                time.sleep(0.1)
            assert found["state"] == "done", found
    finally:
        studio.stop()
