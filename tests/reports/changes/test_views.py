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


@pytest.fixture
def many():
    region = make_region(name="Coast")
    return [
        *(make_location(name=f"Site {at:03}", code=f"site-{at:03}") for at in range(60)),
        make_location(name="Harbour", code="harbour", region=region),
    ]


def look(client, survey, **fields):
    return client.post(ADD, given(survey, looks="1", **fields))


def listed(answered):
    return [name for _key, name in answered.context["form"].fields["locations"].choices]


def test_of_very_many_locations_none_is_listed_until_it_is_looked_for(client, survey, editor, many):
    page = client.get(ADD)

    assert listed(page) == []
    assert "too many to list" in page.content.decode()
    assert len(page.content) < 40_000


@pytest.mark.parametrize("number", [1, 60])
def test_each_field_and_button_is_there_once(client, survey, editor, number):
    for at in range(number):
        make_location(name=f"Site {at}")

    page = client.get(ADD).content.decode()

    wanted = {"survey": 1, "words": 1, "changed_on": 1, "region": 1, "touchpoint": 1, "find": int(number > 1)}
    assert {name: page.count(f' name="{name}"') for name in wanted} == wanted
    assert [page.count("Save the change"), page.count('name="looks"')] == [1, int(number > 1)]
    assert page.count("div_id_locations") == 1


def test_looking_shows_what_was_found_with_everything_that_was_typed(client, survey, editor, many):
    answered = look(client, survey, find="coast", changed_on="soon", locations=[many[0].pk])

    form = answered.context["form"]
    assert (answered.status_code, listed(answered)) == (200, ["Site 000", "Harbour \N{MIDDLE DOT} Coast"])
    assert (form["words"].value(), form["changed_on"].value(), form.errors) == ("Two more tills", "soon", {})
    assert [one.data["selected"] for one in form["locations"]] == [True, False]
    assert not ProcessChange.objects.exists()


def test_what_was_found_is_saved_when_it_is_ticked(client, survey, editor, many):
    client.post(ADD, given(survey, find="harbour", locations=[many[0].pk, many[-1].pk]))

    assert set(ProcessChange.objects.get().locations.all()) == {many[0], many[-1]}


def test_a_search_that_finds_too_many_says_how_many_more(client, survey, editor, many):
    answered = look(client, survey, find="site")

    assert len(listed(answered)) == 40
    assert "20 more were found" in " ".join(answered.content.decode().split())


@pytest.mark.parametrize("find", ["nowhere", "\0", "x" * 9000, "%"])
def test_a_search_that_finds_nothing_says_so(client, survey, editor, many, find):
    answered = look(client, survey, find=find)

    assert (answered.status_code, listed(answered)) == (200, [])


@pytest.mark.parametrize("keys", [["x"], ["9" * 40], ["99999999999"], ["\0"]], ids=str)
def test_what_can_be_no_location_is_not_ticked(client, survey, editor, many, keys):
    assert listed(look(client, survey, find="harbour", locations=keys)) == ["Harbour \N{MIDDLE DOT} Coast"]


def test_a_manager_finds_their_own_only(client, survey, many):
    client.force_login(make_member(locations=many[:50]))

    assert listed(look(client, survey, find="harbour")) == []
    assert listed(look(client, survey, find="049")) == ["Site 049"]


def test_looking_while_changing_a_note_keeps_what_was_typed(client, survey, editor, many):
    change = make_process_change(survey, locations=many[:2], region=None)
    address = f"{CHANGES}{change.pk}/"
    assert listed(client.get(address)) == ["Site 000", "Site 001"]

    answered = client.post(
        address, given(survey, looks="1", words="Other words", find="049", locations=[many[1].pk])
    )

    assert listed(answered) == ["Site 001", "Site 049"]
    assert answered.context["form"]["words"].value() == "Other words"
    assert ProcessChange.objects.get().words == "Two more tills"


def test_few_locations_are_all_listed_and_nothing_is_to_be_looked_for(client, survey, editor):
    make_location(name="Harbour")

    page = client.get(ADD)

    assert "Harbour" in listed(page)
    assert "Find locations" not in page.content.decode()


def test_the_list_names_a_few_of_very_many_locations(client, survey, editor, many):
    make_process_change(survey, locations=many)

    page = " ".join(client.get(CHANGES).content.decode().split())

    assert page.count('class="place"') == 6
    assert "and 55 more" in page
