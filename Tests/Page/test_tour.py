"""The first look at the studio, and what stands where nothing is yet."""

import json
import re

from playwright.sync_api import expect


def begin(studio, step):
    """Opens the page as somebody who is at a step of the first look."""
    page = studio.open()
    page.evaluate("step => localStorage.setItem('atelier.tour', JSON.stringify(step))", step)
    return studio.open()


def test_steps_are_done_by_doing_them(studio):
    page = begin(studio, 0)
    tour = page.get_by_test_id("tour")
    expect(tour.locator("li")).to_have_text(["Draw", "Change", "Train"])
    expect(tour.locator("[aria-current=step]")).to_have_text("Draw")
    group = studio.draw("red apple")
    expect(tour.locator("[aria-current=step]")).to_have_text("Change")
    tile = group.get_by_test_id("tile").first
    tile.hover()
    tile.get_by_test_id("tile-menu").click()
    studio.ask(lambda: page.get_by_test_id("act-subtle").click())
    expect(tour.locator("[aria-current=step]")).to_have_text("Train", timeout=60000)
    # It goes on where it was.
    page = studio.open()
    expect(tour.locator("[aria-current=step]")).to_have_text("Train")
    page.get_by_test_id("tour-train").click()
    expect(page).to_have_url(re.compile("/train$"))
    page = studio.open()
    expect(tour).to_be_hidden()


def test_nobody_has_to_take_it(studio):
    page = begin(studio, 0)
    page.get_by_test_id("tour-next").click()
    expect(page.get_by_test_id("tour-words")).to_contain_text("Point at a picture")
    page.get_by_test_id("tour-skip").click()
    expect(page.get_by_test_id("tour")).to_be_hidden()
    studio.open()
    expect(page.get_by_test_id("tour")).to_be_hidden()


def test_who_has_drawn_before_is_not_asked(studio):
    page = studio.open()
    page.evaluate("localStorage.setItem('atelier.tour', '\"over\"')")
    page = studio.open()
    studio.draw("red apple")
    page.evaluate("localStorage.clear()")
    page = studio.open()
    expect(page.get_by_test_id("tour")).to_be_hidden()


def test_empty_places_have_something_to_begin_with(studio):
    page = studio.open()
    studio.draw("red apple")
    studio.open("/edit")
    expect(page.get_by_test_id("place-edit").get_by_test_id("example-picture").first).to_be_visible()
    page.get_by_test_id("place-edit").get_by_test_id("example-picture").first.click()
    expect(page).to_have_url(re.compile("/edit/."))
    studio.open("/compare")
    page.get_by_test_id("compare-example").click()
    expect(page).to_have_url(re.compile("/compare/.+/.+"))
    page.evaluate("localStorage.removeItem('atelier.grid')")
    studio.open("/grid")
    page.get_by_test_id("grid-example").click()
    expect(page.get_by_test_id("grid-count")).to_contain_text("6")
    expect(page.get_by_test_id("grid-draw")).to_be_focused()


def test_an_empty_gallery_and_a_first_run(studio):
    page = studio.page
    nothing = {"pictures": [], "total": 0, "next": None}

    def pictures(route):
        """No list has any, and none is found by its name."""
        is_list = "/api/pictures?" in route.request.url
        route.fulfill(status=200 if is_list else 404, json=nothing)

    page.route(re.compile("/api/pictures[/?]"), pictures)
    page.route(
        "**/api/training", lambda route: route.fulfill(content_type="application/json", body=json.dumps({"runs": []}))
    )
    studio.open("/library")
    expect(page.get_by_test_id("place-library").get_by_test_id("try").first).to_be_visible()
    studio.open("/train")
    page.get_by_test_id("train-example").click()
    expect(page.get_by_test_id("train-time")).to_have_value("5")
    expect(page.get_by_test_id("train-start")).to_be_focused()
