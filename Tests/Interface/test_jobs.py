"""Jobs: kept over any end of the studio, each done exactly once, in the order that is wanted."""

import io
import os
import signal
import sqlite3
import threading
import time

import httpx
import pytest
from PIL import Image

from conftest import ROUNDS, Events, ended, job, patiently, until


@pytest.fixture(scope="module")
def crashing(tmp_path_factory):
    from conftest import Studio

    found = Studio(tmp_path_factory.mktemp("crashing"))
    yield found
    found.stop()


def running(web):
    found = web.get("/api/jobs?state=running").json()["jobs"]
    return found[0] if found else None


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_killed_studio_goes_on(crashing, turn):
    """Killed with one job in the middle and three waiting, all four are done once after the restart."""
    with crashing.web() as web:
        web.patch("/api/queue", json={"paused": True})
        counts = [12, 2, 1, 3]
        jobs = [
            job(web, count=count, seed=100 * turn + n, prompt=f"apple {turn}")["id"] for n, count in enumerate(counts)
        ]
        with Events(crashing) as events:
            web.patch("/api/queue", json={"paused": False})
            wanted = ["job.started", "job.progress", "job.preview", "job.progress", "job.started"][turn % 5]
            for event in events:
                if event["event"] == wanted:
                    break
            time.sleep([0, 0.05, 0.1, 0.3, 0.6][turn % 5])
            crashing.kill()
    crashing.start()
    with crashing.web() as web:
        for id, count in zip(jobs, counts, strict=True):
            found = ended(web, id)
            assert found["state"] == "done", found.get("error")
            assert len(found["pictures"]) == len(set(found["pictures"])) == count
            for picture in found["pictures"]:
                file = web.get(f"/api/pictures/{picture}/file")
                assert file.status_code == 200 and file.content.startswith(b"\x89PNG")
        assert not running(web) and not web.get("/api/queue").json()["order"]
    time.sleep(0.2)
    with sqlite3.connect(f"file:{crashing.data}/studio.sqlite?mode=ro", uri=True) as store:
        marks = ",".join("?" * len(jobs))
        numbers = store.execute(f"SELECT job, number FROM picture WHERE job IN ({marks})", jobs).fetchall()
        assert len(numbers) == len(set(numbers)) == sum(counts), "no picture is there twice"
        ends = store.execute(
            "SELECT json_extract(data, '$.job.id') AS job, count(*) FROM event WHERE name = 'job.done' "
            f"AND job IN ({marks}) GROUP BY job",
            jobs,
        ).fetchall()
        assert len(ends) == 4 and {count for _, count in ends} == {1}
    assert not list((crashing.data / "staging").iterdir()), "nothing is left behind"


def test_killed_while_paused(crashing):
    with crashing.web() as web:
        web.patch("/api/queue", json={"paused": True})
        id = job(web)["id"]
    crashing.kill()
    crashing.start()
    with crashing.web() as web:
        assert web.get("/api/queue").json() == {"paused": True, "order": [id]}
        time.sleep(0.5)
        assert web.get(f"/api/jobs/{id}").json()["state"] == "queued"
        web.patch("/api/queue", json={"paused": False})
        assert ended(web, id)["state"] == "done"


def test_stop_keeps_what_waits(crashing):
    """Asked to end in the middle of a job, the studio ends soon; the job goes on after the start."""
    with crashing.web() as web:
        id = job(web, count=24)["id"]
        other = job(web)["id"]
        until(lambda: running(web))
        began = time.time()
        crashing.stop()
        assert time.time() - began < 10
    crashing.start()
    with crashing.web() as web:
        found = ended(web, id)
        assert found["state"] == "done" and len(found["pictures"]) == 24, found.get("error")
        assert ended(web, other)["state"] == "done"


def test_no_worker_outlives_the_studio(crashing):
    with crashing.web() as web:
        ended(web, job(web)["id"])
    workers = crashing.workers()
    assert workers
    crashing.kill()
    end = time.time() + 10
    try:
        while any(os.path.exists(f"/proc/{worker}/exe") for worker in workers) and time.time() < end:
            time.sleep(0.1)
        assert not [worker for worker in workers if os.path.exists(f"/proc/{worker}/exe")]
    finally:
        crashing.start()


def test_folder_is_used_by_one(crashing, tmp_path):
    import subprocess

    from conftest import PROGRAM, free_port

    answer = subprocess.run(
        [PROGRAM, "serve", "--port", str(free_port()), "--data", str(crashing.data)],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert answer.returncode != 0 and str(crashing.data) in answer.stderr


@pytest.mark.parametrize("turn", range(max(ROUNDS, 3)))
def test_killed_worker(studio, web, turn):
    """The job fails with a reason, or is drawn by the next worker, and the next job is drawn."""
    moment = ["job.started", "job.progress", "job.preview"][turn % 3]
    ended(web, job(web)["id"])
    with Events(studio) as events:
        id = job(web, count=30)["id"]
        for event in events:
            if event["event"] == moment:
                break
        for worker in studio.workers():
            os.kill(worker, signal.SIGKILL)
    found = ended(web, id)
    assert found["state"] in ("done", "failed")
    if found["state"] == "failed":
        assert found["error"]["message"] and found["error"]["code"]
        assert found["pictures"] == []
    else:
        assert len(found["pictures"]) == 30
    assert ended(web, job(web)["id"])["state"] == "done"
    if found["state"] == "failed":
        again = web.post(f"/api/jobs/{id}/retry")
        assert again.status_code == 200 and again.json()["state"] in ("queued", "running")
        assert again.json().get("error") is None
        assert len(ended(web, id)["pictures"]) == 30


def test_killed_idle_worker(studio, web):
    ended(web, job(web)["id"])
    for worker in studio.workers():
        os.kill(worker, signal.SIGKILL)
    found = ended(web, job(web)["id"])
    assert found["state"] == "done", found.get("error")


def test_killed_worker_is_an_error_of_the_client(studio):
    import openai

    client = studio.client()
    client = client.with_options(max_retries=0)

    def shoot():
        with studio.web() as web:
            # One that has not begun is drawn by the next worker.
            until(lambda: (running(web) or {"share": 0})["share"] > 0)
            for worker in studio.workers():
                os.kill(worker, signal.SIGKILL)

    thread = threading.Thread(target=shoot)
    thread.start()
    with pytest.raises(openai.APIError) as caught:
        patiently(lambda: list(client.images.generate(prompt="a car", n=10, stream=True)))
    thread.join()
    assert caught.value.code and caught.value.message


def test_cancel_waiting(web):
    web.patch("/api/queue", json={"paused": True})
    id = job(web)["id"]
    answer = web.delete(f"/api/jobs/{id}")
    assert answer.status_code == 200 and answer.json()["state"] == "cancelled"
    web.patch("/api/queue", json={"paused": False})
    assert ended(web, job(web)["id"])["state"] == "done"
    assert web.get(f"/api/jobs/{id}").json()["state"] == "cancelled"
    assert web.delete(f"/api/jobs/{id}").json()["state"] == "cancelled"


def test_cancel_running(web):
    id = job(web, count=40)["id"]
    until(lambda: (found := running(web)) and found["id"] == id)
    began = time.time()
    assert web.delete(f"/api/jobs/{id}").json()["state"] == "cancelled"
    assert ended(web, job(web)["id"])["state"] == "done"
    assert time.time() - began < 15
    found = web.get(f"/api/jobs/{id}").json()
    assert found["state"] == "cancelled" and found["pictures"] == []


def test_cancel_all(web):
    jobs = [job(web, count=10)["id"] for _ in range(4)]
    cancelled = web.delete("/api/jobs").json()["cancelled"]
    assert cancelled >= 3
    assert {ended(web, id)["state"] for id in jobs} <= {"cancelled", "done"}
    assert web.get("/api/queue").json()["order"] == []


def test_retry(web):
    web.patch("/api/queue", json={"paused": True})
    id = job(web, count=2)["id"]
    web.delete(f"/api/jobs/{id}")
    web.patch("/api/queue", json={"paused": False})
    assert web.post(f"/api/jobs/{id}/retry").status_code == 200
    assert len(ended(web, id)["pictures"]) == 2
    assert web.post(f"/api/jobs/{id}/retry").status_code == 400, "what is done is done"


def test_order(studio, web):
    web.patch("/api/queue", json={"paused": True})
    jobs = [job(web)["id"] for _ in range(4)]
    assert web.get("/api/queue").json()["order"] == jobs
    wanted = [jobs[2], jobs[0]]
    answer = web.post("/api/jobs/order", json={"ids": wanted})
    assert answer.json()["order"] == [jobs[2], jobs[0], jobs[1], jobs[3]]
    assert [web.get(f"/api/jobs/{id}").json()["position"] for id in jobs] == [2, 3, 1, 4]
    with Events(studio) as events:
        web.patch("/api/queue", json={"paused": False})
        started = []
        for event in events:
            if event["event"] == "job.started":
                started.append(event["data"]["job"]["id"])
            if len(started) == 4:
                break
    assert started == [jobs[2], jobs[0], jobs[1], jobs[3]]
    for id in jobs:
        ended(web, id)


def test_order_with_a_job_twice(web):
    web.patch("/api/queue", json={"paused": True})
    jobs = [job(web)["id"] for _ in range(3)]
    answer = web.post("/api/jobs/order", json={"ids": [jobs[1], jobs[1], jobs[0]]})
    assert answer.status_code in (200, 400)
    assert sorted(web.get("/api/queue").json()["order"]) == sorted(jobs)
    if answer.status_code == 200:
        assert answer.json()["order"] == [jobs[1], jobs[0], jobs[2]]
    web.delete("/api/jobs")
    web.patch("/api/queue", json={"paused": False})


def test_priority(studio, web):
    web.patch("/api/queue", json={"paused": True})
    slow, usual, quick = (job(web, prompt=f"a car {word}")["id"] for word in ("--relax", "", "--turbo"))
    assert web.get("/api/queue").json()["order"] == [quick, usual, slow]
    web.delete("/api/jobs")
    web.patch("/api/queue", json={"paused": False})


def test_pause(studio, web):
    ended(web, job(web)["id"])
    assert web.patch("/api/queue", json={"paused": True}).json()["paused"] is True
    id = job(web)["id"]
    time.sleep(1)
    assert web.get(f"/api/jobs/{id}").json()["state"] == "queued"
    assert web.get("/api/state").json()["paused"] is True
    web.patch("/api/queue", json={"paused": False})
    assert ended(web, id)["state"] == "done"


def test_key_makes_one_job(web):
    headers = {"idempotency-key": f"key-{time.time()}"}
    wish = {"prompt": "a {red, green, blue} apple", "count": 1, "seed": 5}
    first = patiently(lambda: web.post("/api/jobs", json=wish, headers=headers)).json()["jobs"]
    again = web.post("/api/jobs", json=wish, headers=headers).json()["jobs"]
    assert len(first) == 3 and [found["id"] for found in again] == [found["id"] for found in first]
    for found in first:
        ended(web, found["id"])
    late = web.post("/api/jobs", json=wish, headers=headers).json()["jobs"]
    assert {found["id"] for found in late} == {found["id"] for found in first}


def test_key_at_the_same_time(web, studio):
    headers = {"idempotency-key": f"storm-{time.time()}"}
    seen = []

    def ask():
        with studio.web() as other:
            wish = {"prompt": "a", "count": 1}
            answer = patiently(lambda: other.post("/api/jobs", json=wish, headers=headers))
            seen.append(answer.json()["jobs"][0]["id"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8 and len(set(seen)) == 1


def test_key_of_another_wish(web):
    """The same key for something else is a mistake that must be told, not answered with the old jobs."""
    headers = {"idempotency-key": f"other-{time.time()}"}
    patiently(lambda: web.post("/api/jobs", json={"prompt": "a red apple", "count": 1}, headers=headers))
    answer = web.post("/api/jobs", json={"prompt": "a blue car", "count": 1}, headers=headers)
    assert answer.status_code in (400, 409, 422), answer.text


def test_key_for_the_client(studio, web):
    key = f"client-{time.time()}"
    wish = {"prompt": "a car", "n": 1}
    seen = {
        patiently(lambda: web.post("/v1/images/generations", json=wish, headers={"idempotency-key": key})).json()[
            "data"
        ][0]["id"]
        for _ in range(2)
    }
    assert len(seen) == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"count": 0},
        {"count": 65},
        {"count": -1},
        {"seed": -1},
        {"seed": "x"},
        {"seed": 2**64},
        {"size": 7},
        {"size": 4097},
        {"size": -64},
        {"priority": 3},
        {"priority": -1},
        {"kind": "weird"},
        {"kind": "vary"},
        {"kind": "inpaint"},
        {"kind": "blend"},
        {"pictures": ["x"]},
        {"prompt": "a --chaos 999"},
        {"prompt": "a --nothing 1"},
        {"prompt": "a " + "{b,c}" * 10},
        {"count": 1.5},
        {"count": 2**63},
    ],
)
def test_what_cannot_be_done_is_not_taken_in(web, wish):
    before = len(web.get("/api/jobs?limit=1000").json()["jobs"])
    answer = patiently(lambda: web.post("/api/jobs", json={"prompt": "a", "count": 1} | wish))
    assert answer.status_code in (400, 404), answer.text
    assert answer.json()["error"]["message"]
    assert len(web.get("/api/jobs?limit=1000").json()["jobs"]) == before


def test_largest_seed_is_kept_whole(web):
    found = ended(web, job(web, seed="18446744073709551615")["id"])
    assert found["request"]["seed"] == "18446744073709551615"
    assert web.get(f"/api/pictures/{found['pictures'][0]}").json()["seed"] == "18446744073709551615"


@pytest.mark.parametrize(
    "kind,numbers",
    [
        ("vary", {"strong": 1}),
        ("vary", {"strong": 0}),
        ("outpaint", {"zoom": 1.5}),
        ("outpaint", {"left": 0.5, "right": 0, "top": 0, "bottom": 0}),
        ("outpaint", {"right-pixels": 16}),
        ("outpaint", {"aspect-width": 3, "aspect-height": 2}),
        ("tile", {}),
        ("wang", {}),
        ("upscale", {"times": 2}),
        ("upscale", {"times": 4}),
        ("style", {"style": "watercolour", "strength": 0.5}),
    ],
)
def test_kinds(web, kind, numbers):
    first = ended(web, job(web, seed=4)["id"])["pictures"][0]
    found = ended(web, job(web, kind=kind, pictures=[first], numbers=numbers)["id"])
    assert found["state"] == "done", found.get("error")
    picture = web.get(f"/api/pictures/{found['pictures'][0]}").json()
    assert picture["parents"] == [first]
    assert [first, picture["id"]] in picture["lineage"]["edges"]
    side = next(one["usualSide"] for one in web.get("/api/models").json()["models"] if one["isBundled"])
    assert web.get(f"/api/pictures/{first}").json()["width"] == side
    if kind == "upscale":
        assert picture["width"] == side * numbers["times"]
    elif kind == "wang":
        assert picture["width"] == picture["height"] == 2 * side
    elif kind in ("vary", "tile", "style"):
        assert picture["width"] == side
    elif kind == "outpaint":
        shares = numbers.get("left", 0) + 0.5 * ("aspect-width" in numbers)
        assert picture["width"] == (1 + shares) * side + numbers.get("right-pixels", 0)


def test_what_commands_can_do(web):
    """Weights of a blend, a region for a mask, the models' own numbers, pixels repeated, pictures beside words."""
    first, second = ended(web, job(web, seed=4, count=2)["id"])["pictures"]

    def blended(numbers):
        wanted = job(web, kind="blend", pictures=[first, second], prompt="", seed=1, numbers=numbers)
        return pixels(web, ended(web, wanted["id"])["pictures"][0]).tobytes()

    assert blended({}) == blended({"weight-0": 1, "weight-1": 1}) != blended({"weight-0": 50, "weight-1": 1})
    region = {"left": 8, "top": 8, "width": 16, "height": 16}
    filled = ended(web, job(web, kind="inpaint", pictures=[first], region=region)["id"])["pictures"][0]
    before, after = pixels(web, first), pixels(web, filled)
    assert before.size == after.size
    assert before.crop((24, 0, *before.size)).tobytes() == after.crop((24, 0, *before.size)).tobytes()
    assert before.tobytes() != after.tobytes()
    bold = ended(web, job(web, seed=9, manner={"temperature": 0, "topP": 0.5}, enlarge=2)["id"])
    assert web.get(f"/api/pictures/{bold['pictures'][0]}").json()["width"] == 128
    near = ended(web, job(web, seed=9, prompt="a red apple", pictures=[first])["id"])
    assert near["state"] == "done" and web.get(f"/api/pictures/{near['pictures'][0]}").json()["parents"] == [first]


def pixels(web, id):
    """A picture, opened."""
    return Image.open(io.BytesIO(web.get(web.get(f"/api/pictures/{id}").json()["url"]).content))


def test_each_restored_picture_has_its_own_origin(web):
    pictures = ended(web, job(web, seed=4, count=2)["id"])["pictures"]
    found = ended(web, job(web, kind="upscale", pictures=pictures, prompt="")["id"])
    assert [web.get(f"/api/pictures/{id}").json()["parents"] for id in found["pictures"]] == [[one] for one in pictures]


@pytest.mark.parametrize(
    "kind,numbers",
    [
        ("outpaint", {"zoom": 1e9}),
        ("outpaint", {"zoom": -1}),
        ("upscale", {"times": 1000}),
        ("upscale", {"times": 0}),
        ("vary", {"strong": 7}),
        ("style", {"style": "cubism"}),
        ("style", {"style": 3}),
        ("style", {"style": "oil", "strength": 1.5}),
        ("outpaint", {"left": 1e6}),
    ],
)
def test_wild_numbers(web, kind, numbers):
    """They are refused, at once or by the worker, in words."""
    first = ended(web, job(web, seed=4)["id"])["pictures"][0]
    answer = patiently(
        lambda: web.post(
            "/api/jobs", json={"kind": kind, "prompt": "a", "count": 1, "pictures": [first], "numbers": numbers}
        )
    )
    if answer.status_code == 202:
        found = ended(web, answer.json()["jobs"][0]["id"])
        assert found["state"] == "failed" and found["error"]["code"] not in ("worker_ended", "server_error"), found.get(
            "error"
        )
    else:
        assert answer.status_code == 400


def test_fair_share(new_studio):
    """Of two users with 20 and 2 jobs, the second's first starts before the third of the first."""
    studio = new_studio(
        keys={"ann": "ann-has-a-long-key", "ben": "ben-has-a-long-key", "admin": "admin-has-a-long-key"}
    )
    with studio.web("ann") as ann, studio.web("ben") as ben, studio.web("admin") as admin:
        admin.patch("/api/queue", json={"paused": True})
        many = [job(ann, count=1)["id"] for _ in range(20)]
        few = [job(ben, count=1)["id"] for _ in range(2)]
        admin.patch("/api/queue", json={"paused": False})
        for id in many[:5]:
            ended(ann, id)
        first = [ended(ben, id) for id in few]
        starts = sorted(found["started"] for found in (ended(ann, id) for id in many))
        assert first[0]["started"] < starts[2]
        assert first[1]["started"] < starts[3]
        assert ben.get("/api/jobs?limit=100").text.count('"kind"') == 2


def test_events_have_no_gap(studio, web):
    """Cut after any event and taken up with its id, a stream shows each event once, in order."""
    with Events(studio) as events:
        job(web, count=2)
        seen = []
        for event in events:
            if "id" in event:
                seen.append(int(event["id"]))
                if len(seen) == 2:
                    break
    for _ in range(2):
        job(web, count=1)
    time.sleep(1)
    last = job(web, count=1)
    cuts = 0
    done = False
    while not done:
        with Events(studio, last=seen[-1]) as events:
            number = 0
            for event in events:
                assert event["event"] != "reset"
                if "id" in event:
                    seen.append(int(event["id"]))
                    number += 1
                    if event["event"] == "job.done" and event["data"]["job"]["id"] == last["id"]:
                        done = True
                        break
                    if number == 2:
                        break
        cuts += 1
    assert cuts > 2
    assert seen == list(range(seen[0], seen[-1] + 1)), "ids grow by one"


def test_many_streams_see_the_same(studio, web):
    seen = [[] for _ in range(6)]
    streams = [Events(studio) for _ in seen]
    begin = web.get("/api/state").json()["event"]

    def follow(number, last):
        for event in streams[number]:
            if "id" in event:
                seen[number].append((event["id"], event["event"]))
                if event["event"] == "job.done" and event["data"]["job"]["id"] == last():
                    return

    ids = []
    threads = [
        threading.Thread(target=follow, args=(number, lambda: ids[-1] if len(ids) == 3 else None))
        for number in range(6)
    ]
    for thread in threads:
        thread.start()
    web.patch("/api/queue", json={"paused": True})
    ids += [job(web)["id"] for _ in range(3)]
    web.patch("/api/queue", json={"paused": False})
    for thread in threads:
        thread.join(30)
    for stream in streams:
        stream.close()
    assert all(one == seen[0] for one in seen) and len(seen[0]) >= 12
    assert [int(id) for id, _ in seen[0]] == list(range(begin + 1, begin + 1 + len(seen[0])))


@pytest.mark.parametrize("last", ["999999999", "9223372036854775807", "-5"])
def test_id_from_the_future(studio, web, last):
    ended(web, job(web)["id"])
    with Events(studio, last=last) as events:
        event = next(iter(events))
        assert event["event"] == "reset"
        assert int(event["id"]) == web.get("/api/state").json()["event"]


@pytest.mark.parametrize("last", ["x", "", "1.5", "99999999999999999999999"])
def test_id_that_is_none(studio, web, last):
    """What the studio cannot have given is answered like an id that it does not keep."""
    web.post("/api/folders", json={"name": "a"})
    with Events(studio, last=last) as events:
        id = job(web)["id"]
        names = []
        for event in events:
            names.append(event["event"])
            if event["event"] in ("job.done", "reset"):
                break
        assert names[-1] in ("job.done", "reset")
    ended(web, id)


def test_event_stream_form(studio, web):
    with httpx.stream("GET", studio.url + "/api/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert next(answer.iter_lines()).startswith("retry: ")


def test_streams_are_counted_and_end(studio, web):
    def count():
        text = web.get("/metrics").text
        return int(next(line for line in text.splitlines() if line.startswith("atelier_event_streams ")).split()[1])

    before = count()
    streams = [Events(studio) for _ in range(20)]
    assert count() >= 20
    for stream in streams:
        stream.close()
    # Who is gone is noticed when there is something to tell.
    for _ in range(2):
        ended(web, job(web)["id"])
    until(lambda: count() <= before, patience=20)
