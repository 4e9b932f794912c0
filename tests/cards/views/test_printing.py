from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from PIL import Image

from cards.models import PrintRun
from organisation.enums import Role
from organisation.models import Location, Touchpoint
from surveys.models import Survey
from tests.browser import axe_violations, enter, opened, overflow
from tests.cards.printing.paper import codes_on, ratings
from tests.factories import make_location, make_member, make_published, make_survey, make_touchpoint
from tests.factories.cards import make_batch, make_card, make_print_run
from tests.press.paper import pages, text_of

pytestmark = pytest.mark.django_db
PRINT = "/cards/print/"


@pytest.fixture
def editor(client):
    editor = make_member(Role.EDITOR)
    client.force_login(editor)
    return editor


def given(version, **fields):
    return {
        "version": version.pk,
        "location": Location.objects.get(is_default=True).pk,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        "language": "en",
        "paper": "a4",
        "per_page": "2",
        "copies": "6",
        **fields,
    }


def test_new_run_is_recorded_and_leads_to_its_page(client, editor):
    version = make_published()

    answer = client.post(f"{PRINT}?survey={version.survey_id}", given(version))

    run = PrintRun.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{PRINT}{run.pk}/")
    assert (run.version, run.copies, run.per_page, run.printed_by) == (version, 6, 2, editor)


def test_run_that_does_not_fit_is_not_recorded(client, editor):
    version = make_published(questions=ratings(20))

    answer = client.post(f"{PRINT}?survey={version.survey_id}", given(version, per_page="4"))

    assert answer.status_code == 200
    assert "What fits: One, as large as the page." in answer.content.decode()
    assert PrintRun.objects.count() == 0


def test_page_without_a_published_survey_says_so(client, editor):
    make_survey()

    assert "No survey is published yet" in client.get(PRINT).content.decode()


def test_page_shows_the_card_that_its_address_asks_for(client, editor):
    version = make_published()

    page = client.get(f"{PRINT}?survey={version.survey_id}&per_page=4&paper=us-letter").content.decode()

    assert "per_page=4" in page
    assert "paper=us-letter" in page
    assert '<option value="4" selected>' in page


def test_list_shows_runs_newest_first_with_what_was_keyed(client, editor):
    version = make_published()
    make_print_run(version, copies=3)
    run = make_print_run(version, copies=1200)
    batch = make_batch(version.survey)
    make_card(batch, run=run, serial=7)
    make_card(batch, run=run, serial=8, rejection="torn")

    listed = client.get(PRINT).context["page"]

    assert [(one.copies, one.keyed) for one in listed] == [(1200, 1), (3, 0)]


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_however_many_runs_there_are(client, editor, count, django_assert_num_queries):
    version = make_published()
    for _number in range(count):
        make_print_run(version, location=make_location(), touchpoint=make_touchpoint())
    client.get(PRINT)

    with django_assert_num_queries(21):
        client.get(PRINT)


def test_manager_sees_runs_of_own_locations_only(client):
    here, elsewhere = make_location(), make_location()
    mine, theirs = make_print_run(location=here), make_print_run(location=elsewhere)
    client.force_login(make_member(Role.MANAGER, locations=[here]))

    assert [run.pk for run in client.get(PRINT).context["page"]] == [mine.pk]
    assert client.get(f"{PRINT}{theirs.pk}/").status_code == 404
    assert client.get(f"{PRINT}{theirs.pk}.pdf").status_code == 404


def test_run_s_page_says_which_serials_and_codes(client, editor):
    run = make_print_run(copies=1200)

    page = client.get(f"{PRINT}{run.pk}/").content.decode()

    assert "1 to 1,200" in page
    assert "0 of 1,200" in page
    assert [part.number for part in client.get(f"{PRINT}{run.pk}/").context["parts"]] == [1, 2, 3, 4, 5]


def test_pdf_holds_the_run_s_cards_under_the_site_s_address(client, editor, settings):
    settings.SITE_URL = "https://feedback.example.org"
    run = make_print_run(copies=2)

    answer = client.get(f"{PRINT}{run.pk}.pdf")

    printed = pages(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert [code.partition("/s/")[0] for page in printed for code in codes_on(page)] == [
        "https://feedback.example.org"
    ] * 2


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "9" * 40, "%00", "1.0"])
def test_part_that_is_not_there_is_not_found(client, editor, part):
    run = make_print_run(copies=2)

    assert client.get(f"{PRINT}{run.pk}.pdf?part={part}").status_code == 404


def test_card_that_fits_no_more_leads_back_with_a_word(client, editor):
    run = make_print_run(make_published(questions=ratings(20)), per_page=4)

    answer = client.get(f"{PRINT}{run.pk}.pdf", follow=True)

    assert answer.redirect_chain == [(f"{PRINT}{run.pk}/", 302)]
    assert "fit no more" in answer.content.decode()


def test_archive_holds_all_parts_of_a_run(client, editor):
    run = make_print_run(copies=250)

    answer = client.get(f"{PRINT}{run.pk}.zip")

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        slug = run.version.survey.slug
        assert archive.namelist() == [f"{slug}-{run.pk}-1-240.pdf", f"{slug}-{run.pk}-241-250.pdf"]
        assert [len(pages(archive.read(name))) for name in archive.namelist()] == [240, 10]


def test_archive_of_cards_that_fit_no_more_leads_back_with_a_word(client, editor):
    run = make_print_run(make_published(questions=ratings(20)), per_page=4)

    assert client.get(f"{PRINT}{run.pk}.zip").status_code == 302


def test_preview_is_a_picture_of_one_card(client, editor):
    version = make_published()

    answer = client.get(reverse("cards:print_preview"), {"survey": version.survey_id, "per_page": 4})

    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).width > 600


SIGNS = ["cards:poster", "cards:tent"]


@pytest.mark.parametrize("name", SIGNS)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_sign_holds_the_place_s_address(client, editor, name, paper, settings):
    settings.SITE_URL = "https://feedback.example.org"
    version = make_published()
    make_location(code="brno", name="Brno")
    make_touchpoint(code="counter")

    answer = client.get(
        reverse(name), {"survey": version.survey_id, "at": "brno", "tp": "counter", "paper": paper}
    )

    (page,) = pages(answer.content)
    address = f"https://feedback.example.org/s/{version.survey.slug}/?at=brno&tp=counter"
    assert set(codes_on(page)) == {address}
    assert "Scan the code with your phone’s camera." in text_of(page)


WRONG = ["", "0", "-1", "x", "9" * 40, "%00", "%ED%A0%80", "１", "a" * 3000]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize(
    "field", ["survey", "version", "location", "touchpoint", "language", "paper", "per_page"]
)
def test_no_query_makes_the_preview_fail(client, editor, field, value):
    survey = make_published().survey

    answer = client.get(f"/cards/print/preview.png?survey={survey.pk}&{field}={value}")
    page = client.get(f"{PRINT}?{field}={value}&page={value}")

    assert answer.status_code in {200, 404}
    assert page.status_code in {200, 404}


@pytest.mark.parametrize("name", SIGNS)
@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("field", ["survey", "at", "tp", "language", "paper"])
def test_no_query_makes_a_sign_fail(client, editor, name, field, value):
    survey = make_published().survey

    assert client.get(f"{reverse(name)}?survey={survey.pk}&{field}={value}").status_code in {200, 404}


@pytest.mark.parametrize("name", SIGNS)
def test_sign_without_any_survey_is_not_found(client, editor, name):
    assert Survey.objects.count() == 0
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("path", ["99999999999999999999/", "99999999999999999999.pdf", "0/"])
def test_run_that_is_not_there_is_not_found(client, editor, path):
    assert client.get(PRINT + path).status_code == 404


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_pages_are_fit_for_everybody(browser, live_server):
    version = make_published()
    run = make_print_run(version, copies=1000)

    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        for path in (PRINT, f"{PRINT}{run.pk}/"):
            page.goto(live_server.url + path)

            assert axe_violations(page) == {}
            assert overflow(page) == 0


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_preview_follows_what_is_chosen(browser, live_server):
    make_published(questions=ratings(20))

    with opened(browser) as page:
        enter(page, live_server, make_member(Role.EDITOR))
        page.goto(live_server.url + PRINT)
        page.get_by_label("Cards on a page").select_option("4")
        page.get_by_text("does not fit on a card of that size").wait_for()
        page.get_by_label("Cards on a page").select_option("1")
        page.get_by_role("img", name="A card with the questions").wait_for()
