"""Translations in the menu of a picture: greyed out without a model, asked for with one."""

import io
import os
import subprocess

from PIL import Image
from playwright.sync_api import expect

RECIPE = """
name: small
data: {set: folder, size: [8, 8], channels: 3, hold-out: false, pairs: {to: poster, matched: false}}
model: {family: translation, mode: cycle, levels: 3, width: 4, judge: {width: 4, layers: 1}}
objective: {loss: least-squares}
optimizers: {generator: {kind: adam, learning-rate: 1e-3}, discriminator: {kind: adam, learning-rate: 1e-3}}
training: {epochs: 1, batch: 1}
evaluation: {every-epochs: 0}
snapshots: {grid: [1, 1]}
"""


def weights(folder):
    """Those of a model that has seen a few pictures of one colour."""
    (folder / "set").mkdir()
    for number in range(12):
        Image.new("RGB", (8, 8), (20 * number, 90, 200)).save(folder / "set" / f"{number}.png")
    (folder / "small.yaml").write_text(RECIPE)
    subprocess.run(
        [os.environ["ATELIER"], "train", "./small.yaml", "--data", "set", "--threads", "1", "--quiet"],
        cwd=folder,
        env={**os.environ, "ATELIER_CACHE": str(folder / "cache")},
        check=True,
    )
    return max((folder / "runs").glob("*/network-snapshot-*.safetensors")).read_bytes()


def test_a_picture_is_translated_by_the_model_that_can(studio, tmp_path):
    page = studio.open()
    file = io.BytesIO()
    Image.new("RGB", (20, 12), (200, 90, 40)).save(file, "PNG")
    headers = {"x-atelier-csrf": "1"}
    post = studio.context.request.post
    reply = post(studio.base + "/api/uploads", data=file.getvalue(), headers=headers | {"content-type": "image/png"})
    picture = reply.json()["id"]

    def action():
        page = studio.open("/library")
        tile = page.get_by_test_id("place-library").locator(f".tile[data-id='{picture}']")
        tile.hover()
        tile.get_by_test_id("tile-menu").click()
        return page, page.get_by_test_id("act-translate")

    page, translate = action()
    expect(translate).to_have_attribute("aria-disabled", "true")
    assert "family translation" in translate.get_attribute("title")
    reply = post(
        studio.base + "/api/models?name=night",
        data=weights(tmp_path),
        headers=headers | {"content-type": "application/octet-stream"},
    )
    assert reply.ok, reply.text()
    model = reply.json()["id"]
    page, translate = action()
    expect(translate).not_to_have_attribute("aria-disabled", "true")
    translate.click()
    dialog = page.get_by_test_id("task-dialog")
    expect(dialog.get_by_label("Direction")).to_have_value("0")
    dialog.get_by_label("Direction").select_option(label="Back again (models that learned without pairs)")
    job = studio.ask(dialog.get_by_test_id("ok").click).json()["jobs"][0]["id"]
    body = studio.sent("POST", "/api/jobs")[-1]
    assert (body["kind"], body["pictures"], body["model"]) == ("translate", [picture], model)
    assert body["numbers"] == {"backwards": 1}
    made = studio.get(f"/api/jobs/{job}")
    for _ in range(200):
        if made["state"] in ("done", "failed"):
            break
        page.wait_for_timeout(100)
        made = studio.get(f"/api/jobs/{job}")
    assert made["state"] == "done", made
    found = studio.get(f"/api/pictures/{made['pictures'][0]}")
    assert (found["width"], found["height"], found["parents"]) == (20, 12, [picture])
