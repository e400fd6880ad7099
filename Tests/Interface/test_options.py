"""Every option with a value of every command, given what no person means: a message and a status, never a trap.

Commands and their options are those that the program names itself. Some are tried, others with another ATELIER_SEED;
ATELIER_OPTIONS=each gives each option one value, ATELIER_OPTIONS=all gives each all of them.
"""

import concurrent.futures
import json
import os
import random
import shutil
import subprocess

import pytest

from conftest import PROGRAM, png

SEED = int(os.environ.get("ATELIER_SEED", "22"))
MANNER = os.environ.get("ATELIER_OPTIONS", "some")
# Seconds that nothing may take, not even where everything else is busy.
SLOW = float(os.environ.get("ATELIER_SLOW", "120"))
# The texts are wrong for nearly all options: what is right would be done.
VALUES = [
    "0",
    "-1",
    "nan",
    "inf",
    "1e308",
    "-1e308",
    "0.5",
    "2147483648",
    "-2147483649",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "100000000000000000",
    "",
    "x",
    "９９９",
    "3..1",
    "3-1",
    "0-9223372036854775807",
    "0-999999999999999999[999999999]",
    "-5..-3",
    "0,0,0,0",
    "9,-9,9,9",
    "9223372036854775807,1,1,9223372036854775807",
    "1:9223372036854775807",
    "0:0",
    "9223372036854775807x9223372036854775807",
    "seed 0-9223372036854775807",
    "chaos 0-100[0]",
    "data.size=[9223372036854775807, 4]",
    "training.batch=-9223372036854775808",
    "model.latent=1e308",
    "3..9=9223372036854775807",
]
# Places, names and what waits for clients.
LEFT_OUT = {"--out", "--runs", "--data", "--root", "--device", "--note", "--host", "--key-file", "--rules", "--models"}
WRITTEN = {"--grid", "--sheet", "--save", "--report"}
# What makes a command look at its options; a model or data that is not there ends it soon after.
ARGUMENTS = {
    "imagine": ["a red apple", "--model", "nowhere"],
    "grid": ["a red apple", "--x", "seed 1,2", "--model", "nowhere"],
    "rerun": ["picture.png", "--model", "nowhere"],
    "train": ["dcgan", "--dry-run", "--data", "nowhere"],
    "export": ["nowhere", "out.safetensors"],
    "edit": ["vary", "picture.png", "--model", "nowhere"],
    "inpaint": ["picture.png", "--region", "0,0,4,4", "--model", "nowhere"],
    "style": ["picture.png", "--as", "poster"],
    "adverts": ["table.csv", "--model", "nowhere"],
    "sprites": ["picture.png", "other.png"],
    "blend": ["picture.png", "other.png", "--model", "nowhere"],
    "video": ["a red apple", "--model", "nowhere"],
    "shorten": ["a red apple", "--model", "nowhere"],
    "explain": ["a red apple", "--model", "nowhere"],
    "layers": ["a red apple", "--model", "nowhere"],
    "change": ["apple", "pear", "--model", "nowhere"],
    "describe": ["picture.png", "--model", "nowhere"],
    "evaluate": ["nowhere", "--against", "nowhere"],
    "robustness": ["nowhere"],
    "report": ["nowhere"],
    "data check": ["nowhere"],
    "data preview": ["nowhere"],
    "models time": ["nowhere"],
    "models fetch": ["nowhere"],
    "models add": ["nowhere"],
    "models quantise": ["nowhere", "--to", "int8"],
    "bench": ["nowhere"],
    "study": ["--set", "nowhere"],
    "sweep": ["nowhere", "--grid", "seed=1"],
    "serve": ["--key-file", "nowhere"],
    "worker": ["--rules", "nowhere"],
}
PICTURES = {"vary", "outpaint", "upscale", "restore", "tile", "nearest", "look", "project"}


def commands():
    text = subprocess.run([PROGRAM, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout

    def walk(command, path):
        for inner in command.get("subcommands", []):
            yield from walk(inner, [*path, inner["commandName"]])
        for one in command.get("arguments", []):
            names = [name["name"] for name in one.get("names", []) if name["kind"] == "long"]
            if one["kind"] == "option" and names and path:
                yield " ".join(path), "--" + names[0]

    yield from walk(json.loads(text)["command"], [])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("options")
    for name in ("picture.png", "other.png"):
        (folder / name).write_bytes(png())
    (folder / "table.csv").write_text("prompt,size\na red apple,64x64\n")
    return folder


def run(folder, command, option, value):
    name = command.split()
    arguments = ARGUMENTS.get(command) or (["picture.png", "--model", "nowhere"] if command in PICTURES else [])
    if not arguments and command not in ("card", "exam", "mix", "walk", "explore", "directions"):
        return None
    if command in ("card", "exam", "mix", "walk", "explore", "directions"):
        arguments = ["--model", "nowhere"]
    if option in ("--model", "--set", "--grid", "--x") and option in arguments:
        place = arguments.index(option)
        arguments = arguments[:place] + arguments[place + 2 :]
    environment = os.environ | {"HOME": str(folder), "SWIFT_BACKTRACE": "enable=no", "OMP_NUM_THREADS": "1"}
    environment |= {"XDG_CACHE_HOME": str(folder / "cache"), "HF_HUB_OFFLINE": "1"}
    try:
        done = subprocess.run(
            [PROGRAM, *name, *arguments, f"{option}={value}"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SLOW,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{command} {option}={value}: took more than {SLOW} s"
    said = done.stderr.decode(errors="replace")
    if done.returncode not in (0, 1, 2, 3) or "Fatal error" in said:
        return f"{command} {option}={value}: status {done.returncode}: {said[-300:]}"
    if done.returncode in (1, 2) and "Error: " not in said:
        return f"{command} {option}={value}: no message: {said[-300:]}"
    return None


def test_no_option_does_harm(folder):
    options = sorted(set(commands()))
    assert len(options) > 300
    chance = random.Random(SEED)
    tried = []
    for command, option in options:
        if option in LEFT_OUT or (option in WRITTEN and command not in ("grid", "sweep")):
            continue
        # Without a set of its own a study is one of the usual sets.
        if (command, option) == ("study", "--set"):
            continue
        tried += [(command, option, value) for value in (VALUES if MANNER == "all" else chance.sample(VALUES, 1))]
    if MANNER == "some":
        tried = chance.sample(tried, 60)
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        odd = [one for one in pool.map(lambda one: run(folder, *one), tried) if one]
    shutil.rmtree(folder / "cache", ignore_errors=True)
    assert not odd, "\n".join(odd)
