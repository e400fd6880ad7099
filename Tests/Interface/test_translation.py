"""Pictures translated by a small model that is trained here: by the command, and by a studio."""

import io
import json
import os
import pathlib
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import BUNDLED, PROGRAM, ended, job, png

RECIPE = """
name: small
data: {set: folder, size: [16, 16], channels: 3, pairs: {from: day, to: night%s}}
model: {family: translation, mode: %s, levels: 3, width: 8, judge: {width: 4, layers: 1}}
objective: {loss: least-squares, generator-weight: 2}
optimizers:
  generator: {kind: adam, learning-rate: 4e-3, beta1: 0.5, schedule: {kind: linear, hold: 0.5}}
  discriminator: {kind: adam, learning-rate: 2e-4, beta1: 0.5}
training: {epochs: %d, batch: 4}
evaluation: {every-epochs: 10, batch: 4}
snapshots: {every-epochs: 0, grid: [2, 2]}
"""


def day(number, side=16):
    """A bright picture of a few soft stripes."""
    y, x = numpy.mgrid[:side, :side] / side
    waves = [numpy.sin(2 * numpy.pi * (a * x + b * y) + number) for a, b in ((1, 0), (0, 1), (1, 1))]
    return (160 + 60 * numpy.stack(waves, -1)).astype(numpy.uint8)


def night(picture):
    """What is to become of it: dark and blue."""
    return (picture * [0.2, 0.2, 0.5]).astype(numpy.uint8)


def command(folder, *arguments):
    environment = {**os.environ, "ATELIER_CACHE": str(folder / "cache")}
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def trained(folder, mode, epochs, matched=""):
    for number in range(40):
        for name, made in (("day", day(number)), ("night", night(day(number)))):
            (folder / "set" / name).mkdir(parents=True, exist_ok=True)
            Image.fromarray(made).save(folder / "set" / name / f"{number}.png")
    (folder / "small.yaml").write_text(RECIPE % (matched, mode, epochs))
    answer = command(folder, "train", "./small.yaml", "--data", "set", "--threads", 1)
    assert answer.returncode == 0, answer.stderr
    (run,) = (folder / "runs").iterdir()
    return run


@pytest.fixture(scope="module")
def paired(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paired")
    return folder, trained(folder, "paired", 30)


def test_what_is_learned_is_written_and_held_out(paired):
    _, run = paired
    lines = [json.loads(line) for line in (run / "stats.jsonl").read_text().splitlines()]
    found = [line for line in lines if "Evaluation/absolute" in line]
    mean = [(line["Evaluation/absolute"]["mean"], line["Evaluation/absolute_before"]["mean"]) for line in found]
    assert len(mean) == 3 and mean[-1][0] < mean[-1][1] / 4, mean
    sheet = Image.open(max(run.glob("fakes*.png")))
    # Source, drawing and target, with two pixels around each row of three.
    assert sheet.size == (2 * (3 * 16 + 2) + 2, 2 * (16 + 2) + 2)


def test_pictures_of_any_size_become_what_was_learned(paired):
    folder, run = paired
    for name, height, width in (("small", 9, 16), ("street", 50, 71)):
        picture = numpy.tile(day(100), (5, 5, 1))[:height, :width]
        Image.fromarray(picture).save(folder / f"{name}.png")
        answer = command(folder, "translate", f"{name}.png", "--model", run, "--json", "--threads", 1)
        assert answer.returncode == 0, answer.stderr
        (told,) = json.loads(answer.stdout)["pictures"]
        assert told["file"].endswith(f"{name}-small.png") and (told["width"], told["height"]) == (width, height)
        made = numpy.asarray(Image.open(folder / told["file"])).astype(int)
        error = numpy.abs(made - night(picture)).mean()
        assert error < 16 and error < numpy.abs(picture.astype(int) - night(picture)).mean() / 4, error
    # Windows begin every eight pixels at most: no step there is larger than those beside it.
    steps = numpy.abs(numpy.diff(made, axis=1)).mean(axis=(0, 2))
    starts = [place * (71 - 16) // 7 for place in range(8)]
    for joint in [start for start in starts if start] + [start + 16 for start in starts[:-1]]:
        near = steps[[joint - 3, joint - 2, joint, joint + 1]].max()
        assert steps[joint - 1] <= 1.5 * near + 1, (joint, steps[joint - 3 : joint + 2])


def test_nothing_is_replaced_and_files_say_what_they_are(paired):
    folder, run = paired
    for number in range(2):
        Image.fromarray(day(number)).save(folder / "once.png")
        assert command(folder, "translate", "once.png", "--model", run, "--out", "twice", "-q").returncode == 0
    files = sorted((folder / "twice").iterdir())
    assert len(files) == 2 and files[0].read_bytes() != files[1].read_bytes()
    told = command(folder, "info", files[0], "--json")
    assert told.returncode == 0 and "translate" in told.stdout, told.stdout + told.stderr


def test_what_cannot_be_done_is_said(paired):
    folder, run = paired
    Image.fromarray(day(3)).save(folder / "refused.png")
    for arguments, said in (
        (["--model", run, "--backwards"], "one direction"),
        (["--model", BUNDLED], "translates no pictures"),
        (["--model", folder / "nowhere"], "nowhere"),
        ([], "--model is missing"),
    ):
        answer = command(folder, "translate", "refused.png", *arguments, "--out", "none")
        assert answer.returncode != 0 and said in answer.stderr, answer.stderr
    (folder / "broken.png").write_bytes(b"no picture")
    answer = command(folder, "translate", "broken.png", "--model", run, "--out", "none")
    assert answer.returncode != 0 and "broken.png" in answer.stderr
    assert not (folder / "none").exists()


def test_a_studio_translates_and_back(tmp_path, new_studio):
    run = trained(tmp_path, "cycle", 1, ", matched: false")
    weights = max(pathlib.Path(run).glob("network-snapshot-*.safetensors"))
    with new_studio().web() as web:
        answer = web.post("/api/models?name=night", content=weights.read_bytes())
        assert answer.status_code == 201, answer.text
        model = answer.json()
        assert model["translates"] and not model["repairs"]
        picture = web.post("/api/uploads", content=png(40, 24, mode="RGB", color=(200, 90, 30))).json()["id"]
        found = {}
        for backwards in (0, 1):
            wish = {"kind": "translate", "pictures": [picture], "numbers": {"backwards": backwards}}
            done = ended(web, job(web, model=model["id"], **wish)["id"])
            assert done["state"] == "done", done
            made = web.get(f"/api/pictures/{done['pictures'][0]}").json()
            assert (made["width"], made["height"]) == (40, 24) and made["parents"] == [picture]
            found[backwards] = web.get(made["url"]).content
            assert Image.open(io.BytesIO(found[backwards])).size == (40, 24)
        assert found[0] != found[1]
        # The model that comes with Atelier does not, and says so.
        refused = ended(web, job(web, kind="translate", pictures=[picture], numbers={})["id"])
        assert refused["state"] == "failed" and "translates no pictures" in json.dumps(refused)
