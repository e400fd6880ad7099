"""What parts of a prompt do to drawings: arrows by command, and what is refused."""

import json
import os
import subprocess

import pytest

from conftest import BUNDLED, PROGRAM


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [PROGRAM, "attributes", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run


def test_a_colour_moves_the_colour(run, tmp_path):
    answer = run(
        "{red,blue} heart", "--model", BUNDLED, "--names", "colour", "--count", 12, "--dot", "graph.dot", "--json"
    )
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["drawings"] == 24 and told["settings"] == 2
    arrows = {arrow["to"]: arrow for arrow in told["arrows"]}
    assert list(arrows) == ["colour", "ground", "size", "parts", "position"]
    assert arrows["colour"]["isClear"] and arrows["colour"]["effect"] > 0.4, arrows
    assert all(arrow["from"] == "colour" for arrow in told["arrows"])
    assert all(arrow["low"] <= arrow["effect"] <= arrow["high"] for arrow in told["arrows"])
    assert '"asked: colour" -> "drawn: colour"' in (tmp_path / "graph.dot").read_text()
    assert (tmp_path / "attributes.png").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a red heart"], "options in braces"),
        (["{red}"], "options in braces"),
        (["{red,blue} {heart,star}", "--names", "colour"], "1 names for 2 groups"),
        (["{red,blue", "--count", 2], "never closed"),
        (["{1,2}{1,2}{1,2}{1,2}{1,2}{1,2}"], "64 prompts"),
        (["{red,blue}", "--count", 1], "--count"),
        ([], "--directions"),
        (["{red,blue}", "--directions", 2], "--directions"),
        (["--directions", 2], "styles"),
    ],
)
def test_what_cannot_be_compared_is_said(run, arguments, words):
    answer = run(*arguments, "--model", BUNDLED)
    assert answer.returncode != 0 and words in answer.stderr, answer.stderr
