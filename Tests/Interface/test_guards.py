"""Who may ask: addresses, origins, keys, and what every answer carries."""

import os
import re
import signal
import socket
import subprocess

import httpx
import pytest

from conftest import PROGRAM, ended, free_port, job, patiently, png, status

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; "
    "script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(self), geolocation=()",
}
KEYS = {"admin": "correct-horse-battery", "ann": "ann-has-a-long-key", "ben": "ben-has-a-long-key"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    from conftest import Studio

    found = Studio(tmp_path_factory.mktemp("locked"), keys=KEYS)
    yield found
    found.stop()


def check_headers(answer):
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], (answer.url, answer.status_code, name)
    assert re.fullmatch("[0-9A-Z]{26}", answer.headers["x-request-id"])
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "method,path,code",
    [
        ("GET", "/", 200),
        ("GET", "/library", 200),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/robots.txt", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/api/state", 200),
        ("GET", "/api/pictures", 200),
        ("GET", "/v1/models", 200),
        ("GET", "/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/v1/nothing/at/all", 404),
        ("POST", "/nothing", 404),
        ("DELETE", "/v1/images/generations", (404, 405)),
        ("GET", "/v1/images/generations", (404, 405)),
        ("PUT", "/api/state", (404, 405)),
        ("OPTIONS", "/api/state", (200, 204, 404, 405)),
        ("GET", "/api/pictures/nothing", 404),
        ("GET", "/page/nothing.js", 404),
        ("POST", "/v1/images/generations", 415),
    ],
)
def test_headers_of_all_answers(web, method, path, code):
    answer = web.request(method, path)
    assert answer.status_code in (code if isinstance(code, tuple) else (code,))
    check_headers(answer)
    if answer.status_code >= 400:
        assert set(answer.json()["error"]) >= {"message", "type", "param", "code", "id"}
        assert answer.json()["error"]["id"] == answer.headers["x-request-id"]


def test_headers_of_refusals(studio, web):
    check_headers(web.get("/", headers={"host": "evil.com"}))
    check_headers(web.post("/api/folders", json={"name": "a"}, headers={"origin": "null"}))


def test_caching(web):
    assert web.get("/api/state").headers["cache-control"] == "no-store"
    answer = web.post("/api/uploads", content=png(), headers={"content-type": "image/png"})
    file = web.get(answer.json()["url"])
    assert "immutable" in file.headers["cache-control"] and "public" not in file.headers["cache-control"]


def test_page_has_no_inline_script(web):
    text = web.get("/").text
    for attributes, _body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert " style=" not in text and "onclick=" not in text and "<style" not in text


def test_text_of_a_person_cannot_end_the_state(web):
    name = "</script><script>alert(1)</script>"
    patiently(lambda: web.post("/api/folders", json={"name": name}))
    assert name not in web.get("/").text
    assert "</script><script>" not in web.get("/").text.lower().replace("</script>\n<script", "")


@pytest.mark.parametrize(
    "host",
    [
        "evil.com",
        "evil.com:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.com",
        "127.0.0.1.evil.com:{port}",
        "localhost.:{port}",
        "user@127.0.0.1:{port}",
        "0.0.0.0:{port}",
        "2130706433:{port}",
        "",
        "127.0.0.1:{port},evil.com",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/state", "/healthz", "/v1/models", "/nothing"])
def test_wrong_host(studio, host, path):
    host = host.format(port=studio.port)
    answer = studio.raw(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert status(answer) == 421 or (host in ("", f"user@127.0.0.1:{studio.port}") and status(answer) in (400, 421))


def test_no_host_or_two(studio):
    assert status(studio.raw(b"GET /api/state HTTP/1.1\r\nConnection: close\r\n\r\n")) in (400, 421)
    two = f"GET /api/state HTTP/1.1\r\nHost: {studio.host}\r\nHost: evil.com\r\nConnection: close\r\n\r\n"
    assert status(studio.raw(two.encode())) in (400, 421)
    two = f"GET /api/state HTTP/1.1\r\nHost: evil.com\r\nHost: {studio.host}\r\nConnection: close\r\n\r\n"
    assert status(studio.raw(two.encode())) in (400, 421)


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_right_host(studio, web, host):
    assert web.get("/healthz", headers={"host": host.format(port=studio.port)}).status_code == 200


def test_other_name(new_studio):
    studio = new_studio("--host-name", "studio.lan")
    with studio.web() as web:
        assert web.get("/healthz", headers={"host": f"studio.lan:{studio.port}"}).status_code == 200
        assert web.get("/healthz", headers={"host": f"x.studio.lan:{studio.port}"}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.com",
        "http://{host}.evil.com",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://evil.com#http://{host}",
        "file://",
        "http://{host}/",
        "",
        "http://localhost.evil.com:{port}",
    ],
)
@pytest.mark.parametrize(
    "method,path",
    [
        ("POST", "/api/folders"),
        ("POST", "/v1/images/generations"),
        ("DELETE", "/api/jobs"),
        ("PATCH", "/api/queue"),
        ("POST", "/api/uploads"),
    ],
)
def test_foreign_origin(studio, web, origin, method, path):
    origin = origin.format(host=studio.host, port=studio.port)
    answer = web.request(method, path, headers={"origin": origin, "content-type": "application/json"}, content="{}")
    assert answer.status_code == 403, answer.text


def test_own_origin(studio, web):
    for origin in (studio.url, f"http://localhost:{studio.port}"):
        answer = web.post("/api/folders", json={"name": "mine"}, headers={"origin": origin})
        assert answer.status_code == 201


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", [None, "cors", "no-cors", "navigate"])
def test_site_of_changes(web, site, mode):
    headers = {"sec-fetch-site": site} | ({"sec-fetch-mode": mode} if mode else {})
    assert web.post("/api/folders", json={"name": "a"}, headers=headers).status_code == 403
    assert web.delete("/api/jobs", headers=headers).status_code == 403


def test_site_of_reads(web):
    assert (
        web.get("/api/state", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    )
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert web.get("/", headers=link).status_code == 200
    for site in ("same-origin", "none"):
        assert web.get("/api/state", headers={"sec-fetch-site": site}).status_code == 200


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "text/plain; charset=utf-8",
        "TEXT/PLAIN",
        "application/x-www-form-urlencoded",
        "application/xml",
        None,
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/api/folders",
        "/api/jobs",
        "/api/read",
        "/v1/images/generations",
        "/sdapi/v1/txt2img",
        "/api/pictures/batch",
        "/api/jobs/order",
    ],
)
def test_wrong_type(web, kind, path):
    answer = web.post(path, content=b'{"name": "a", "prompt": "a"}', headers={"content-type": kind} if kind else {})
    assert answer.status_code == 415


def test_form_needs_a_header_no_form_can_send(studio):
    with httpx.Client(base_url=studio.url) as plain:
        answer = plain.post("/v1/images/edits", data={"prompt": "a"}, files={"image": ("a.png", png(), "image/png")})
        assert answer.status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_open_address_needs_a_key(tmp_path, host):
    environment = {name: value for name, value in os.environ.items() if name != "ATELIER_KEY"}
    answer = subprocess.run(
        [
            PROGRAM,
            "serve",
            "--host",
            host,
            "--port",
            str(free_port()),
            "--data",
            str(tmp_path / "d"),
            "--runs",
            str(tmp_path),
        ],
        check=False,
        capture_output=True,
        timeout=30,
        text=True,
        env=environment,
    )
    assert answer.returncode != 0
    assert "key" in answer.stderr and "is open" not in answer.stdout + answer.stderr


def test_short_key_is_refused(tmp_path):
    file = tmp_path / "keys"
    file.write_text("ann short\n")
    answer = subprocess.run(
        [PROGRAM, "serve", "--port", str(free_port()), "--data", str(tmp_path / "d"), "--key-file", str(file)],
        check=False,
        capture_output=True,
        timeout=30,
        text=True,
    )
    assert answer.returncode != 0 and "short" not in answer.stderr.replace("ann", "")


def test_open_address_with_key(tmp_path):
    from conftest import Studio

    studio = Studio(tmp_path, "--host", "0.0.0.0", keys=KEYS)
    try:
        with httpx.Client(base_url=studio.url) as plain:
            assert plain.get("/api/state").status_code == 401
            assert plain.get("/healthz", headers={"host": f"evil.com:{studio.port}"}).status_code == 421
    finally:
        studio.stop()


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong-key-wrong-key",
        "Basic correct-horse-battery",
        "correct-horse-battery",
        "Bearer correct-horse-batter",
        "Bearer correct-horse-battery2",
        "Bearer  correct-horse-battery x",
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/api/state", "/api/events", "/v1/models", "/metrics", "/openapi.json", "/nothing", "/page/app.js"]
)
def test_wrong_key(locked, header, path):
    with httpx.Client(base_url=locked.url) as plain:
        answer = plain.get(path, headers={"authorization": header} if header is not None else {})
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "invalid_api_key"
        check_headers(answer)
        for secret in ("wrong-key-wrong-key", "correct-horse-batter"):
            assert secret not in answer.text


def test_key_is_not_taken_from_the_address(locked):
    for name in ("key", "api_key", "token", "access_token"):
        assert httpx.get(locked.url + f"/api/state?{name}=correct-horse-battery").status_code == 401


def test_open_without_key(locked):
    for path in ("/healthz", "/readyz", "/robots.txt"):
        assert httpx.get(locked.url + path).status_code == 200
    assert "Disallow: /" in httpx.get(locked.url + "/robots.txt").text


def test_start_address(locked):
    """It begins one visit, by a cookie that scripts cannot read, and is then used up."""
    assert "/enter?token=" in locked.address
    answer = httpx.get(locked.address)
    assert answer.status_code == 303 and answer.url.join(answer.headers["location"]).path == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    value = answer.headers["set-cookie"].split(";")[0]
    assert httpx.get(locked.url + "/api/state", headers={"cookie": value}).status_code == 200
    assert httpx.get(locked.url + "/api/state", headers={"cookie": value + "x"}).status_code == 401
    assert httpx.get(locked.address).status_code == 401


def test_logins_are_limited(new_studio):
    studio = new_studio(keys=KEYS)
    codes = [httpx.get(studio.url + f"/enter?token=wrong{number}").status_code for number in range(5)]
    assert codes == [401] * 5
    assert httpx.get(studio.address).status_code == 401, "after five wrong tries none is right for a minute"


def test_users_do_not_see_each_other(locked):
    """Jobs and pictures of one user are nothing to the next; 'admin' sees everything."""
    with locked.web("ann") as ann, locked.web("ben") as ben, locked.web("admin") as admin:
        mine = ended(ann, job(ann, prompt="a secret apple")["id"])
        assert ben.get(f"/api/jobs/{mine['id']}").status_code == 404
        assert ben.delete(f"/api/jobs/{mine['id']}").status_code == 404
        assert mine["id"] not in ben.get("/api/jobs").text
        assert "secret" not in ben.get("/api/state").text
        assert admin.get(f"/api/jobs/{mine['id']}").status_code == 200
        assert "secret" in admin.get("/api/pictures?q=secret").text


@pytest.mark.parametrize("how", ["list", "read", "file", "change", "zip"])
def test_pictures_of_others(locked, how):
    with locked.web("ann") as ann, locked.web("ben") as ben:
        id = ended(ann, job(ann, prompt="a hidden pear")["id"])["pictures"][0]
        if how == "list":
            assert "hidden" not in ben.get("/api/pictures?q=hidden").text
        if how == "read":
            assert ben.get(f"/api/pictures/{id}").status_code == 404
        if how == "file":
            assert ben.get(f"/api/pictures/{id}/file").status_code == 404
        if how == "change":
            assert ben.patch(f"/api/pictures/{id}", json={"deleted": True}).status_code == 404
            assert not ann.get(f"/api/pictures/{id}").json()["deleted"]
        if how == "zip":
            assert ben.post("/api/pictures/zip", json={"ids": [id]}).status_code == 404


def test_events_of_others(locked):
    from conftest import Events

    with Events(locked, user="ben") as events, locked.web("ann") as ann:
        mine = job(ann, prompt="a veiled plum")
        ended(ann, mine["id"])
        with locked.web("ben") as ben:
            theirs = job(ben, prompt="mine")
        seen = []
        for event in events:
            seen.append(str(event))
            if event["event"] == "job.done" and event["data"]["job"]["id"] == theirs["id"]:
                break
    assert not [text for text in seen if "veiled" in text]


def test_others_cannot_pause_all(locked):
    """Stopping the queue of everybody is the admin's."""
    with locked.web("ben") as ben:
        answer = ben.patch("/api/queue", json={"paused": True})
        ben.patch("/api/queue", json={"paused": False})
        assert answer.status_code == 403


def test_others_cannot_change_models(locked):
    """What all draw with is the admin's, as training is."""
    with locked.web("ben") as ben, locked.web("admin") as admin:
        model = ben.get("/api/models").json()["models"][0]
        try:
            assert ben.post("/api/training", json={"recipe": "gan"}).status_code == 403
            assert ben.patch(f"/api/models/{model['id']}", json={"name": "mine"}).status_code == 403
        finally:
            admin.patch(f"/api/models/{model['id']}", json={"name": model["name"]})


def test_logs_hold_no_keys_and_no_prompts(locked):
    with locked.web("ann") as ann:
        ended(ann, job(ann, prompt="a whispered fig")["id"])
        ann.get("/api/pictures?q=whispered")
        ann.get("/api/state", headers={"authorization": "Bearer wrong-key-wrong-key"})
        ann.get("/nothing%0aforged%20line")
    text = locked.log.read_text()
    assert text, "there is something to look through"
    for secret in [*KEYS.values(), "wrong-key-wrong-key", "whispered", "\nforged"]:
        assert secret not in text
    kept = b"".join(file.read_bytes() for file in locked.data.iterdir() if file.is_file())
    for secret in KEYS.values():
        assert secret.encode() not in kept, "keys are kept as hashes only"


EVIL = [
    "..",
    "../..",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "%2e%2e%2f%2e%2e",
    "%252e%252e%252f",
    "..%5c..%5c",
    "..;/",
    "%00",
    "a%00.png",
    "01ARZ3NDEKTSV4RRFFQ69G5FA%00",
    "%c0%ae%c0%ae%2f",
    "%ff%fe",
    "%",
    "%zz",
    "A" * 26,
    "A" * 27,
    "a" * 26,
    "A" * 10_000,
    "%41" * 3000,
    "~root",
    "/etc/passwd",
    "C:%5c",
    "con",
    "*",
    "'%20OR%201=1",
    '"',
    "<script>",
    "%0d%0aSet-Cookie:a=b",
    "..%2fstudio.sqlite",
    "studio.sqlite",
    "studio.lock",
]
ROUTES = [
    ("GET", "/api/jobs/{}"),
    ("DELETE", "/api/jobs/{}"),
    ("POST", "/api/jobs/{}/retry"),
    ("GET", "/api/jobs/{}/preview/0"),
    ("GET", "/api/jobs/AAAAAAAAAAAAAAAAAAAAAAAAAA/preview/{}"),
    ("GET", "/api/pictures/{}"),
    ("PATCH", "/api/pictures/{}"),
    ("GET", "/api/pictures/{}/file"),
    ("PATCH", "/api/folders/{}"),
    ("DELETE", "/api/folders/{}"),
    ("PATCH", "/api/models/{}"),
    ("DELETE", "/api/models/{}"),
    ("GET", "/api/training/{}"),
    ("POST", "/api/training/{}/stop"),
    ("POST", "/api/training/{}/resume"),
    ("GET", "/api/training/{}/file/reals.png"),
    ("GET", "/api/training/run/file/{}"),
    ("GET", "/api/training/{}/report"),
    ("GET", "/v1/models/{}"),
    ("DELETE", "/v1/models/{}"),
    ("GET", "/v1/files/{}"),
    ("GET", "/page/{}"),
    ("GET", "/{}"),
]
PAGES = {"/", "/create", "/library", "/train", "/models"}


@pytest.mark.parametrize("method,route", ROUTES)
def test_paths_lead_nowhere(studio, method, route):
    (studio.folder / "runs" / "run").mkdir(parents=True, exist_ok=True)
    for evil in EVIL:
        path = route.format(evil).replace(" ", "%20")
        body = b"{}" if method in ("PATCH", "POST") else b""
        answer = studio.raw(
            f"{method} {path} HTTP/1.1\r\nHost: {studio.host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nX-Atelier-Csrf: 1\r\nConnection: close\r\n\r\n".encode()
            + body
        )
        assert status(answer) in (400, 404, 414, 431), (path[:100], answer[:200])
        assert b"root:" not in answer and b"SQLite" not in answer
        assert b"set-cookie" not in answer.lower().partition(b"\r\n\r\n")[0]
        if status(answer) == 404:
            assert b"nosniff" in answer


def test_raw_nul_in_path(studio):
    assert status(studio.raw(f"GET /api/jobs/\0 HTTP/1.1\r\nHost: {studio.host}\r\n\r\n".encode())) in (0, 400, 404)


@pytest.mark.parametrize("evil", ["..", "\0", "A" * 26, "a" * 10_000, "../../etc/passwd", "😀", ""])
def test_ids_in_bodies_lead_nowhere(web, evil):
    wishes = [
        ("/api/pictures/zip", {"ids": [evil]}),
        ("/api/pictures/batch", {"ids": [evil], "liked": True}),
        ("/api/describe", {"picture": evil}),
        ("/api/jobs", {"kind": "vary", "pictures": [evil]}),
        ("/api/jobs", {"kind": "imagine", "prompt": "a", "folder": evil}),
        ("/api/jobs", {"kind": "inpaint", "prompt": "a", "pictures": ["A" * 26], "mask": evil}),
    ]
    if evil:
        wishes += [
            ("/api/jobs", {"kind": "imagine", "prompt": "a", "model": evil}),
            ("/api/training", {"resume": evil}),
            ("/api/training", {"recipe": evil}),
        ]
    for path, wish in wishes:
        answer = patiently(lambda path=path, wish=wish: web.post(path, json=wish))
        assert answer.status_code in (400, 404), (path, wish, answer.text)
        assert "/data/" not in answer.text and "/tmp" not in answer.text, "no paths in errors"


def test_order_of_unknown_jobs(web):
    assert web.post("/api/jobs/order", json={"ids": ["..", "\0", "A" * 26]}).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%22",
        "q=%22%22%22",
        "q=a*",
        "q=NEAR(",
        "q=%25",
        "q=" + "a" * 7000,
        "q=" + "%F0%9F%98%80" * 3,
        "limit=-1",
        "limit=0",
        "limit=1e9",
        "limit=x",
        "cursor=x",
        "cursor=..",
        "from=nan",
        "from=inf",
        "from=x",
        "rating=x",
        "rating=99999999999999999999",
        "seed=%00",
        "folder=..",
        "folder=%00",
        "model=%27",
        "kind=%27",
        "q=%FF",
        "q=OR%20AND%20NOT",
        "q=-a",
        "q=prompt:a",
    ],
)
def test_queries_never_break(web, query):
    answer = web.get("/api/pictures?" + query)
    assert answer.status_code in (200, 400, 404, 431), answer.text


@pytest.mark.parametrize("what", ["a link", "a link to a picture"])
def test_no_links_are_followed(studio, web, what):
    """A link among the files of a run must not lead out of it."""
    runs = studio.folder / "runs"
    runs.mkdir(exist_ok=True)
    secret = studio.folder / "secret"
    secret.mkdir(exist_ok=True)
    (secret / "reals.png").write_bytes(png())
    name = f"{len(what):05}-linked"
    (runs / name).mkdir()
    (runs / name / "reals.png").symlink_to("/etc/passwd" if what == "a link" else secret / "reals.png")
    answer = web.get(f"/api/training/{name}/file/reals.png")
    assert answer.status_code == 404 and "root:" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_taken_port_says_who_has_it(tmp_path, host):
    """It names the process, and a port that a studio can have instead."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        other.listen()
        port = other.getsockname()[1]
        ended = subprocess.run(
            [PROGRAM, "serve", "--host", host, "--port", str(port), "--data", str(tmp_path / "data")],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ended.returncode not in (0, -signal.SIGTRAP), ended.stderr
        shown = f"[{host}]" if ":" in host else host
        assert f"{shown}:{port} is taken by " in ended.stderr
        assert f"(process {os.getpid()})" in ended.stderr
        free = int(re.search(r"--port (\d+)", ended.stderr)[1])
        assert free != port
        with socket.socket(family) as found:
            found.bind((host, free))
