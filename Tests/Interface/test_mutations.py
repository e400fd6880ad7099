"""Every route that takes JSON, asked with what no client should send: it refuses in its interface's words and lives on.

Routes and their fields are those of the document. Jobs are refused by the limit on rates once all of their fields
are right, so that nothing is drawn. ATELIER_SEED changes what is mixed.
"""

import base64
import json
import os
import random
import re
import time

import pytest

from conftest import png

SEED = int(os.environ.get("ATELIER_SEED", "22"))
# Seconds that nothing may take, not even where everything else is busy.
SLOW = float(os.environ.get("ATELIER_SLOW", "30"))
PICTURE = base64.b64encode(png()).decode()
EMBEDDED = {"image_url": "data:image/png;base64," + PICTURE}
# Good values by the name of a field, where its type alone does not say one.
VALUES = {
    "prompt": "a red apple",
    "model": "atelier",
    "style": "vivid",
    "kind": "imagine",
    "seed": "5",
    "count": 1,
    "n": 1,
    "index": 0,
    "pictures": [],
    "mask": None,
    "region": None,
    "numbers": {},
    "size": None,
    "folder": None,
    "priority": 1,
    "rating": 3,
    "search": "zebra",
    "name": "a name",
    "run": "none",
    "recipe": "none",
    "settings": {"training.epochs": "1"},
    "image": PICTURE,
    "images": [EMBEDDED],
    "width": 64,
    "height": 64,
    "batch_size": 1,
    "n_iter": 1,
    "paused": True,
    "table": "prompt\na red apple",
    "layout": {"width": 320, "height": 240, "text": "Fresh"},
    "agree": False,
    "minutes": 5,
}
# What a route wants otherwise.
OTHERS = {
    ("post", "/v1/images/generations"): {"size": "64x64"},
    ("post", "/v1/images/edits"): {"size": "64x64", "mask": EMBEDDED},
    ("post", "/sdapi/v1/txt2img"): {"seed": 5},
    # These take seconds each where all is right; that there is no model is the last thing looked at.
    ("post", "/api/describe"): {"model": "nowhere"},
    ("post", "/api/shorten"): {"model": "nowhere"},
    ("post", "/api/fetches"): {"model": "nowhere"},
}
# Fields that keep others from being looked at.
LEFT_OUT = {("post", "/api/training"): {"resume", "set"}, ("post", "/api/models"): {"onDisk"}}
# What a good body comes to; 429 where a job would be drawn, 404 where what it names is not there, 400 where the
# model that is there cannot.
ANSWERS = {
    ("post", "/api/jobs"): 429,
    ("post", "/api/adverts"): 429,
    ("post", "/v1/images/generations"): 429,
    ("post", "/v1/images/edits"): 429,
    ("post", "/sdapi/v1/txt2img"): 429,
    ("post", "/api/models"): 404,
    ("post", "/api/training"): 404,
    ("post", "/api/explore"): 400,
    ("post", "/api/describe"): 404,
    ("post", "/api/shorten"): 404,
    ("post", "/api/fetches"): 404,
}


class Raw(str):
    """A piece of JSON as it is written."""


def written(value):
    return value if isinstance(value, Raw) else json.dumps(value)


def table(pairs):
    return "{" + ",".join(f"{json.dumps(name)}:{written(value)}" for name, value in pairs) + "}"


# What a field is set to.
ILL = {
    "null": None,
    "number": 7,
    "negative": -1,
    "fraction": 2.5,
    "text": "x",
    "empty text": "",
    "spaces": "  ",
    "flag": True,
    "list": [],
    "list of texts": ["x"],
    "list of numbers": [1],
    "list of nothing": [None],
    "list of lists": [[]],
    "list of tables": [{}],
    "table": {},
    "table of texts": {"x": "y"},
    "table of numbers": {"x": 1e308, "": -1},
    "table of nothing": {"image_url": None},
    "2^31": 2**31,
    "2^63": 2**63,
    "2^64": 2**64,
    "-2^63": -(2**63),
    "-2^63 - 1": -(2**63) - 1,
    "1e30": 1e30,
    "1e400": Raw("1e400"),
    "-1e400": Raw("-1e400"),
    "-0.0": Raw("-0.0"),
    "1e-400": Raw("1e-400"),
    "many digits": Raw("9" * 400),
    "NaN": "NaN",
    "bare NaN": Raw("NaN"),
    "infinity as text": "inf",
    "2^64 as text": str(2**64),
    "long": "x" * 70_000,
    "words": "an apple " * 30_000,
    "long in Chinese": "長" * 70_000,
    "one mark many times": "%" * 70_000,
    "control": "a\0b\x1b[31mc\nd\re\x7f\x9b",
    "many control": "\1" * 180_000,
    "lone surrogate": Raw('"a\\ud800b"'),
    "other surrogate": Raw('"\\udc00"'),
    "surrogates turned": Raw('"\\udc00\\ud800"'),
    "direction": "a\u202eb\u2066",
    "no character": "\ufffe\uffff",
    "emoji": "👩‍👩‍👧‍👦" * 50,
    "marks": "a" + "\u0301" * 2000,
    "path": "../../etc/passwd",
    "option": "--prompt",
    "braces": "{a,{b,{c,d}}}",
    "brace": "{" * 3000,
    "weights": "a::1e400 b::nan c::-1e308",
    "address": "http://127.0.0.1:1/a.png",
    "data": "data:image/png;base64,",
    "quotes": "'; DROP TABLE job; --\"\\",
    "deep": Raw("[" * 400 + "]" * 400),
    "deeper": Raw("[" * 100_000 + "]" * 100_000),
    "deep tables": Raw('{"a":' * 700 + "1" + "}" * 700),
}


def bodies(good, chance):
    """Bodies that are wrong, or odd: what it is called, the fields that are wrong, the bytes."""
    for name in good:
        rest = [(other, value) for other, value in good.items() if other != name]
        yield f"{name} missing", {name}, table(rest)
        # Where there are many fields, each gets some of all values.
        for what in sorted(ILL) if len(good) < 6 else chance.sample(sorted(ILL), 24):
            yield f"{name}: {what}", {name}, table([(name, ILL[what]), *rest])
        yield f"{name} twice", {name}, table([(name, good[name]), (name, 7), *rest])
        yield f"{name} twice in turn", {name}, table([(name, []), *list(good.items())])
    for _ in range(30):
        # Two that are wrong at once.
        pair = chance.sample(sorted(good), min(2, len(good)))
        odd = {name: chance.choice(sorted(ILL)) for name in pair}
        mixed = [(name, ILL[odd[name]] if name in odd else value) for name, value in good.items()]
        yield f"{odd}", set(odd), table(mixed)
    text = table(good.items())
    wild = {
        "unknown": [("wholly-unknown", 1)],
        "unknown of control": [("a\0\x1b[31m\n", 1)],
        "no name": [("", 1)],
        "long name": [("x" * 9000, 1)],
        "many unknown": [(f"a{n}", n) for n in range(2000)],
        "prototype": [("__proto__", {})],
    }
    for what, more in wild.items():
        yield what, set(), table(list(good.items()) + more)
    for place in chance.sample(range(1, len(text)), min(8, len(text) - 1)):
        yield f"cut at {place}", None, text[:place]
    for what, body in {
        "empty": "",
        "space": " ",
        "word": "apple",
        "null": "null",
        "number": "7",
        "text": '"x"',
        "list": "[]",
        "flag": "true",
        "list of itself": f"[{text}]",
        "more behind": text + "}",
        "two": text + text,
        "comma": text[:-1] + ",}",
        "single quotes": text.replace('"', "'"),
        "comment": text + "// x",
        "deep": '{"a":' * 100_000,
        "form": "prompt=a&n=1",
        "NUL": text.replace(":", ":\0", 1),
        "too long": " " * (1 << 20) + text,
    }.items():
        yield what, None, body
    for what, body in {
        "Latin 1": text.encode()[:-1] + b', "\xe9": "\xff"}',
        "UTF-16": text.encode("utf-16"),
        "mark of order": b"\xef\xbb\xbf" + text.encode(),
    }.items():
        yield what, None, body


def words(fields):
    """What is to be avoided is read as a part of the prompt."""
    return fields | ({"prompt"} if "negative_prompt" in fields else set())


def shape(path, answer):
    """The message of an error in its interface's form, and the field that it names."""
    found = answer.json()
    if path.startswith("/sdapi/"):
        assert set(found) == {"error", "detail", "body", "errors"}
        assert all(isinstance(value, str) for value in found.values())
        place = re.match(r"body\.(.*?): ", found["detail"])
        return found["errors"], place and place[1]
    assert set(found) == {"error"}
    error = found["error"]
    assert set(error) >= {"message", "type", "param", "code"}
    assert isinstance(error["message"], str) and isinstance(error["type"], str)
    assert all(error[name] is None or isinstance(error[name], str) for name in ("param", "code"))
    return error["message"], error["param"]


def operations():
    from conftest import ROOT

    document = json.loads((ROOT / "Sources/Studio/OpenAPI/openapi.json").read_text())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                yield method, path, fields_of(content["application/json"]["schema"], document)


def fields_of(schema, document):
    """The fields of an object, with those of the schemas that it is made of."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    fields = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        fields |= fields_of(part, document)
    return fields


OPERATIONS = {(method, path): fields for method, path, fields in operations()}


def example(name, schema):
    """A value that a field may have."""
    if name in VALUES:
        return VALUES[name]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    return {
        "string": "",
        "integer": schema.get("minimum", 1),
        "number": 1.0,
        "boolean": False,
        "array": [],
        "object": {},
    }[kind]


@pytest.fixture(scope="module")
def dry(tmp_path_factory):
    """A studio that takes hardly any job."""
    from conftest import Studio

    found = Studio(tmp_path_factory.mktemp("dry"), "--jobs-per-minute", "1")
    with found.web() as web:
        while web.post("/api/jobs", json={"prompt": "a"}).status_code == 202:
            pass
    yield found
    found.stop()


@pytest.fixture(scope="module")
def things(dry):
    """What is there to be named."""
    with dry.web() as web:
        sent = web.post("/api/uploads", content=png(), headers={"content-type": "image/png"}).json()["id"]
        folder = web.post("/api/folders", json={"name": "one"}).json()["id"]
        made = web.post("/api/sets", json={"name": "mine"}).json()["id"]
        model = web.get("/api/models").json()["models"][0]["id"]
        return {"pictures": sent, "folders": folder, "models": model, "sets": made}


@pytest.mark.parametrize("method,path", OPERATIONS, ids=str)
def test_no_body_does_harm(dry, things, method, path):
    good = {
        name: example(name, schema)
        for name, schema in OPERATIONS[method, path].items()
        if name not in LEFT_OUT.get((method, path), ())
    }
    good |= OTHERS.get((method, path), {})
    good |= {
        name: value
        for name, value in {"picture": things["pictures"], "ids": [things["pictures"]]}.items()
        if name in good
    }
    address = path.replace("{id}", things.get(path.split("/")[2], ""))
    refused, odd = set(), []
    with dry.web() as web:

        def send(body, kind="application/json"):
            return web.request(method, address, content=body, headers={"content-type": kind} if kind else {})

        # What is let through is drawn, whatever was said of the queue before.
        web.patch("/api/queue", json={"paused": False})
        expected = ANSWERS.get((method, path))
        answer = send(table(good.items()))
        # Once a minute a job is let through.
        assert answer.status_code == expected or answer.is_success, answer.text
        usual = None if answer.is_success else shape(path, answer)[0]
        for kind in (
            None,
            "",
            "text/plain",
            "text/html",
            "application/xml",
            "application",
            "multipart/form-data",
            "json; charset=utf-8",
            '"',
            ";",
        ):
            answer = send(table(good.items()), kind)
            assert answer.status_code in (400, 415), (kind, answer.text)
            shape(path, answer)
        for what, fields, body in bodies(good, random.Random(f"{SEED} {method} {path}")):
            began = time.monotonic()
            answer = send(body)
            if time.monotonic() - began > SLOW:
                odd.append((what, "slow", round(time.monotonic() - began, 2), answer.status_code))
            if answer.is_success:
                continue
            assert 400 <= answer.status_code < 500, (what, answer.status_code, answer.text[:400])
            message, field = shape(path, answer)
            refused.add(answer.status_code)
            if answer.status_code in (413, 415, 429) or message == usual:
                continue
            if len(message) > 1500 or re.search(r"[\0-\x1f\x7f-\x9f\u2028\u2029]", message):
                odd.append((what, "text of the message", message[:120]))
            if re.search(
                r"\b(Swift|Foundation|Optional|Dictionary|Array|Int64|Int|Bool|UInt64|Double|String|NS\w+|SQL\w*)\b",
                message,
            ):
                odd.append((what, "words of the program", message[:120]))
            if fields is None or "not JSON" in message:
                if not re.search(r"line \d+, column \d+|is empty|a table in braces", message):
                    odd.append((what, "no place is named", field, message[:120]))
            elif fields and not any(field and re.match(re.escape(name) + r"($|\W)", field) for name in words(fields)):
                odd.append((what, "the field is not named", field, message[:120]))
            # What is wrong within a prompt is said in the words of prompts.
            elif fields and field != "prompt" and field.split(".")[0] not in message:
                odd.append((what, "the message does not name the field", field, message[:120]))
        assert 400 in refused, "nothing was refused"
        assert web.get("/healthz").status_code == 200
        # What was taken in keeps nobody from looking.
        for look in (
            "/",
            "/api/state",
            "/api/folders",
            "/api/models",
            "/v1/models",
            "/api/pictures",
            "/api/jobs",
            "/api/training",
        ):
            assert web.get(look).status_code == 200, look
    assert dry.process.poll() is None
    assert not odd, "\n".join(map(str, odd))
