"""Sheets of sprites, as a game reads them: by Pillow and the table alone."""

import io
import json
import subprocess
import zipfile

from PIL import Image

from conftest import PROGRAM, ended, job


def sprites(sheet, table):
    """Each sprite in a picture of its own size, as the table says."""
    found = {}
    for name, frame in table["frames"].items():
        at, shown, size = frame["frame"], frame["spriteSourceSize"], frame["sourceSize"]
        picture = Image.new("RGBA", (size["w"], size["h"]))
        part = sheet.crop((at["x"], at["y"], at["x"] + at["w"], at["y"] + at["h"]))
        picture.paste(part, (shown["x"], shown["y"]))
        assert frame["trimmed"] == ((at["w"], at["h"]) != (size["w"], size["h"]))
        found[name] = picture
    assert table["meta"]["size"] == {"w": sheet.width, "h": sheet.height}
    return found


def test_pictures_of_the_gallery(web):
    ids = ended(web, job(web, seed=4, count=3)["id"])["pictures"]
    answer = web.post("/api/pictures/sprites", json={"ids": ids, "padding": 1, "power_of_two": True})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        sheet = Image.open(io.BytesIO(archive.read("sprites.png"))).convert("RGBA")
        table = json.loads(archive.read("sprites.json"))
    assert table["meta"]["image"] == "sprites.png" and sheet.width & (sheet.width - 1) == 0
    found = sprites(sheet, table)
    for id in ids:
        own = Image.open(io.BytesIO(web.get(f"/api/pictures/{id}/file").content)).convert("RGBA")
        shown = found[f"{id}.png"]
        # Clear pixels may have any colour.
        clear = own.getchannel("A").point(lambda value: 255 * (value == 0))
        for picture in (own, shown):
            picture.paste((0, 0, 0, 0), mask=clear)
        assert own.tobytes() == shown.tobytes()
    for body, field in [
        ({"ids": []}, "ids"),
        ({"ids": ids, "padding": 65}, "padding"),
        ({"ids": ids, "extrude": -1}, "extrude"),
    ]:
        refused = web.post("/api/pictures/sprites", json=body)
        assert refused.status_code == 400 and refused.json()["error"]["param"] == field


def test_commands(tmp_path):
    def run(*arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)

    for name, colour in [("a", "#f008"), ("b", "#0f0"), ("c", "#00f")]:
        picture = Image.new("RGBA", (20, 10))
        picture.paste(Image.new("RGBA", (7, 5), colour), (3, 2))
        picture.save(tmp_path / f"{name}.png")
    made = run("sprites", "a.png", "b.png", "c.png", "--out", "items.png", "--json")
    assert made.returncode == 0, made.stderr
    table = json.loads((tmp_path / "items.json").read_text())
    found = sprites(Image.open(tmp_path / "items.png").convert("RGBA"), table)
    for name in "abc":
        assert found[f"{name}.png"].tobytes() == Image.open(tmp_path / f"{name}.png").tobytes()
    # Nothing is replaced: another sheet of the name gets a number, and so does its table.
    assert run("sprites", "a.png", "--out", "items.png").returncode == 0
    assert json.loads((tmp_path / "items-2.json").read_text())["meta"]["image"] == "items-2.png"
    film = run("video", "red apple", "--seed", "3", "--pictures", "2", "--frames", "3", "--sheet", "--out", "film.png")
    assert film.returncode == 0, film.stderr
    table = json.loads((tmp_path / "film.json").read_text())
    assert table["animations"]["film"] == [f"film-{number:04}.png" for number in range(4)]
    assert all(frame["duration"] == 83 for frame in table["frames"].values())
    assert len(sprites(Image.open(tmp_path / "film.png").convert("RGBA"), table)) == 4
    for wrong, words in [
        (["sprites", "none.png"], "none.png"),
        (["sprites", "a.png", "--padding", "65"], "0 to 64"),
        (["sprites", "a.png", "--out", "x.jpg"], ".png"),
        (["sprites", "a.png", "--no-trim", "--largest", "16"], "do not fit"),
    ]:
        refused = run(*wrong)
        assert refused.returncode in (1, 2) and words in refused.stderr, refused.stderr
