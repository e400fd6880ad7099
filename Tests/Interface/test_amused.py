"""A published aMUSEd by commands: added as a folder or fetched, asked with words, and given pictures to fill in."""

import json
import os
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import PROGRAM, ROOT, ended, job
from mirror import Mirror

FIXTURE = ROOT / "Tests/Fixtures/amused/small"


@pytest.fixture
def run(tmp_path):
    """Runs a command with models of its own."""
    environment = os.environ | {"ATELIER_MODELS": str(tmp_path / "models")}

    def run(*arguments):
        return subprocess.run(
            [PROGRAM, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def drawn(run, tmp_path):
    """The pixels of one picture."""
    count = 0

    def drawn(*arguments, model="cats"):
        nonlocal count
        count += 1
        out = tmp_path / str(count)
        answer = run(*arguments, "--model", model, "-n", "1", "--seed", "5", "--out", out)
        assert answer.returncode == 0, answer.stderr
        (picture,) = out.glob("*.png")
        return numpy.asarray(Image.open(picture))

    return drawn


def test_a_folder_draws_and_fills_in(run, drawn, tmp_path):
    added = run("models", "add", FIXTURE, "--name", "cats")
    assert added.returncode == 0, added.stderr
    assert "amused text to picture, in steps" in run("models", "list").stdout
    shown = run("models", "show", "cats").stdout
    assert "Open RAIL++-M" in shown and "limits of use" in shown and "GB" in shown
    first = drawn("imagine", "a red cat")
    assert first.shape == (12, 12, 3)
    assert (first == drawn("imagine", "a red cat")).all()
    assert (first == drawn("imagine", "a red cat", model=FIXTURE)).all()
    for other in [
        ("a red cat", "--steps", "4"),
        ("a red cat --no mat",),
        ("a dog",),
        ("a red cat", "--temperature", "0"),
    ]:
        assert (first != drawn("imagine", *other)).any(), other
    source = tmp_path / "a.png"
    Image.fromarray(numpy.arange(432, dtype=numpy.uint8).reshape(12, 12, 3)).save(source)
    words = ("--prompt", "a red cat")
    filled = drawn("edit", "inpaint", source, *words, "--region", "2,2,6,7")
    assert (filled == drawn("inpaint", source, *words, "--region", "2,2,6,7")).all()
    own = numpy.asarray(Image.open(source))
    seen = numpy.ones((12, 12), bool)
    seen[2:9, 2:8] = False
    assert (filled[seen] == own[seen]).all() and (filled[~seen] != own[~seen]).any()
    assert drawn("outpaint", source, *words, "--right", "6").shape == (12, 18, 3)
    assert (drawn("vary", source, *words) != own).any()
    refused = run("imagine", "a red cat", "--steps", "3", "-n", "1", "--out", tmp_path / "none")
    assert refused.returncode != 0 and "--steps" in refused.stderr


def test_it_is_fetched_by_its_name(tmp_path):
    """The files in 16 bits are fetched where there are such; what is no part of drawing stays where it is."""
    files = {str(path.relative_to(FIXTURE)): path.read_bytes() for path in FIXTURE.rglob("*") if path.is_file()}
    short = "text_encoder/model.fp16.safetensors"
    files |= {short: files["text_encoder/model.safetensors"], "training/train.json": b"{}", "README.md": b"x"}
    mirror = Mirror(files, "amused/amused-256")
    try:
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        environment |= mirror.environment(tmp_path)

        def run(*arguments):
            return subprocess.run(
                [PROGRAM, *map(str, arguments)],
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )

        assert "amused-256" in run("models", "list").stdout
        refused = run("models", "fetch", "amused-256")
        assert refused.returncode != 0 and "Open RAIL++-M" in refused.stdout + refused.stderr
        answer = run("models", "fetch", "amused-256", "--accept-licence")
        assert answer.returncode == 0, answer.stderr
        (snapshot,) = (tmp_path / "hub/models--amused--amused-256/snapshots").iterdir()
        found = {str(path.relative_to(snapshot)) for path in snapshot.rglob("*") if path.is_file()}
        assert found == set(files) - {"text_encoder/model.safetensors", "training/train.json", "README.md"}
        checked = run("models", "verify", "amused-256")
        assert checked.returncode == 0, checked.stderr
        out = tmp_path / "out"
        drawn = run("imagine", "a red cat", "--model", "amused-256", "-n", "1", "--out", out)
        assert drawn.returncode == 0 and list(out.glob("*.png")), drawn.stderr
        blob = (snapshot / short).resolve()
        blob.write_bytes(blob.read_bytes()[:-1] + b"\1")
        assert run("models", "verify", "amused-256").returncode == 3
    finally:
        mirror.close()


def test_a_studio_takes_it(run, new_studio, monkeypatch, tmp_path):
    assert run("models", "add", FIXTURE, "--name", "cats").returncode == 0
    monkeypatch.setenv("ATELIER_MODELS", str(tmp_path / "models"))
    with new_studio().web() as web:
        answer = web.post("/api/models", json={"onDisk": "cats"})
        assert answer.status_code == 200, answer.text
        model = answer.json()
        assert "Open RAIL++-M" in model["card"]
        drawn = ended(web, job(web, prompt="a red cat", model=model["id"], count=1, manner={"steps": 5})["id"])
        assert drawn["state"] == "done", drawn
        picture = web.get(f"/api/pictures/{drawn['pictures'][0]}").json()
        assert "a red cat" in json.dumps(picture)
