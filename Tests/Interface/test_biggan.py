"""A published BigGAN-deep by two commands: added as a folder, asked by a class's name or number."""

import json
import os
import shutil
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import PROGRAM, ROOT, ended, job

FIXTURE = ROOT / "Tests/Fixtures/biggan/older"


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

    def drawn(prompt, *arguments):
        nonlocal count
        count += 1
        out = tmp_path / str(count)
        answer = run("imagine", prompt, "--model", "biggan", "-n", "1", "--seed", "5", "--out", out, *arguments)
        assert answer.returncode == 0, answer.stderr
        (picture,) = out.glob("*.png")
        return numpy.asarray(Image.open(picture)).tobytes()

    return drawn


def test_two_commands_to_a_picture(run, drawn):
    added = run("models", "add", FIXTURE, "--name", "biggan")
    assert added.returncode == 0, added.stderr
    assert "biggan class to picture" in run("models", "list").stdout
    shown = json.loads(run("models", "show", "biggan", "--json").stdout.splitlines()[-1])
    assert shown["family"] == "biggan"
    refused = run("models", "quantise", "biggan", "--to", "int8")
    assert refused.returncode != 0 and "no published model that can be" in refused.stderr
    named = drawn("golden retriever")
    assert named == drawn("golden retriever") == drawn("207") == drawn("golden retriever", "--truncation", "0.4")
    others = [drawn("tabby"), drawn("207", "--truncation", "1"), drawn("tabby::1 golden retriever::1")]
    assert len({named, *others}) == 4


def test_what_is_wrong_is_said(run, tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(FIXTURE, folder)
    assert run("models", "add", folder, "--name", "biggan").returncode == 0
    for prompt, said in [
        ("golden retreiver", "is 'golden retriever' meant?"),
        ("1000", "0 to 999"),
        ("tabby --no fur", "avoids none"),
        ("tabby --tile", "cannot go on"),
    ]:
        answer = run("imagine", prompt, "--model", "biggan", "-n", "1", "--out", tmp_path / "out")
        assert answer.returncode != 0 and said in answer.stderr, answer.stderr
    weights = folder / "pytorch_model.bin"
    weights.write_bytes(weights.read_bytes()[:-1000])
    answer = run("imagine", "tabby", "--model", "biggan", "-n", "1", "--out", tmp_path / "out")
    assert answer.returncode != 0 and "pytorch_model.bin" in answer.stderr
    shutil.copy(FIXTURE / weights.name, weights)
    (folder / "config.json").write_text('{"attention_layer_position": 8}')
    answer = run("models", "add", folder, "--name", "other")
    assert answer.returncode != 0 and "config.json has no" in answer.stderr


def test_sizes_that_no_repository_is_known_of(run):
    assert "biggan-deep-512" in run("models", "list").stdout
    answer = run("models", "fetch", "biggan-deep-512")
    assert answer.returncode != 0 and "models add FOLDER --name biggan-deep-512" in answer.stderr
    assert "biggan-deep-512-pytorch_model.bin" in answer.stderr


def test_classes_and_terms_are_shown(run):
    assert run("models", "add", FIXTURE, "--name", "biggan").returncode == 0
    classes = run("models", "show", "biggan", "--classes").stdout.splitlines()
    assert len(classes) == 1000 and "207\tgolden retriever" in classes
    shown = run("models", "show", "biggan").stdout
    assert "MIT" in shown and "ImageNet" in shown


def test_a_studio_takes_it(run, new_studio, monkeypatch, tmp_path):
    assert run("models", "add", FIXTURE, "--name", "biggan").returncode == 0
    monkeypatch.setenv("ATELIER_MODELS", str(tmp_path / "models"))
    with new_studio().web() as web:
        (there,) = web.get("/api/models").json()["onDisk"]
        assert there.pop("bytes") > 200_000 and there == {"name": "biggan", "kind": "class to picture"}
        answer = web.post("/api/models", json={"onDisk": "biggan"})
        assert answer.status_code == 200, answer.text
        model = answer.json()
        assert "MIT" in model["card"] and "ImageNet" in model["card"] and model["explores"]
        assert web.post("/api/models", json={"onDisk": "biggan"}).json()["id"] == model["id"]
        assert web.get("/api/models").json()["onDisk"] == []
        for prompt, name in [("golden retriever", "golden retriever"), ("281", "tabby")]:
            drawn = ended(web, job(web, prompt=prompt, model=model["id"], count=1)["id"])
            assert drawn["state"] == "done", drawn
            picture = web.get(f"/api/pictures/{drawn['pictures'][0]}").json()
            assert name in json.dumps(picture), picture
        failed = job(web, prompt="golden retreiver", model=model["id"], count=1)
        assert "golden retriever" in json.dumps(ended(web, failed["id"]))
        missing = web.post("/api/models", json={"onDisk": "nothing"})
        assert missing.status_code == 404 and "'biggan'" in missing.text
        assert web.post("/api/models", json={}).status_code == 400
        # The folder stays when the studio is done with it.
        assert web.delete(f"/api/models/{model['id']}").status_code == 200
        assert len(web.get("/api/models").json()["onDisk"]) == 1
