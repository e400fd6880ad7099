"""A server of one published model, with its weights on another host, that can be told to misbehave."""

import contextlib
import hashlib
import json
import pathlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FIXTURE = pathlib.Path(__file__).parent.parent / "Fixtures/janus"
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

    def __init__(self, files=FILES, repository=REPOSITORY):
        self.files, self.repository = dict(files), repository
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
        if path.startswith(f"/api/models/{self.repository}/revision/"):
            listing = {
                "sha": COMMIT,
                "cardData": {"license": "mit"},
                "siblings": [{"rfilename": name, "size": len(data)} for name, data in self.files.items()],
            }
            asked.reply(200, json.dumps(listing).encode())
        elif path.startswith(f"/{self.repository}/resolve/{COMMIT}/"):
            name = path.removeprefix(f"/{self.repository}/resolve/{COMMIT}/")
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

    def environment(self, folder):
        """What a program is told that fetches from here, with a cache and models of its own in a folder."""
        return {
            "HF_ENDPOINT": self.url,
            "HF_HUB_CACHE": str(folder / "hub"),
            "HF_HOME": str(folder / "home"),
            "ATELIER_MODELS": str(folder / "models"),
            "ATELIER_FETCH_PAUSE": "0.01",
            "ATELIER_FETCH_PATIENCE": "4",
        }
