from datetime import date
from http import HTTPStatus

import pytest

from reports.models import ProcessChange
from tests.factories import make_location, make_member, make_process_change, make_published, make_region
from tests.reports.answers import answer, count

pytestmark = pytest.mark.django_db

CHANGES, ADD = "/reports/changes/", "/reports/changes/add/"


@pytest.fixture
def survey():
    return make_published().survey


@pytest.fixture
def editor(client):
    member = make_member("editor")
    client.force_login(member)
    return member


def given(survey, **fields):
    return {"survey": survey.slug, "words": "Two more tills", "changed_on": "2026-03-02", **fields}


def test_a_note_is_added_from_the_form(client, survey, editor):
    place = make_location()

    answered = client.post(ADD, given(survey, locations=[place.pk]))

    assert (answered.status_code, answered.url) == (HTTPStatus.FOUND, CHANGES)
    change = ProcessChange.objects.get()
    assert (change.words, change.changed_on, change.written_by) == (
        "Two more tills",
        date(2026, 3, 2),
        editor,
    )
    assert list(change.locations.all()) == [place]


def test_what_cannot_be_saved_comes_back_with_what_was_typed(client, survey, editor):
    answered = client.post(ADD, given(survey, changed_on="soon"))

    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Two more tills" in answered.content.decode()
    assert not ProcessChange.objects.exists()


def test_the_report_brings_its_filters_along(client, survey, editor):
    place = make_location(code="harbour")
    make_region(code="coast")

    form = client.get(f"{ADD}?survey={survey.slug}&location=harbour&location=ghost%00&region=coast").context[
        "form"
    ]

    assert form["survey"].value() == survey.slug
    assert form["locations"].value() == [place.pk]
    assert form["region"].value() == "coast"


def test_looking_at_the_form_saves_nothing(client, survey, editor):
    client.get(f"{ADD}?survey={survey.slug}&words=Tills")

    assert not ProcessChange.objects.exists()


def test_a_note_is_changed_and_removed(client, survey, editor):
    change = make_process_change(survey, locations=[make_location()])
    address = f"{CHANGES}{change.pk}/"

    client.post(address, given(survey, words="Three more tills"))
    assert ProcessChange.objects.get().words == "Three more tills"
    assert not ProcessChange.objects.get().locations.exists()

    client.post(f"{address}remove/")
    assert not ProcessChange.objects.exists()


def test_a_manager_reads_what_holds_here_and_changes_what_holds_only_here(client, survey):
    mine, other = make_location(name="Mine"), make_location(name="Theirs")
    own = make_process_change(survey, words="Own", locations=[mine])
    both = make_process_change(survey, words="Both", locations=[mine, other])
    make_process_change(survey, words="Elsewhere", locations=[other])
    client.force_login(make_member(locations=[mine]))

    html = client.get(CHANGES).content.decode()

    assert [words in html for words in ("Own", "Both", "Elsewhere", "Theirs")] == [True, True, False, False]
    assert f"{CHANGES}{own.pk}/" in html
    assert f"{CHANGES}{both.pk}/" not in html
    assert client.get(f"{CHANGES}{both.pk}/").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    client, survey, editor, number, django_assert_num_queries
):
    place = make_location()
    for _change in range(number):
        make_process_change(survey, locations=[place])

    with django_assert_num_queries(8):
        client.get(CHANGES)


def test_a_note_shows_on_the_page_at_once_and_its_mark_on_the_chart(client, survey):
    version = survey.live_version
    for day in (2, 9, 16, 23):
        answer(version, *["55555"] * 6, on=date(2026, 3, day))
    count()
    client.force_login(make_member("administrator"))
    query = f"?survey={survey.slug}&from=2026-03-02&to=2026-03-29&by=week"
    before = client.get(f"/reports/charts/trend.svg{query}").content

    client.post(ADD, given(survey, changed_on="2026-03-11", words="<b>Two</b> more tills"))

    page = client.get(f"/reports/{query}").content.decode()
    assert "&lt;b&gt;Two&lt;/b&gt; more tills" in page
    assert client.get(f"/reports/charts/trend.svg{query}").content != before
    assert "Two</b> more tills" in client.get(f"/reports/charts/trend.csv{query}").content.decode()
