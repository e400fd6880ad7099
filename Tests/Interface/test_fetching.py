"""Models fetched from a server that cuts off, lies, refuses, sends on: the right file or clear words."""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conftest import PROGRAM, ROOT

FIXTURE = ROOT / "Tests/Fixtures/janus"
REPOSITORY = "tiny/Janus"
COMMIT = "c0ffee" + "0" * 34
FILES = {path.name: path.read_bytes() for path in sorted(FIXTURE.iterdir()) if path.name != "expected.json"}
WEIGHTS = next(name for name in FILES if name.endswith((".safetensors", ".bin")))


def git(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        with contextlib.suppress(ConnectionError):
            super().handle_one_request()

    def do_HEAD(self):
        self.server.owner.answer(self)

    do_GET = do_HEAD

    def reply(self, status, body=b"", length=None, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


class Mirror:
    """A server of one repository, and another host that its weights lie on."""

    def __init__(self):
        self.files = dict(FILES)
        self.seen = []  # (host, method, path, range, authorization)
        self.before = []  # what answers first, each once
        self.piece, self.rest = 65536, 0.0
        self.servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
        for server in self.servers:
            server.owner, server.daemon_threads = self, True
            threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url, self.elsewhere = (
            f"http://{host}:{server.server_port}"
            for host, server in zip(("127.0.0.1", "localhost"), self.servers, strict=True)
        )

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def etag(self, name):
        data = self.files[name]
        return hashlib.sha256(data).hexdigest() if name == WEIGHTS else git(data)

    def answer(self, asked):
        kind = "elsewhere" if asked.server is self.servers[1] else "hub"
        self.seen.append(
            (kind, asked.command, asked.path, asked.headers.get("Range"), asked.headers.get("Authorization"))
        )
        for act in list(self.before):
            if act(asked, kind):
                return
        path = asked.path.split("?")[0]
        if path.startswith(f"/api/models/{REPOSITORY}/revision/"):
            listing = {
                "sha": COMMIT,
                "cardData": {"license": "mit"},
                "siblings": [{"rfilename": name, "size": len(data)} for name, data in self.files.items()],
            }
            asked.reply(200, json.dumps(listing).encode())
        elif path.startswith(f"/{REPOSITORY}/resolve/{COMMIT}/"):
            name = path.rsplit("/", 1)[1]
            if name == WEIGHTS:
                asked.reply(
                    302,
                    Location=f"{self.elsewhere}/{name}?signed=1",
                    X_Linked_Etag=f'"{self.etag(name)}"',
                    X_Linked_Size=len(self.files[name]),
                    X_Repo_Commit=COMMIT,
                    ETag='W/"other"',
                )
            else:
                self.body(asked, self.files[name], ETag=f'"{self.etag(name)}"')
        elif kind == "elsewhere" and path[1:] in self.files:
            self.body(asked, self.files[path[1:]])
        else:
            asked.reply(404, X_Error_Code="RepoNotFound")

    def body(self, asked, data, **fields):
        start = int((asked.headers.get("Range") or "bytes=0-").split("=")[1].rstrip("-"))
        if start and start >= len(data):
            return asked.reply(416, Content_Range=f"bytes */{len(data)}")
        asked.send_response(206 if start else 200)
        for name, value in fields.items():
            asked.send_header(name.replace("_", "-"), value)
        if start:
            asked.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        asked.send_header("Content-Length", str(len(data) - start))
        asked.end_headers()
        if asked.command == "GET":
            for place in range(start, len(data), self.piece):
                asked.wfile.write(data[place : place + self.piece])
                time.sleep(self.rest)
        return None

    def once(self, what, times=1):
        """Lets something answer, a few times, the weights in its place."""

        def act(asked, kind):
            nonlocal times
            if times and kind == "elsewhere" and asked.command == "GET":
                times -= 1
                what(asked)
                return True
            return False

        self.before.append(act)


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
            "HF_ENDPOINT": mirror.url,
            "HF_HUB_CACHE": str(self.cache),
            "HF_HOME": str(folder / "home"),
            "ATELIER_MODELS": str(self.models),
            "ATELIER_FETCH_PAUSE": "0.01",
            "ATELIER_FETCH_PATIENCE": "4",
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


def test_what_is_known_is_listed(home):
    text = home.run("list").stdout + home.run("list").stderr
    assert "janus-pro-1b" in text and "to fetch" in text
    shutil.rmtree(home.models, ignore_errors=True)
