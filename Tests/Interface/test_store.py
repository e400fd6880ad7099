"""The store: what an older studio left is brought up to date, after a copy was kept."""

import json
import sqlite3

import pytest
from PIL import Image

from conftest import ROOT, Studio, ended, job


@pytest.mark.parametrize("version", [1, 2])
def test_older_gallery(tmp_path, version):
    """What earlier studios wrote: all is there, what waited is done, what can no longer be asked for says so."""
    studio = Studio(tmp_path)
    studio.stop()
    for file in studio.data.glob("studio.sqlite*"):
        file.unlink()
    with sqlite3.connect(studio.data / "studio.sqlite") as store:
        store.executescript((ROOT / f"Tests/Fixtures/galleries/version-{version}.sql").read_text())
        rows = store.execute("SELECT id, state, request FROM job")
        before = {id: (state, json.loads(request)) for id, state, request in rows}
        pictures = [id for (id,) in store.execute("SELECT id FROM picture ORDER BY id")]
    for id in pictures:
        file = studio.data / "pictures" / id[-2:] / f"{id}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGBA", (64, 64), "red").save(file)
    studio.start()
    with studio.web() as web:
        jobs = {one["id"]: one for one in web.get("/api/jobs?limit=100").json()["jobs"]}
        assert set(jobs) == set(before)
        for id, (state, request) in before.items():
            assert jobs[id]["state"] == state
            assert jobs[id]["request"] == request | {"task": jobs[id]["kind"]}
        assert sorted(one["id"] for one in web.get("/api/pictures?limit=100").json()["pictures"]) == pictures
        assert len(web.get("/api/pictures?q=apple").json()["pictures"]) == len(pictures) - 1
        web.patch("/api/queue", json={"paused": False})
        for id, (state, request) in before.items():
            if state == "queued":
                found = ended(web, id)
                assert found["state"] == "done", found
                assert len(found["pictures"]) == request["count"]
        [wild] = [id for id, (_, request) in before.items() if request["numbers"].get("zoom", 0) > 2]
        web.post(f"/api/jobs/{wild}/retry")
        assert "'zoom' expects 1.0 to 2.0" in ended(web, wild)["error"]["message"]
        assert ended(web, job(web)["id"])["state"] == "done"
    studio.stop()
    with sqlite3.connect(studio.data / f"studio-before-{version + 1}.sqlite") as copy:
        assert copy.execute("SELECT count(*) FROM picture").fetchone() == (len(pictures),)


def test_newer_store(tmp_path):
    studio = Studio(tmp_path)
    studio.stop()
    with sqlite3.connect(studio.data / "studio.sqlite") as store:
        store.execute("INSERT INTO grdb_migrations VALUES ('9 something to come')")
    try:
        studio.start()
        raise AssertionError("it starts over a store of a newer studio")
    except (RuntimeError, AssertionError, TimeoutError) as error:
        assert "it starts over" not in str(error)
    assert "newer" in studio.log.read_text()
