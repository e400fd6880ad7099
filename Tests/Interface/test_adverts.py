"""Pages of exact sizes from a table: each once, none missing, whatever happens on the way."""

import random
import signal
import subprocess
import time

from PIL import Image

from conftest import PROGRAM

SIZES = [(320, 320), (270, 480), (480, 250), (160, 600)]
FRUIT = ["red apple", "banana", "grapes"]
PLACES = ["top", "bottom", "left", "right", "over"]


def table(folder, rows):
    lines = ["name,prompt,size,text,place,background,bleed"]
    for number in range(rows):
        width, height = SIZES[number % len(SIZES)]
        lines.append(
            f'page {number:03},{FRUIT[number % 3]},{width}x{height},"Fresh, number {number}",'
            f"{PLACES[number % 5]},{['white', '#203040', '橙色'][number % 3]},{number % 2 * 4}"
        )
    (folder / "campaign.csv").write_text("\n".join(lines), encoding="utf-8")


def run(folder, *more):
    return subprocess.run(
        [PROGRAM, "adverts", "campaign.csv", "--out", "pages", *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_hundred_pages_are_there_once_after_kills(tmp_path):
    table(tmp_path, 100)
    chance = random.Random(3)
    folder = tmp_path / "pages"
    for _ in range(4):
        there = len(list(folder.glob("*.png")))
        process = subprocess.Popen(
            [PROGRAM, "adverts", "campaign.csv", "--out", "pages", "--quiet"], cwd=tmp_path, stderr=subprocess.DEVNULL
        )
        end = time.time() + 60
        while len(list(folder.glob("*.png"))) < there + 3 and time.time() < end:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "pages").glob("*.png")}
    assert 12 <= len(before) < 100
    made = run(tmp_path)
    assert made.returncode == 0, made.stderr
    pages = sorted((tmp_path / "pages").iterdir())
    assert [page.name for page in pages] == [f"page-{number:03}.png" for number in range(100)]
    for number, page in enumerate(pages):
        width, height = SIZES[number % len(SIZES)]
        bleed = number % 2 * 4
        with Image.open(page) as picture:
            assert picture.size == (width + 2 * bleed, height + 2 * bleed) and picture.mode == "RGB"
            picture.load()
    # What was there was not made again.
    assert all((tmp_path / "pages" / name).stat().st_mtime_ns == at for name, at in before.items())
    again = subprocess.run(
        [PROGRAM, "rerun", "pages/page-007.png"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stdout + again.stderr


def test_a_changed_line_replaces_nothing(tmp_path):
    table(tmp_path, 2)
    assert run(tmp_path).returncode == 0
    text = (tmp_path / "campaign.csv").read_text(encoding="utf-8")
    (tmp_path / "campaign.csv").write_text(text.replace("number 1", "number one"), encoding="utf-8")
    assert run(tmp_path).returncode == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        "page-000.png",
        "page-001-2.png",
        "page-001.png",
    ]


def test_lines_that_are_wrong_are_told_before_anything_is_drawn(tmp_path):
    for line, words in [
        ("prompt,size\ncat,12", "size"),
        ("prompt,size\ncat,10x99999", "8192"),
        ("prompt,place\ncat,middle", "over"),
        ("prompt,background\ncat,sparkling", "#ff8800"),
        ("prompt,bleed\ncat,-1", "bleed"),
        ('prompt,text\ncat,"' + "x" * 3000 + '"', "2000"),
        ('prompt\n"{red, green} cat"', "braces"),
        ("size\n10x10", "prompt"),
    ]:
        (tmp_path / "campaign.csv").write_text(line, encoding="utf-8")
        answer = run(tmp_path)
        assert answer.returncode in (1, 2) and words in answer.stderr, (line[:40], answer.stderr)
        assert "campaign.csv" in answer.stderr or "'campaign.csv'" in answer.stderr
    assert not (tmp_path / "pages").exists()
