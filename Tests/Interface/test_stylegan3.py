"""A StyleGAN3 from its pickle: added, drawn with, moved, explored; what cannot be moved says so."""

import os
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import BUNDLED, PROGRAM, ROOT

FIXTURE = ROOT / "Tests/Fixtures/stylegan3/t.pkl"


@pytest.fixture
def run(tmp_path):
    """Runs a command with models of its own, in a folder of its own."""
    environment = os.environ | {"ATELIER_MODELS": str(tmp_path / "models")}

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


@pytest.fixture
def drawn(run, tmp_path):
    """The pixels of one picture, and its file."""
    count = 0

    def drawn(*arguments):
        nonlocal count
        count += 1
        out = tmp_path / str(count)
        answer = run("imagine", "--model", "faces", "-n", "1", "--seed", "5", "--out", out, *arguments)
        assert answer.returncode == 0, answer.stderr
        (picture,) = out.glob("*.png")
        return numpy.asarray(Image.open(picture)), picture

    return drawn


def test_two_commands_to_a_picture_and_a_third_to_move_it(run, drawn, tmp_path):
    added = run("models", "add", FIXTURE, "--name", "faces")
    assert added.returncode == 0, added.stderr
    assert "stylegan3" in run("models", "list").stdout
    plain, _ = drawn()
    assert plain.shape == (16, 16, 3)
    assert (plain == drawn()[0]).all()
    moved, file = drawn("--translate=-0.25,0.125", "--rotate", "-30")
    assert (moved != plain).any() and (drawn("--truncation", "0.5")[0] != plain).any()
    again = run("rerun", file, "--model", "faces", "--out", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    (picture,) = (tmp_path / "again").glob("*.png")
    assert (numpy.asarray(Image.open(picture)) == moved).all()
    out = tmp_path / "explored.png"
    explored = run(
        "explore", "--model", "faces", "--seed", "5", "--translate=-0.25,0.125", "--rotate=-30", "--out", out
    )
    assert explored.returncode == 0, explored.stderr
    assert (numpy.asarray(Image.open(out)) == moved).all()
    mixed = run("mix", "--model", "faces", "--coarse", "0-1", "--fine", "2-3", "--grid", tmp_path / "mix.png")
    assert mixed.returncode == 0, mixed.stderr


def test_what_cannot_be_moved_is_refused(run):
    for wrong in ("1", "0,2", "a,b", "0.1,0.2,0.3", ","):
        refused = run("imagine", "--model", BUNDLED, "--translate", wrong)
        assert refused.returncode != 0 and "--translate expects two numbers" in refused.stderr, wrong
    assert "--rotate expects -360 to 360" in run("imagine", "--rotate", "500").stderr
    refused = run("imagine", "a red apple", "--rotate", "30")
    assert refused.returncode != 0 and "cannot be moved" in refused.stderr
