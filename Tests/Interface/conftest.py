"""Studios for the tests: each is a process of its own, on a free port, over a folder of its own.

    python3 -m venv .venv && .venv/bin/pip install -r Tests/Interface/requirements.txt
    .venv/bin/python -m pytest Tests/Interface

ATELIER names the program, `.build/release/atelier` by default; ATELIER_ROUNDS says how often the studio
is killed in the middle of its work, 5 by default and 20 for a release; with ATELIER_LOAD=1 the slow tests
run too, a gallery of 100,000 pictures under load among them, and ATELIER_REPORT names a file for its table.
"""

import base64
import contextlib
import io
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

import httpx
import numpy
import openai
import pytest
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ATELIER", str(ROOT / ".build/release/atelier"))
# The model that draws where none is named.
BUNDLED = "emoji"
ROUNDS = int(os.environ.get("ATELIER_ROUNDS", "5"))
FINAL = {"done", "failed", "cancelled", "blocked"}


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes minutes; runs with ATELIER_LOAD=1")


def pytest_collection_modifyitems(items):
    if os.environ.get("ATELIER_LOAD") == "1":
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="runs with ATELIER_LOAD=1"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Studio:
    """A studio that can be ended in every way and started again over the same folder."""

    def __init__(self, folder, *arguments, keys=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.log = self.folder / "log.txt"
        self.port = free_port()
        self.keys = keys or {}
        self.arguments = list(arguments)
        if keys:
            file = self.folder / "keys.txt"
            file.write_text("".join(f"{user} {key}\n" for user, key in keys.items()))
            self.arguments += ["--key-file", str(file)]
        self.process = None
        self.start()

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"http://{self.host}"

    def start(self, patience=60):
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    PROGRAM,
                    "serve",
                    "--port",
                    str(self.port),
                    "--data",
                    str(self.data),
                    "--runs",
                    str(self.folder / "runs"),
                    *self.arguments,
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        end = time.time() + patience
        while time.time() < end:
            text = self.log.read_bytes()[before:].decode(errors="replace")
            for line in text.splitlines():
                if line.startswith("The studio is open: "):
                    self.address = line.split(": ", 1)[1]
                    return self
            assert self.process.poll() is None, f"the studio ended:\n{text}"
            time.sleep(0.05)
        raise AssertionError(f"the studio did not open:\n{text}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, patience=20):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired as late:
                self.kill()
                raise AssertionError("the studio does not end when asked to") from late

    def resident(self):
        """Bytes in memory."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
        return None

    def peak(self):
        """The most bytes in memory since `forget_peak`."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
        return None

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def workers(self):
        """Numbers of the processes that draw."""
        found = []
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found += [int(number) for number in (task / "children").read_text().split()]
        return found

    def web(self, user=None, **more):
        headers = {"x-atelier-csrf": "1"}
        if user:
            headers["authorization"] = f"Bearer {self.keys[user]}"
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, **more)

    def client(self, key="sk-local", **more):
        return openai.OpenAI(base_url=self.url + "/v1", api_key=key, max_retries=2, **more)

    def raw(self, data, wait=5.0, total=None):
        """Sends bytes as they are; what comes back."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.settimeout(wait)
            with contextlib.suppress(OSError):
                line.sendall(data)
            try:
                while chunk := line.recv(65536):
                    answer += chunk
                    if not data.startswith(b"HEAD") and complete(answer):
                        break
            except OSError:
                pass
        return answer


def complete(answer):
    head, gap, body = answer.partition(b"\r\n\r\n")
    if not gap:
        return False
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return b"chunked" in head.lower() and body.endswith(b"0\r\n\r\n")


def status(answer):
    """The status of a raw answer; 0 where the line was cut without a word."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


def patiently(ask, tries=12):
    """Asks, and asks again where it was too often for the limit on rates."""
    for _ in range(tries):
        try:
            answer = ask()
        except openai.RateLimitError as error:
            time.sleep(float(error.response.headers.get("retry-after", 1)))
            continue
        if isinstance(answer, httpx.Response) and answer.status_code == 429:
            time.sleep(float(answer.headers.get("retry-after", 1)))
            continue
        return answer
    raise AssertionError("the limit on rates never lets anything through")


def job(web, **wish):
    """Takes one job in."""
    wish = {"kind": "imagine", "prompt": "a red apple", "count": 1} | wish
    answer = patiently(lambda: web.post("/api/jobs", json=wish))
    assert answer.status_code == 202, answer.text
    return answer.json()["jobs"][0]


def ended(web, id, patience=60):
    """A job once it has ended."""
    end = time.time() + patience
    while time.time() < end:
        found = web.get(f"/api/jobs/{id}").json()
        if found["state"] in FINAL:
            return found
        time.sleep(0.05)
    raise AssertionError(f"the job does not end: {found}")


def until(what, patience=30, pause=0.03):
    end = time.time() + patience
    while time.time() < end:
        if found := what():
            return found
        time.sleep(pause)
    raise AssertionError("it does not happen")


def png(width=64, height=64, color=(200, 30, 30, 255), mode="RGBA", noise=False, **save):
    image = Image.new(mode, (width, height), color)
    if noise:
        values = numpy.random.default_rng(7).integers(0, 256, (height, width, len(mode)), numpy.uint8)
        if mode == "RGBA":
            values[..., 3] = 255
        image = Image.fromarray(values, mode)
    file = io.BytesIO()
    image.save(file, "PNG", **save)
    return file.getvalue()


def hole(width, height, box):
    """A mask that is transparent within a box."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), box)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def pixels(data):
    return numpy.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def bytes_of(item):
    return base64.b64decode(item.b64_json)


def form(parts, boundary="line"):
    """A form; a part is (name, filename or nothing, type or nothing, bytes)."""
    out = b""
    for name, filename, kind, data in parts:
        out += b"--" + boundary.encode() + b'\r\nContent-Disposition: form-data; name="' + name.encode() + b'"'
        if filename:
            out += b'; filename="' + filename.encode() + b'"'
        out += b"\r\n" + (f"Content-Type: {kind}\r\n".encode() if kind else b"") + b"\r\n" + data + b"\r\n"
    return out + b"--" + boundary.encode() + b"--\r\n", f"multipart/form-data; boundary={boundary}"


class Events:
    """A stream of events, read line by line."""

    def __init__(self, studio, last=None, user=None, patience=20):
        self.patience = patience
        headers = {"authorization": f"Bearer {studio.keys[user]}"} if user else {}
        if last is not None:
            headers["last-event-id"] = str(last)
        self.web = httpx.Client(timeout=20)
        self.answer = self.web.send(
            self.web.build_request("GET", studio.url + "/api/events", headers=headers), stream=True
        )
        assert self.answer.status_code == 200
        self.lines = self.answer.iter_lines()
        # The first comment says that the stream listens.
        while next(self.lines) != ": hello":
            pass

    def __iter__(self):
        event = {}
        end = time.time() + self.patience
        for line in self.lines:
            assert time.time() < end, "the event that is waited for does not come"
            if not line:
                if "event" in event:
                    yield event
                event = {}
            elif not line.startswith(":"):
                name, _, value = line.partition(": ")
                event[name] = json.loads(value) if name == "data" else value
        return

    def close(self):
        self.answer.close()
        self.web.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A studio of a file's tests, without keys."""
    found = Studio(tmp_path_factory.mktemp("studio"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def web(studio):
    with studio.web() as client:
        yield client


@pytest.fixture
def new_studio(tmp_path_factory):
    """Makes studios that end with the test."""
    made = []

    def make(*arguments, **more):
        made.append(Studio(tmp_path_factory.mktemp("studio"), *arguments, **more))
        return made[-1]

    yield make
    for one in made:
        one.stop()
