"""Pictures of a person's own: sent, captioned, looked at, learned from, drawn with."""

import io
import json
import zipfile

import pytest

from conftest import Studio, ended, job, pixels, png, until

COLOURS = {"red": (200, 30, 30, 255), "green": (30, 160, 30, 255), "blue": (30, 60, 200, 255)}


def begin(web, name="Mine"):
    answer = web.post("/api/sets", json={"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def send(web, set, name, data):
    return web.post(f"/api/sets/{set}/pictures", params={"name": name}, content=data)


def squares(web, set, count=8):
    """Squares of three colours, each with what it shows."""
    captions = {}
    for number in range(count):
        word, colour = list(COLOURS.items())[number % 3]
        kept = send(web, set, f"{word} {number}.png", png(40 + number, 40, colour))
        assert kept.status_code == 201, kept.text
        captions[kept.json()["name"]] = f"a {word} square"
    answer = web.put(f"/api/sets/{set}/captions", json=captions)
    assert answer.status_code == 200, answer.text
    return answer.json()


def check(web, set):
    answer = web.post(f"/api/sets/{set}/check", timeout=120)
    assert answer.status_code == 200, answer.text
    return answer.json()


def error(answer, status):
    assert answer.status_code == status, answer.text
    return answer.json()["error"]


def test_pictures_become_a_model_to_draw_with(web, studio):
    set = begin(web)
    assert squares(web, set) == {**web.get(f"/api/sets/{set}").json(), "pictures": 8, "captions": 8}
    found = check(web, set)
    assert found["readable"] == 8 and found["refusal"] is None and found["minutes"] > 0
    run = web.post(
        "/api/training",
        json={"recipe": "my-pictures", "set": set, "settings": {"training.epochs": "2", "start.replay": "0"}},
        timeout=120,
    )
    assert run.status_code == 201, run.text
    name = run.json()["id"]
    until(lambda: web.get(f"/api/training/{name}").json()["state"] != "running", patience=120, pause=0.5)
    finished = web.get(f"/api/training/{name}").json()
    assert finished["state"] == "finished", finished["log"][-5:]
    # None is kept apart: two passes over eight are sixteen.
    assert finished["images"] == 16
    model = web.post("/api/models", json={"run": name})
    assert model.status_code in (200, 201), model.text
    assert model.json()["name"] == "Mine"
    drawn = ended(web, job(web, prompt="a red square", model=model.json()["id"])["id"])
    assert drawn["state"] == "done", drawn
    file = web.get(f"/api/pictures/{drawn['pictures'][0]}/file")
    assert pixels(file.content).shape[:2] == (256, 256)


def test_an_archive_is_a_set(web):
    set = begin(web, "Archive")
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.png", png(32, 32, list(COLOURS.values())[number % 3]))
            archive.writestr(f"{number}.txt", f"a square, number {number}")
        archive.writestr("notes.doc", "not a picture")
    answer = web.put(f"/api/sets/{set}/archive", content=body.getvalue())
    assert answer.status_code == 200 and answer.json()["isArchive"], answer.text
    found = check(web, set)
    assert found["readable"] == 4 and found["refusal"] is None
    assert any("notes.doc" in line or ".doc" in line for line in found["lines"]), found
    # One or the other.
    assert error(send(web, set, "more.png", png()), 400)["code"] == "invalid_set"
    assert error(web.put(f"/api/sets/{set}/archive", content=b"Rar!"), 400)["code"] == "invalid_archive"


def test_a_damaged_archive_is_said_without_its_place(web, studio):
    set = begin(web, "Damaged")
    assert web.put(f"/api/sets/{set}/archive", content=b"PK" + bytes(200)).status_code == 200
    found = check(web, set)
    assert found["refusal"] and found["minutes"] is None
    assert str(studio.data) not in json.dumps(found), found


def test_what_cannot_be_learned_from_is_said_before(web):
    set = begin(web)
    assert check(web, set)["refusal"]
    assert send(web, set, "alone.png", png()).status_code == 201
    found = check(web, set)
    assert found["minutes"] is None and "caption" in found["refusal"], found
    # The studio's folder is nobody's business.
    assert "/" not in found["refusal"].replace("and/or", ""), found


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("fox.jpeg", "fox.png"),
        ("../../etc/passwd", "passwd.png"),
        ("狐狸 1.png", "狐狸 1.png"),
        (".hidden", "picture.png"),
        ("a\\b:c*.png", "a_b_c_.png"),
        ("x" * 300 + ".png", "x" * 60 + ".png"),
    ],
)
def test_names_lead_nowhere_else(web, name, kept):
    set = begin(web)
    assert send(web, set, name, png()).json()["name"] == kept
    # The same name again is another picture.
    again = send(web, set, name, png(color=(1, 2, 3, 255))).json()["name"]
    assert again == kept[:-4] + "-2.png"
    assert web.get(f"/api/sets/{set}").json()["pictures"] == 2


def test_captions_are_kept_and_taken_away(web):
    set = begin(web)
    name = send(web, set, "one.png", png()).json()["name"]

    def put(captions):
        return web.put(f"/api/sets/{set}/captions", json=captions)

    assert put({name: " a cat \n"}).json()["captions"] == 1
    assert put({name: ""}).json()["captions"] == 0
    assert error(put({"other.png": "a dog"}), 404)["param"] == "captions"
    assert error(put({"../set.json": "a dog"}), 404)["param"] == "captions"
    assert error(put({name: "x" * 1001}), 400)["param"] == "captions"
    assert error(put({name: "a \x1b[31m cat"}), 400)["param"] == "captions"


def test_bad_pictures_and_ids_are_refused(web):
    set = begin(web)
    assert error(send(web, set, "a.png", b"not a picture"), 400)["code"] == "invalid_image_format"
    for path in ("A" * 26, "none", "..%2F..%2Fdata"):
        for method, rest, body in (
            ("GET", "", None),
            ("DELETE", "", None),
            ("POST", "/pictures", png()),
            ("PUT", "/captions", b"{}"),
            ("PUT", "/archive", b"PK"),
            ("POST", "/check", None),
        ):
            headers = {"content-type": "application/json"} if rest == "/captions" else {}
            answer = web.request(method, f"/api/sets/{path}{rest}", content=body, headers=headers)
            assert answer.status_code == 404, (method, path, rest, answer.text)
    training = {"recipe": "my-pictures", "settings": {}}
    assert error(web.post("/api/training", json={**training, "set": "B" * 26}), 404)["code"] == "set_not_found"
    assert error(web.post("/api/training", json={**training, "set": "../x"}), 404)["code"] == "set_not_found"


def test_a_set_can_be_removed(web, studio):
    set = begin(web)
    assert send(web, set, "one.png", png()).status_code == 201
    assert web.delete(f"/api/sets/{set}").json() == {"deleted": set}
    assert error(web.get(f"/api/sets/{set}"), 404)
    assert not (studio.data / "sets" / set).exists()
    assert set not in json.dumps(web.get("/api/sets").json())


def test_only_who_sees_everything_has_sets(tmp_path):
    studio = Studio(tmp_path, keys={"admin": "k" * 32, "guest": "g" * 32})
    try:
        with studio.web("guest") as guest, studio.web("admin") as admin:
            set = begin(admin)
            for method, path in (("GET", "/api/sets"), ("POST", "/api/sets"), ("GET", f"/api/sets/{set}")):
                assert guest.request(method, path, json={"name": "x"}).status_code == 403
            assert send(guest, set, "one.png", png()).status_code == 403
    finally:
        studio.stop()
