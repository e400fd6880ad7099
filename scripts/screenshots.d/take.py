"""Opens a studio in Chromium, draws, and takes pictures of its places."""

import os
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

STUDIO = os.environ["STUDIO"]
OUT = Path(os.environ["OUT"])
PROMPTS = [
    ("a red apple beside a blue book", 3),
    ("two birds on a tree", 1),
    ("a cat with sunglasses", 2),
    ("five red balloons", 4),
]


def wait():
    """Waits until the studio answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(STUDIO + "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the studio did not start")


def main():
    wait()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", color_scheme="dark")
        page = context.new_page()
        page.set_default_timeout(120000)

        def open_place(path):
            page.goto(STUDIO + path)
            page.wait_for_selector("html[data-ready=true]")

        def take(name):
            page.wait_for_function("() => [...document.images].every(i => i.complete || i.loading === 'lazy')")
            page.wait_for_timeout(300)
            page.screenshot(path=str(OUT / f"studio-{name}.png"))

        open_place("/create")
        page.evaluate("localStorage.setItem('atelier.tour', '\"over\"')")
        open_place("/create")
        for prompt, seed in PROMPTS:
            box = page.get_by_test_id("prompt")
            box.fill(f"{prompt} --seed {seed}")
            with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/api/jobs")) as sent:
                box.press("Control+Enter")
            job = sent.value.json()["jobs"][-1]["id"]
            page.wait_for_selector(f"[data-job='{job}'][data-state=done]")
        page.get_by_test_id("prompt").fill("a red apple beside a blue book")
        page.evaluate("scrollTo(0, 0)")
        take("create")
        open_place("/library")
        page.wait_for_selector("[data-testid=place-library] [data-testid=tile]")
        take("library")
        picture = page.locator("[data-testid=place-library] [data-testid=tile]").nth(8).get_attribute("data-id")
        open_place(f"/edit/{picture}")
        page.wait_for_selector("[data-testid=place-edit] canvas")
        take("editor")
        open_place("/train")
        page.wait_for_selector("[data-testid=run-words]")
        page.wait_for_timeout(1500)
        take("train")
        open_place("/grid")
        page.get_by_test_id("grid-example").click()
        page.get_by_test_id("grid-draw").click()
        page.wait_for_function("() => document.querySelectorAll('[data-testid=place-grid] img').length >= 6")
        page.wait_for_timeout(3000)
        take("grid")
        browser.close()


if __name__ == "__main__":
    main()
