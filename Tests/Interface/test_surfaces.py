"""Cube maps and materials, made without a model: files as Pillow and NumPy read them, and what is no panorama."""

import io
import json
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import BUNDLED, PROGRAM, ended, png

FACES = ["px", "nx", "py", "ny", "pz", "nz"]


def panorama(width=64, depth=8):
    """A picture all around whose left half is darker, without a seam."""
    x, y = numpy.meshgrid(numpy.arange(width), numpy.arange(width // 2))
    wave = 0.5 + 0.3 * numpy.sin(2 * numpy.pi * (x + 0.5) / width) + 0.15 * numpy.sin(12 * numpy.pi * y / width)
    if depth == 16:
        return Image.fromarray((65535 * wave).astype(numpy.uint16))
    return Image.fromarray((255 * numpy.stack([wave, wave**2, 1 - wave], axis=-1)).astype(numpy.uint8))


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [PROGRAM, "edit", *map(str, arguments)], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("depth", [8, 16])
def test_cube_map(run, tmp_path, depth):
    panorama(64, depth).save(tmp_path / "hills.png")
    made = run("cube-map", "hills.png", "--out", "sky", "--json")
    assert made.returncode == 0, made.stderr
    files = {one["part"]: Image.open(tmp_path / one["file"]) for one in json.loads(made.stdout)}
    assert list(files) == [*FACES, "cross"]
    assert sorted(p.name for p in (tmp_path / "sky").iterdir()) == sorted(f"hills_{part}.png" for part in files)
    numbers = {part: numpy.asarray(file).astype(int) for part, file in files.items()}
    kind = "I;16" if depth == 16 else "RGB"
    assert all(file.mode == kind for file in files.values()), {part: file.mode for part, file in files.items()}
    assert all(files[face].size == (16, 16) for face in FACES) and files["cross"].size == (64, 48)
    assert numpy.array_equal(numbers["cross"][16:32, 16:32], numbers["pz"])
    # The middle of the panorama is in front; its right side is right.
    whole = numpy.asarray(Image.open(tmp_path / "hills.png")).astype(int)
    most = 65535 if depth == 16 else 255
    for face, column in (("pz", 32), ("px", 48), ("nx", 16), ("nz", 0)):
        seen, there = numbers[face][7:9, 7:9], whole[15:17, [column - 1, column]]
        assert abs(seen.mean() - there.mean()) < 0.02 * most, face
    # Neighbouring faces go on in each other.
    for left, right in (("nx", "pz"), ("pz", "px"), ("px", "nz"), ("nz", "nx")):
        step = numpy.abs(numbers[left][:, -1] - numbers[right][:, 0]).mean()
        inside = numpy.abs(numpy.diff(numbers[left], axis=1)).mean(axis=(0, *range(2, numbers[left].ndim))).max()
        assert step <= inside, (left, right)


def test_shared_edges(run, tmp_path):
    panorama().save(tmp_path / "a.png")
    assert run("cube-map", "a.png", "--set", "edges=shared", "--set", "side=9", "--out", ".").returncode == 0
    face = {name: numpy.asarray(Image.open(tmp_path / f"a_{name}.png")) for name in FACES}
    for left, right in (("nx", "pz"), ("pz", "px"), ("px", "nz"), ("nz", "nx")):
        assert numpy.array_equal(face[left][:, -1], face[right][:, 0])
    assert numpy.array_equal(face["py"][-1], face["pz"][0]) and numpy.array_equal(face["ny"][0], face["pz"][-1])
    assert numpy.array_equal(face["py"][0], face["nz"][0][::-1]) and numpy.array_equal(face["py"][:, 0], face["nx"][0])


@pytest.mark.parametrize("convention,sign", [("opengl", 1), ("directx", -1)])
def test_material(run, tmp_path, convention, sign):
    angles = 2 * numpy.pi * (numpy.arange(32) + 0.5) / 32
    light = 0.5 + 0.2 * numpy.cos(angles)[None, :] + 0.2 * numpy.cos(2 * angles)[:, None]
    Image.fromarray((255 * light).astype(numpy.uint8)).save(tmp_path / "bricks.png")
    made = run("material", "bricks.png", "--set", f"convention={convention}", "--out", "maps", "--json")
    assert made.returncode == 0 and "seam" not in made.stderr, made.stderr
    assert [one["part"] for one in json.loads(made.stdout)] == ["height", "normal", "roughness"]
    open_map = lambda part: Image.open(tmp_path / "maps" / f"bricks_{part}.png")  # noqa: E731
    height, normal = open_map("height"), open_map("normal")
    assert (height.mode, normal.mode, open_map("roughness").mode) == ("I;16", "RGB", "L")
    vectors = numpy.asarray(normal).astype(float) / 127.5 - 1
    assert numpy.abs(numpy.linalg.norm(vectors, axis=-1) - 1).max() < 0.01
    heights = numpy.asarray(height).astype(float)
    slope = numpy.roll(heights, 1, axis=1) - numpy.roll(heights, -1, axis=1)
    assert numpy.corrcoef(slope.ravel(), vectors[..., 0].ravel())[0, 1] > 0.95
    up = numpy.roll(heights, -1, axis=0) - numpy.roll(heights, 1, axis=0)
    assert sign * numpy.corrcoef(up.ravel(), vectors[..., 1].ravel())[0, 1] > 0.95
    # All maps wrap.
    for part in ("height", "normal", "roughness"):
        numbers = numpy.asarray(open_map(part)).astype(float)
        for axis in (0, 1):
            steps = numpy.abs(numpy.roll(numbers, -1, axis=axis) - numbers).mean(
                axis=tuple(other for other in range(numbers.ndim) if other != axis)
            )
            assert steps[-1] <= 1.5 * steps.max(), part


def test_a_texture_with_a_seam_is_told_of(run, tmp_path):
    Image.fromarray(numpy.tile(numpy.arange(32, dtype=numpy.uint8) * 8, (32, 1))).save(tmp_path / "ramp.png")
    made = run("material", "ramp.png")
    assert made.returncode == 0 and "atelier tile" in made.stderr


def test_bad_input(run, tmp_path):
    Image.new("RGB", (60, 40)).save(tmp_path / "wrong.png")
    Image.new("RGB", (2, 1)).save(tmp_path / "tiny.png")
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    panorama().save(tmp_path / "good.png")
    whole = (tmp_path / "good.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.png").write_text("no picture")
    Image.new("1", (20000, 10000)).save(tmp_path / "giant.png")
    for arguments, words in [
        (["cube-map", "wrong.png"], "60×40"),
        (["cube-map", "tiny.png"], "2×1"),
        (["cube-map", "dot.png"], "1×1"),
        (["cube-map", "cut.png"], "cut.png"),
        (["cube-map", "text.png"], "not a picture"),
        (["cube-map", "giant.png"], "too large"),
        (["cube-map", "none.png"], "none.png"),
        (["cube-map", "good.png", "--set", "side=1"], "2.0 to 2048.0"),
        (["cube-map", "good.png", "--set", "side=4096"], "2.0 to 2048.0"),
        (["cube-map", "good.png", "--set", "edges=round"], "inside, shared"),
        (["cube-map", "good.png", "--set", "nothing=1"], "side, edges"),
        (["cube-map", "good.png", "--prompt", "a cat"], "--prompt"),
        (["cube-map", "good.png", "--model", BUNDLED], "--model"),
        (["cube-map", "good.png", "--mask", "good.png"], "mask"),
        (["material", "dot.png"], "1×1"),
        (["material", "cut.png"], "cut.png"),
        (["material", "giant.png"], "too large"),
        (["material", "good.png", "--set", "convention=vulkan"], "opengl, directx"),
        (["material", "good.png", "--set", "strength=99"], "0.0 to 4.0"),
    ]:
        made = run(*arguments, "--out", "out")
        assert made.returncode in (1, 2, 64) and words in made.stderr, (arguments, made.stderr)
        assert "Fatal" not in made.stderr
    assert not (tmp_path / "out").exists()


def test_nothing_is_replaced(run, tmp_path):
    panorama().save(tmp_path / "a.png")
    (tmp_path / "a_px.png").write_bytes(b"mine")
    first = json.loads(run("cube-map", "a.png", "--out", ".", "--json").stdout)
    assert (tmp_path / "a_px.png").read_bytes() == b"mine" and first[0]["file"].endswith("a_px-2.png")
    names = {path.name for path in tmp_path.iterdir()}
    # The same again is there already.
    assert json.loads(run("cube-map", "a.png", "--out", ".", "--json").stdout) == first
    assert {path.name for path in tmp_path.iterdir()} == names


def test_no_model_is_loaded(run, tmp_path, monkeypatch):
    """They take a moment and little memory, whatever models there are."""
    panorama(256).save(tmp_path / "a.png")
    text = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        ["python3", "-c", text, PROGRAM, "edit", "cube-map", "a.png", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    plain = subprocess.run(["python3", "-c", text, PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < int(plain.stdout.split()[-1]) + 120_000


@pytest.mark.parametrize(
    "kind,parts", [("cube-map", [*FACES, "cross"]), ("material", ["height", "normal", "roughness"])]
)
def test_studio(web, kind, parts):
    buffer = io.BytesIO()
    panorama().save(buffer, "PNG")
    first = web.post("/api/uploads", content=buffer.getvalue(), headers={"content-type": "image/png"}).json()["id"]
    asked = {"kind": kind, "pictures": [first], "prompt": "", "count": 1}
    found = ended(web, web.post("/api/jobs", json=asked).json()["jobs"][0]["id"])
    assert found["state"] == "done", found.get("error")
    assert len(found["pictures"]) == len(parts)
    pictures = [web.get(f"/api/pictures/{id}").json() for id in found["pictures"]]
    assert [one["index"] for one in pictures] == list(range(len(parts)))
    assert all(one["parents"] == [first] and one["kind"] == kind for one in pictures)
    files = [Image.open(io.BytesIO(web.get(one["url"]).content)) for one in pictures]
    assert files[0].mode == ("I;16" if kind == "material" else "RGB")
    task = next(task for task in web.get("/api/state").json()["tasks"] if task["name"] == kind)
    assert task["parts"] == parts
    flat = web.post("/api/uploads", content=png(), headers={"content-type": "image/png"}).json()["id"]
    if kind == "cube-map":
        ending = ended(web, web.post("/api/jobs", json=asked | {"pictures": [flat]}).json()["jobs"][0]["id"])
        assert ending["state"] == "failed" and ending["error"]["code"] == "invalid_image"
        assert "twice as wide as high" in ending["error"]["message"]


def test_panoramas_of_the_bundled_model(web):
    asked = {"prompt": "a red apple --panorama", "seed": "3", "count": 2}
    found = ended(web, web.post("/api/jobs", json=asked).json()["jobs"][0]["id"])
    assert found["state"] == "done", found.get("error")
    for id in found["pictures"]:
        numbers = numpy.asarray(
            Image.open(io.BytesIO(web.get(f"/api/pictures/{id}/file").content)).convert("RGBA")
        ).astype(float)
        assert numbers.shape == (256, 512, 4)
        assert (numbers[0] == numbers[0, 0]).all() and (numbers[-1] == numbers[-1, 0]).all()
