"""Models fetched from a server that cuts off, lies, refuses, sends on: the right file or clear words."""

import contextlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time

import httpx
import pytest

from conftest import PROGRAM, Studio
from mirror import COMMIT, FILES, FIXTURE, REPOSITORY, WEIGHTS, Mirror


@pytest.fixture
def mirror():
    found = Mirror()
    yield found
    found.close()


class Home:
    """A user with a cache and models of their own."""

    def __init__(self, folder, mirror):
        self.folder, self.cache = folder, folder / "hub"
        self.models = folder / "models"
        self.environment = {
            **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            **mirror.environment(folder),
        }

    def run(self, *arguments, **more):
        return subprocess.run(
            [PROGRAM, "models", *arguments],
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def fetch(self, *arguments, **more):
        return self.run("fetch", REPOSITORY, "--accept-licence", *arguments, **more)

    def snapshot(self):
        return self.cache / "models--tiny--Janus/snapshots" / COMMIT

    def is_whole(self, mirror):
        assert self.snapshot().is_dir()
        for name, data in mirror.files.items():
            if name.endswith((".json", ".safetensors", ".bin")):
                assert (self.snapshot() / name).read_bytes() == data, name
        assert "Janus" in self.run("list").stdout
        return True


@pytest.fixture
def home(tmp_path, mirror):
    return Home(tmp_path, mirror)


def test_two_commands_to_a_picture(home, mirror, tmp_path):
    refused = home.run("fetch", REPOSITORY)
    assert refused.returncode != 0 and "mit" in refused.stdout + refused.stderr
    assert "--accept-licence" in refused.stderr
    answer = home.fetch(HF_TOKEN="secret")
    assert answer.returncode == 0, answer.stderr
    assert home.is_whole(mirror)
    # The token goes to the server, never to where it sends on to.
    assert any(kind == "hub" and token == "Bearer secret" for kind, *_, token in mirror.seen)
    assert all(token is None for kind, *_, token in mirror.seen if kind == "elsewhere")
    assert "secret" not in answer.stdout + answer.stderr
    drawn = subprocess.run(
        [PROGRAM, "imagine", "a red fox", "--model", "Janus", "-n", "1", "--seed", "1", "--out", str(tmp_path / "out")],
        env=home.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert drawn.returncode == 0, drawn.stderr
    assert list((tmp_path / "out").glob("*.png"))
    # The licence is asked for once, and what is there is not fetched again.
    mirror.seen.clear()
    again = home.run("fetch", REPOSITORY, "--replace")
    assert again.returncode == 0, again.stderr
    assert not any(kind == "elsewhere" for kind, *_ in mirror.seen)
    checked = home.run("verify", "Janus")
    assert checked.returncode == 0, checked.stderr
    blob = (home.snapshot() / WEIGHTS).resolve()
    blob.write_bytes(b"\0" + blob.read_bytes()[1:])
    broken = home.run("verify", "Janus")
    assert broken.returncode == 3 and WEIGHTS in broken.stdout + broken.stderr


def test_other_programs_read_the_cache(home, mirror):
    hub = pytest.importorskip("huggingface_hub")
    assert home.fetch().returncode == 0
    for name in ("config.json", WEIGHTS):
        found = hub.try_to_load_from_cache(REPOSITORY, name, cache_dir=home.cache)
        assert isinstance(found, str) and pathlib.Path(found).read_bytes() == mirror.files[name]
    report = hub.scan_cache_dir(home.cache)
    assert [one.repo_id for one in report.repos] == [REPOSITORY] and not report.warnings


def test_what_another_program_fetched_is_used(home, mirror):
    assert home.fetch().returncode == 0
    assert home.run("remove", "Janus").returncode == 0
    mirror.seen.clear()
    answer = home.fetch(HF_HUB_OFFLINE="1")
    assert answer.returncode == 0, answer.stderr
    assert not mirror.seen
    assert home.is_whole(mirror)


def cut(share):
    def act(asked):
        data = FILES[WEIGHTS]
        start = int((asked.headers.get("Range") or "bytes=0-").split("=")[1].rstrip("-"))
        asked.send_response(206 if start else 200)
        if start:
            asked.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        asked.send_header("Content-Length", str(len(data) - start))
        asked.end_headers()
        asked.wfile.write(data[start : start + int((len(data) - start) * share)])
        asked.wfile.flush()
        asked.connection.shutdown(socket.SHUT_RDWR)

    return act


def fails(status, **fields):
    return lambda asked: asked.reply(status, b"no", **fields)


def longer(asked):
    asked.reply(200, FILES[WEIGHTS] + b"more")


def whole(asked):
    """Does not know of parts."""
    asked.reply(200, FILES[WEIGHTS])


def stalls(asked):
    asked.send_response(200)
    asked.send_header("Content-Length", str(len(FILES[WEIGHTS])))
    asked.end_headers()
    asked.wfile.write(FILES[WEIGHTS][:1000])
    asked.wfile.flush()
    time.sleep(8)


@pytest.mark.parametrize(
    "acts",
    [
        [cut(0.3)],
        [cut(0.5)] * 5,
        [cut(0.9), whole],
        [fails(503)] * 3,
        [fails(429, Retry_After="0")] * 2,
        [fails(403)],
        [fails(500), cut(0.1), fails(502), cut(0.8)],
        [stalls],
        [lambda asked: asked.connection.shutdown(socket.SHUT_RDWR)] * 3,
    ],
    ids=["cut", "cut5", "noparts", "503", "429", "expired", "mixed", "stalled", "reset"],
)
def test_what_comes_right_by_itself(home, mirror, acts):
    for act in acts:
        mirror.once(act)
    answer = home.fetch()
    assert answer.returncode == 0, answer.stderr
    assert home.is_whole(mirror)


def test_what_is_cut_off_goes_on(home, mirror):
    mirror.once(cut(0.5))
    assert home.fetch().returncode == 0
    ranges = [found for kind, method, _, found, _ in mirror.seen if kind == "elsewhere" and method == "GET"]
    assert ranges == [None, f"bytes={len(FILES[WEIGHTS]) // 2}-"]


@pytest.mark.parametrize(
    ("act", "times", "words"),
    [
        (longer, 99, "longer than"),
        (lambda asked: asked.reply(200, bytes(len(FILES[WEIGHTS]))), 99, "checksum"),
        (fails(404), 99, "not there"),
        (fails(503), 99, "cut off"),
    ],
    ids=["longer", "other", "gone", "down"],
)
def test_what_stays_wrong_is_said(home, mirror, act, times, words):
    mirror.once(act, times)
    answer = home.fetch()
    assert answer.returncode == 1 and words in answer.stderr, answer.stderr
    assert WEIGHTS in answer.stderr
    assert not (home.snapshot() / WEIGHTS).exists()
    assert "Janus" not in home.run("list").stdout.replace("janus-pro", "")
    # Once the server is well, it goes on.
    mirror.before.clear()
    assert home.fetch().returncode == 0 and home.is_whole(mirror)


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, "GatedRepo", "agree"),
        (401, "RepoNotFound", "HF_TOKEN"),
        (404, "RevisionNotFound", "--revision"),
        (404, "RepoNotFound", "not there"),
        (500, "", "times"),
    ],
)
def test_refusals_have_a_cure(home, mirror, status, code, words):
    mirror.before.append(lambda asked, kind: asked.reply(status, b"", X_Error_Code=code) or True)
    answer = home.fetch()
    assert answer.returncode == 1 and words in answer.stderr, answer.stderr
    assert REPOSITORY in answer.stderr and "\n\n" not in answer.stderr


def test_a_content_that_changes_is_not_mixed(home, mirror):
    other = bytes(len(FILES[WEIGHTS]))

    def act(asked):
        cut(0.5)(asked)
        mirror.files[WEIGHTS] = other

    mirror.once(act)
    answer = home.fetch()
    assert answer.returncode == 1 and "changed" in answer.stderr, answer.stderr
    assert not (home.snapshot() / WEIGHTS).exists()


def test_a_renamed_repository_is_followed(home, mirror):
    def act(asked, kind):
        old = f"/{REPOSITORY}/resolve/{COMMIT}/"
        if kind == "hub" and asked.path.startswith(old) and asked.path.endswith("config.json") and act.left:
            act.left = False
            asked.reply(307, Location=asked.path + "?renamed=1")
            return True
        return False

    act.left = True
    mirror.before.append(act)
    assert home.fetch().returncode == 0
    assert home.is_whole(mirror)


def test_files_that_lead_elsewhere_are_refused(home, mirror):
    mirror.files["../../evil.json"] = b"{}"
    answer = home.fetch()
    assert answer.returncode == 1 and "leads elsewhere" in answer.stderr
    assert not (home.folder.parent / "evil.json").exists()


def test_no_room_is_said_before(home, mirror):
    def act(asked, kind):
        if kind == "hub" and asked.path.endswith(WEIGHTS):
            asked.reply(
                302,
                Location=f"{mirror.elsewhere}/{WEIGHTS}",
                X_Linked_Etag=f'"{mirror.etag(WEIGHTS)}"',
                X_Linked_Size=10**15,
            )
            return True
        return False

    mirror.before.append(act)
    answer = home.fetch()
    assert answer.returncode == 1 and "make room" in answer.stderr, answer.stderr
    assert not any(kind == "elsewhere" for kind, *_ in mirror.seen)


FULL_DISK = """
set -e
mkdir -p "$HF_HUB_CACHE"
mount -t tmpfs -o size=80m none "$HF_HUB_CACHE"
"$@" & fetch=$!
until [ -n "$(find "$HF_HUB_CACHE" -name '*.atelier-part' -size +0)" ]; do kill -0 $fetch; sleep 0.05; done
dd if=/dev/zero of="$HF_HUB_CACHE/other" bs=64k 2>/dev/null || true
status=0; wait $fetch || status=$?
echo "status $status" >&2
find "$HF_HUB_CACHE" -path '*/snapshots/*.safetensors' >&2
rm "$HF_HUB_CACHE/other"
"$@"
cp -rL "$HF_HUB_CACHE"/models--*/snapshots/* "$COPY"
"""


def test_a_disk_that_is_full_while_it_is_written(home, mirror, tmp_path):
    """Another program takes the last of the disk: clear words, and what is there is gone on with."""
    space = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    may = subprocess.run([*space, "mount", "-t", "tmpfs", "none", tmp_path], check=False, capture_output=True)
    if may.returncode != 0:
        pytest.skip(f"no disk can be made here: {may.stderr.decode().strip()}")
    mirror.piece, mirror.rest = max(len(FILES[WEIGHTS]) // 40, 1), 0.05
    whole = subprocess.run(
        [*space, "bash", "-c", FULL_DISK, "-", PROGRAM, "models", "fetch", REPOSITORY, "--accept-licence"],
        env=home.environment | {"COPY": str(tmp_path / "copy")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = whole.stderr
    assert whole.returncode == 0, said
    first, second = said.split("status 1\n")
    assert "is full" in first and str(home.cache) in first and "make room" in first, said
    assert ".safetensors" not in second.split("\n")[0], said
    for name, data in mirror.files.items():
        if name.endswith((".json", ".safetensors")):
            assert (tmp_path / "copy" / name).read_bytes() == data, name


def test_terms_that_were_agreed_to_need_no_network(home, mirror):
    """What another program fetched is taken on without the network only where it is whole."""
    assert home.fetch().returncode == 0
    assert home.run("remove", "Janus").returncode == 0
    mirror.seen.clear()
    assert home.fetch(HF_HUB_OFFLINE="1").returncode == 0 and not mirror.seen
    assert home.run("remove", "Janus").returncode == 0
    (home.snapshot() / WEIGHTS).unlink()
    broken = home.fetch(HF_HUB_OFFLINE="1")
    assert broken.returncode == 1 and not mirror.seen, broken.stderr
    assert WEIGHTS in broken.stderr or "no weights" in broken.stderr, broken.stderr


def test_two_at_once_and_killed_at_any_moment(home, mirror):
    mirror.piece, mirror.rest = max(len(FILES[WEIGHTS]) // 40, 1), 0.02
    begun = [PROGRAM, "models", "fetch", REPOSITORY, "--accept-licence"]
    chance = random.Random(7)
    for _ in range(int(os.environ.get("ATELIER_ROUNDS", "5")) * 2):
        process = subprocess.Popen(begun, env=home.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.2))
        process.kill()
        process.wait()
        for name in mirror.files:
            # What has its name is whole.
            with contextlib.suppress(FileNotFoundError):
                assert (home.snapshot() / name).read_bytes() == mirror.files[name]
    if not (home.snapshot() / WEIGHTS).exists():
        first = subprocess.Popen(begun, env=home.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.7)
        second = home.fetch()
        assert second.returncode == 0 or "process" in second.stderr, second.stderr
        first.wait(60)
    home.fetch("--replace")
    assert home.is_whole(mirror)


def test_what_was_given_up_can_be_removed(home, mirror):
    mirror.once(cut(0.5))
    mirror.once(fails(404), 99)
    assert home.fetch().returncode == 1
    freed = json.loads(home.run("prune", "--json").stdout)["freed"]
    assert freed == len(FILES[WEIGHTS]) // 2
    assert not list(home.cache.rglob("*.atelier-part"))


@pytest.mark.parametrize("name", ["nothing", "a/b/c", "../x/y", "-x/y", "a/b c"])
def test_names_that_are_none(home, name):
    answer = home.run("fetch", "--accept-licence", "--", name)
    assert answer.returncode == 2, (answer.returncode, answer.stderr)
    assert "repository" in answer.stderr


@pytest.mark.parametrize("endpoint", ["ftp://x", "nothing", "http://127.0.0.1:1"])
def test_endpoints_that_are_none(home, endpoint):
    answer = home.fetch(HF_ENDPOINT=endpoint)
    assert answer.returncode == 1
    assert "HF_ENDPOINT" in answer.stderr


@pytest.mark.parametrize("name", ["ATELIER_FETCH_PAUSE", "ATELIER_FETCH_PATIENCE"])
@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e308", "1e-400x", "soon"])
def test_times_that_are_none(home, name, value):
    answer = home.fetch(**{name: value})
    assert answer.returncode == 1 and name in answer.stderr and value in answer.stderr


def test_what_is_known_is_listed(home):
    text = home.run("list").stdout + home.run("list").stderr
    assert "janus-pro-1b" in text and "to fetch" in text
    shutil.rmtree(home.models, ignore_errors=True)


@pytest.fixture
def studio(home, monkeypatch):
    """A studio of that user."""
    for name, value in home.environment.items():
        monkeypatch.setenv(name, value)
    found = Studio(home.folder / "studio")
    yield found
    found.stop()


def web(studio):
    return httpx.Client(base_url=studio.url, timeout=60, headers={"x-atelier-csrf": "1"})


def fetches(client, state=None, patience=60):
    """What is on its way, once the newest is in a state."""
    end = time.time() + patience
    while time.time() < end:
        found = client.get("/api/fetches").json()["fetches"]
        if state is None or (found and found[0]["state"] == state):
            return found
        assert not found or found[0]["state"] not in ("failed", "cancelled", "done"), found[0].get("message")
        time.sleep(0.05)
    raise AssertionError(f"not {state}: {found}")


def test_the_studio_fetches_and_draws(studio, mirror, home):
    with web(studio) as client:
        listing = client.get("/api/fetches").json()
        assert {"janus-pro-1b", "janus-pro-7b"} <= {one["name"] for one in listing["known"]}
        assert all(one["licence"] and one["bytes"] and not one["agreed"] for one in listing["known"])
        asked = client.post("/api/fetches", json={"model": REPOSITORY})
        assert asked.status_code == 409 and asked.json()["error"]["code"] == "terms_not_agreed"
        assert "mit" in asked.json()["error"]["message"] and fetches(client) == []
        mirror.once(cut(0.5))
        begun = client.post("/api/fetches", json={"model": REPOSITORY, "agree": True})
        assert begun.status_code == 202, begun.text
        found = fetches(client, "done")[0]
        assert found["done"] == found["total"] == sum(len(data) for data in mirror.files.values())
        model = next(one for one in client.get("/api/models").json()["models"] if one["name"] == "Janus")
        assert model["isFetched"] and model["takesText"]
        wish = {"prompt": "a red fox", "count": 1, "seed": "1", "model": model["id"]}
        job = client.post("/api/jobs", json=wish).json()["jobs"][0]["id"]
        end = time.time() + 60
        while client.get(f"/api/jobs/{job}").json()["state"] in ("queued", "running") and time.time() < end:
            time.sleep(0.1)
        ended = client.get(f"/api/jobs/{job}").json()
        assert ended["state"] == "done", ended
        assert client.get(f"/api/pictures/{ended['pictures'][0]}").json()["model"] == "Janus"
        # Terms are agreed to once, for commands as well; the same model is not there twice.
        assert client.post("/api/fetches", json={"model": REPOSITORY}).status_code == 202
        fetches(client, "done")
        assert [one["name"] for one in client.get("/api/models").json()["models"]].count("Janus") == 1
        assert home.run("fetch", REPOSITORY, "--replace").returncode == 0
        whole = client.post(f"/api/models/{model['id']}/verify").json()
        assert whole == {"checked": len(mirror.files), "damaged": []}
        blob = (home.snapshot() / WEIGHTS).resolve()
        blob.write_bytes(b"\0" + blob.read_bytes()[1:])
        assert client.post(f"/api/models/{model['id']}/verify").json()["damaged"] == [WEIGHTS]
        usual = next(one["id"] for one in client.get("/api/models").json()["models"] if one["isBundled"])
        assert client.post(f"/api/models/{usual}/verify").status_code == 400


def test_a_model_of_another_origin_is_not_replaced(studio, mirror, home):
    """One that a person has added under the same name stays, and the fetched one gets a number."""
    other = home.folder / "mine"
    shutil.copytree(FIXTURE, other)
    assert home.run("add", str(other), "--name", "Janus").returncode == 0
    with web(studio) as client:
        assert client.post("/api/fetches", json={"model": REPOSITORY, "agree": True}).status_code == 202
        assert fetches(client, "done")[0]["name"] == "Janus-2"
        assert "Janus-2" in {one["name"] for one in client.get("/api/models").json()["models"]}
    assert (home.models / "Janus").resolve() == other.resolve()
    assert (home.models / "Janus-2").resolve() == home.snapshot().resolve()


def test_a_studio_that_is_killed_goes_on(studio, mirror, home):
    """At ten moments of a slow fetch; what was there is not asked for again."""
    mirror.piece, mirror.rest = max(len(FILES[WEIGHTS]) // 60, 1), 0.03
    with web(studio) as client:
        assert client.post("/api/fetches", json={"model": REPOSITORY, "agree": True}).status_code == 202
    chance = random.Random(5)
    for _ in range(10):
        time.sleep(chance.uniform(0, 0.4))
        studio.kill()
        studio.start()
    mirror.rest = 0
    with web(studio) as client:
        found = fetches(client, "done")
        assert len(found) == 1 and found[0]["done"] == found[0]["total"]
        assert [one["name"] for one in client.get("/api/models").json()["models"]].count("Janus") == 1
    assert home.is_whole(mirror)
    ranges = [found for kind, method, _, found, _ in mirror.seen if kind == "elsewhere" and method == "GET"]
    starts = [int((found or "bytes=0-")[6:-1]) for found in ranges]
    assert starts == sorted(starts) and starts[-1] > 0


def test_a_fetch_is_given_up_and_taken_up_again(studio, mirror, home):
    mirror.piece, mirror.rest = max(len(FILES[WEIGHTS]) // 100, 1), 0.05
    with web(studio) as client:
        id = client.post("/api/fetches", json={"model": REPOSITORY, "agree": True}).json()["id"]
        assert client.post("/api/fetches", json={"model": REPOSITORY}).json()["id"] == id
        end = time.time() + 30
        while not any(kind == "elsewhere" for kind, *_ in mirror.seen) and time.time() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        assert client.delete(f"/api/fetches/{id}").json()["state"] == "cancelled"
        time.sleep(0.5)
        assert fetches(client)[0]["state"] == "cancelled"
        assert "Janus" not in {one["name"] for one in client.get("/api/models").json()["models"]}
        mirror.rest = 0
        assert client.post("/api/fetches", json={"model": REPOSITORY}).status_code == 202
        fetches(client, "done")
        assert client.delete("/api/fetches/01M8H57BPRZHXQV4QQA70WDRJM").status_code == 404
        assert client.post("/api/fetches/prune").json() == {"freed": 0}
    assert home.is_whole(mirror)


def test_what_the_studio_cannot_fetch_says_why(studio, mirror):
    with web(studio) as client:
        for model, status in [("nowhere", 404), ("../../etc", 404), ("tiny/Other", 502), ("", 400)]:
            answer = client.post("/api/fetches", json={"model": model, "agree": True})
            assert answer.status_code == status, (model, answer.text)
            assert answer.json()["error"]["message"]
        for _ in range(2):
            mirror.once(longer, 99)
        assert client.post("/api/fetches", json={"model": REPOSITORY, "agree": True}).status_code == 202
        end = time.time() + 60
        while fetches_now(client)["state"] in ("queued", "running") and time.time() < end:
            time.sleep(0.1)
        found = fetches_now(client)
        assert found["state"] == "failed" and "longer than" in found["message"], found
        assert "Janus" not in {one["name"] for one in client.get("/api/models").json()["models"]}


def fetches_now(client):
    return client.get("/api/fetches").json()["fetches"][0]
