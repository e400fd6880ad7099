"""Words that no caption has, through the studio: what is drawn for them, and that it is said.

With WordNet where it is installed or fetched ('atelier data fetch wordnet'); skipped aloud without.
"""

import io
import json
import subprocess

import pytest
from PIL import Image

from conftest import PROGRAM, ended, job, patiently
from nouns import DRAWN, LOOKED_AT, NEVER_SEEN


def read(web, prompt):
    answer = patiently(lambda: web.post("/api/read", json={"prompt": prompt}))
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module", autouse=True)
def wordnet(web):
    if not read(web, "a spaniel").get("readings"):
        pytest.skip("words are not looked up: there is no WordNet; 'atelier data fetch wordnet' has it")


def share(web, groups):
    """How many of the nouns are drawn as their group, of all."""
    nouns = [(noun, group) for group, text in groups.items() for noun in text.split()]
    found = {}
    for start in range(0, len(nouns), 40):
        some = ", ".join(noun for noun, _ in nouns[start : start + 40])
        found |= read(web, "{" + some + "}")["readings"]
    right = [noun for noun, group in nouns if found.get(noun) in DRAWN[group].split()]
    return len(right) / len(nouns), len(nouns)


def test_nouns_are_drawn_as_their_group(web):
    looked_at, count = share(web, LOOKED_AT)
    never_seen, others = share(web, NEVER_SEEN)
    print(f"right: {looked_at:.3f} of {count} nouns, {never_seen:.3f} of {others} never looked at")
    assert count >= 300 and looked_at >= 0.7 and never_seen >= 0.65


def test_it_is_said_and_kept(web, tmp_path):
    made = ended(web, job(web, prompt="a spaniel and a sofa --seed 3")["id"])
    assert made["state"] == "done", made
    picture = web.get(f"/api/pictures/{made['pictures'][0]}").json()
    assert [(r["word"], r["drawn"], r["relation"]) for r in picture["readings"]] == [
        ("spaniel", "dog", "kind"),
        ("sofa", "couch", "same"),
    ]
    assert picture["prompt"].startswith("a spaniel and a sofa")
    assert picture["record"]["parts"][0]["text"] == "a dog and a couch"
    # The same as what was drawn; and the file alone says so, without WordNet.
    plain = ended(web, job(web, prompt="a dog and a couch --seed 3")["id"])
    files = [web.get(f"/api/pictures/{id}/file").content for id in (made["pictures"][0], plain["pictures"][0])]
    one, two = (Image.open(io.BytesIO(file)) for file in files)
    assert one.tobytes() == two.tobytes()
    path = tmp_path / "spaniel.png"
    path.write_bytes(files[0])
    subprocess.run([PROGRAM, "rerun", path, "--out", tmp_path, "--quiet"], check=True)


def test_literal_words_stay(web):
    made = ended(web, job(web, prompt="a spaniel --literal")["id"])
    picture = web.get(f"/api/pictures/{made['pictures'][0]}").json()
    assert picture["readings"] == [] and picture["record"]["parts"][0]["text"] == "a spaniel"


def test_a_field_leaves_words_as_they_are(studio, web):
    def parameters(**more):
        wish = {"prompt": "a spaniel", "seed": 5, "response_format": "b64_json"} | more
        answer = patiently(lambda: web.post("/v1/images/generations", json=wish))
        assert answer.status_code == 200, answer.text
        return answer.json()["data"][0]["b64_json"]

    assert parameters() != parameters(literal=True)


def test_rules_hold_for_what_is_drawn(tmp_path):
    rules = tmp_path / "rules"
    rules.write_text("animals: dog\n")
    for prompt, status in (("a spaniel", 1), ("a spaniel --literal", 0)):
        done = subprocess.run(
            [PROGRAM, "imagine", prompt, "--rules", rules, "-n", "1", "--out", tmp_path, "--json"],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (done.returncode != 0) == bool(status), done.stderr
        if status:
            assert "'dog' (animals)" in done.stderr
        else:
            assert json.loads(done.stdout)["jobs"][0]["readings"] == []
