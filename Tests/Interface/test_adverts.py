"""Pages of exact sizes from a table: each once, none missing, whatever happens on the way."""

import io
import random
import signal
import subprocess
import time

from PIL import Image

from conftest import PROGRAM, ended, patiently

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


def picture(web, id):
    return Image.open(io.BytesIO(web.get(f"/api/pictures/{id}/file").content))


def test_titles_that_are_alike_have_files_of_their_own(tmp_path):
    titles = ["a", "a", "a 2", "A!", "a-2", "", "page"]
    lines = ["name,prompt"] + [f'"{title}",banana' for title in titles]
    (tmp_path / "campaign.csv").write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        made = run(tmp_path, "--size", "64x64")
        assert made.returncode == 0, made.stderr
        assert len(list((tmp_path / "pages").iterdir())) == len(titles)


def test_the_studio_makes_a_page_for_each_line(web):
    table = "name,prompt,size,text,place,bleed,count,colour\n"
    table += "one,red apple,320x200,Fresh,top,4,1,red\ntwo,banana,,,,,2,yellow\n"
    answer = patiently(lambda: web.post("/api/adverts", json={"table": table, "size": "100x140", "seed": "7"}))
    assert answer.status_code == 202, answer.text
    assert answer.json()["ignored"] == ["colour"]
    sizes = []
    for taken in answer.json()["jobs"]:
        job = ended(web, taken["id"])
        assert job["state"] == "done", job
        assert job["request"]["layout"]["width"] in (320, 100)
        for id in job["pictures"]:
            page = picture(web, id)
            assert page.mode == "RGB"
            sizes.append(page.size)
    assert sizes == [(328, 208), (100, 140), (100, 140)]


def test_any_picture_can_be_laid_out(web):
    wish = {"prompt": "red apple", "count": 1, "seed": "7"}
    layout = {"width": 300, "height": 120, "text": "Sale", "place": "left", "background": "#102030"}
    answer = patiently(lambda: web.post("/api/jobs", json={**wish, "layout": layout}))
    job = ended(web, answer.json()["jobs"][0]["id"])
    page = picture(web, job["pictures"][0])
    assert page.size == (300, 120) and page.getpixel((0, 0)) == (16, 32, 48)
    for wrong, words in [
        ({"width": 300}, "height"),
        ({**layout, "width": 9000}, "8192"),
        ({**layout, "bleed": -1}, "layout.bleed"),
        ({**layout, "place": "middle"}, "place"),
        ({**layout, "background": "sparkling"}, "#ff8800"),
        ({**layout, "text": "x" * 3000}, "2000"),
    ]:
        answer = web.post("/api/jobs", json={**wish, "layout": wrong})
        assert answer.status_code == 400 and words in answer.text, (wrong, answer.text[:300])
    for more in ({"size": 128}, {"enlarge": 2}, {"kind": "vary", "pictures": job["pictures"]}):
        answer = web.post("/api/jobs", json={**wish, **more, "layout": layout})
        assert answer.status_code == 400 and "layout" in answer.text, (more, answer.text[:300])


def test_tables_that_are_wrong_draw_nothing(web):
    before = len(web.get("/api/jobs?limit=1000").json()["jobs"])
    for table, words in [
        ("prompt,size\ncat,12", "table:2"),
        ("prompt\ncat\n{red, green} cat", "table:3"),
        ("", "empty"),
        ("prompt\n" + "cat\n" * 501, "500"),
        ("prompt,size\ncat," + "9" * 9000, "table:2"),
        ("prompt\nred apple --nonsense 3", "nonsense"),
    ]:
        answer = web.post("/api/adverts", json={"table": table})
        assert answer.status_code == 400 and words in answer.text, (table[:40], answer.text[:300])
        assert len(answer.text) < 1000
    wrong = web.post("/api/adverts", json={"table": "prompt\ncat", "size": "12"})
    assert wrong.status_code == 400 and wrong.json()["error"]["param"] == "size"
    assert len(web.get("/api/jobs?limit=1000").json()["jobs"]) == before
