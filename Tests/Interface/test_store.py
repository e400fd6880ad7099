"""The store: what an older studio left is brought up to date, after a copy was kept."""

import sqlite3

from conftest import Studio, ended, job


def test_older_store(tmp_path):
    studio = Studio(tmp_path)
    with studio.web() as web:
        found = ended(web, job(web, prompt="an old walrus")["id"])
        web.post("/api/folders", json={"name": "old"})
    studio.stop()
    # What the second step added is taken away again.
    with sqlite3.connect(studio.data / "studio.sqlite") as store:
        store.executescript(
            """
            DROP INDEX pictureByOwner; DROP INDEX pictureShown;
            CREATE INDEX pictureShown ON picture (id) WHERE deleted IS NULL AND kind <> 'mask';
            ALTER TABLE picture DROP COLUMN owner; ALTER TABLE folder DROP COLUMN owner;
            ALTER TABLE event DROP COLUMN owner; ALTER TABLE job DROP COLUMN body;
            DELETE FROM grdb_migrations WHERE identifier LIKE '2 %';
            """
        )
    studio.start()
    with studio.web() as web:
        assert [one["id"] for one in web.get("/api/pictures?q=walrus").json()["pictures"]] == found["pictures"]
        assert [one["name"] for one in web.get("/api/folders").json()["folders"]] == ["old"]
        assert ended(web, job(web)["id"])["state"] == "done"
    studio.stop()
    with sqlite3.connect(studio.data / "studio-before-2.sqlite") as copy:
        assert copy.execute("SELECT count(*) FROM picture").fetchone() == (len(found["pictures"]),)


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
