"""An editor imports a file in a browser: sends it, says what is what, mends the map, imports, and undoes it."""

import pytest
from celery import current_app
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Response
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.factories import make_member
from tests.surveys.importing.files import make_mixed_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = "Speed,Tidy,Where,Class,Age\n" + "5,4,In the shop,Eco,40\n0,3,a,Eco Plus,30\n4,5,,Main,20\n" * 20


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """No second factor, a folder for files, and a worker that takes each message at once."""
    settings.REQUIRE_SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path / "files"
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


def look_closely(page):
    """Axe finds nothing in two of the looks, and on a phone nothing sticks out."""
    violations = axe_violations(page, [("desktop", "light"), ("phone", "dark")])
    sticks_out = overflow(page)
    look(page, "desktop", "light")
    assert (violations, sticks_out) == ({}, 0)


def test_an_editor_imports_a_file_and_undoes_it(browser, live_server, tmp_path):
    survey = make_mixed_survey(name="Corner shop")
    (tmp_path / "answers.csv").write_text(FILE)
    with opened(browser) as page:
        enter(page, live_server, make_member("editor"))
        page.goto(live_server.url + reverse("surveys:imports"))
        look_closely(page)
        page.get_by_role("link", name="Import a file").click()
        look_closely(page)
        page.get_by_label("Survey").select_option(label=survey.name)
        page.get_by_label("Choose a file, or drop it here").set_input_files(tmp_path / "answers.csv")
        page.get_by_role("button", name="Upload and map the columns").click()

        expect(page.get_by_label("What “Speed” holds")).to_have_value("question:speed")
        page.get_by_label("What “Class” holds").select_option(label="Location")
        page.get_by_role("button", name="Keep, and show the values").click()
        look_closely(page)
        page.get_by_label("Create the locations that are not known yet").check()
        page.get_by_role("button", name="Check every row").click()
        expect(page.get_by_text("Nothing was imported")).to_be_visible()
        look_closely(page)

        page.get_by_role("link", name="Change the map").click()
        page.get_by_label("What “0” stands for in Ratings").select_option(label="Does not apply")
        page.get_by_role("button", name="Check every row").click()
        expect(page.get_by_text("Every row is good")).to_be_visible()
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text("The answers are in")).to_be_visible()
        look_closely(page)
        assert Response.objects.unscored().count() == 60

        page.get_by_role("link", name="Undo this import").click()
        look_closely(page)
        page.get_by_role("button", name="Undo the import").click()
        expect(page.get_by_text("60 responses were deleted.")).to_be_visible()
        assert Response.objects.count() == 0
