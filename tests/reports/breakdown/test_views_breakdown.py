import json
import re
from http import HTTPStatus

import pytest
from django.db import DatabaseError
from django.utils.html import strip_tags

from organisation.enums import Role
from tests.factories import make_location, make_member, make_published, make_region, make_touchpoint
from tests.reports.answers import administrator, answer, count
from tests.reports.breakdown.samples import make_world

pytestmark = pytest.mark.django_db
PAGE, SCORES = "/reports/breakdown/", "/reports/breakdown.json"


@pytest.fixture
def reader(client):
    client.force_login(administrator())
    return client


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def links(response):
    return [one.replace("&amp;", "&") for one in re.findall(r'href="(\?[^"]*)"', response.content.decode())]


def test_without_a_survey_the_page_says_so(reader):
    assert "No survey is published yet" in words(reader.get(PAGE))
    assert json.loads(reader.get(SCORES).content) == {"state": "empty", "rows": []}


def test_without_an_answer_the_page_says_what_to_do(reader):
    make_published()

    assert "No answers yet" in words(reader.get(PAGE, {"period": "all"}))


def test_the_page_lists_locations_and_each_leads_deeper(reader):
    make_world()

    page = reader.get(PAGE, {"period": "all"})

    assert "Place 0" in words(page)
    deeper = next(url for url in links(page) if "location=p0" in url and "rows=touchpoint" in url)
    assert "Counter" in words(reader.get(PAGE + deeper))


def test_two_ways_make_a_grid_with_its_totals(reader):
    make_world()

    page = reader.get(PAGE, {"period": "all", "rows": "mode", "columns": "stage"})

    assert page.status_code == HTTPStatus.OK
    assert re.findall(r"Decision|Awareness|All ", words(page).split("Mode All")[1])[:2]
    assert 'class="number heat heat-' in page.content.decode()


def test_an_address_that_cannot_be_read_says_why(reader):
    make_world(number=20)

    page, scores = reader.get(PAGE, {"rows": "moon"}), reader.get(SCORES, {"rows": "moon"})

    assert (page.status_code, scores.status_code) == (HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST)
    assert "“moon”" in words(page)
    assert json.loads(scores.content)["errors"][0]["parameter"] == "rows"


def test_a_place_of_somebody_else_reads_like_none(reader, client):
    make_world(number=20)
    mine = make_location(code="mine", region=make_region(code="west"))
    client.force_login(make_member(Role.MANAGER, locations=[mine]))

    theirs, none = (client.get(PAGE, {"location": code}) for code in ("p0", "ghost"))

    assert theirs.status_code == none.status_code == HTTPStatus.BAD_REQUEST
    assert words(theirs).replace("p0", "ghost") == words(none)
    assert "Place 0" not in words(client.get(PAGE, {"period": "all"}))


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_depend_on_how_much_there_is(reader, many, django_assert_max_num_queries):
    version = make_published()
    for at in range(many):
        touchpoint = make_touchpoint()
        answer(version, *["54345"] * 9, location=make_location(code=f"l{at}"), touchpoint=touchpoint)
    count()

    with django_assert_max_num_queries(12):
        page = reader.get(PAGE, {"period": "all", "rows": "location", "columns": "measure", "mode": "link"})

    assert page.status_code == HTTPStatus.OK


def test_a_database_that_does_not_answer_is_said(reader, monkeypatch):
    make_world(number=20)

    def fail(_asked):
        raise DatabaseError

    monkeypatch.setattr("reports.breakdown.making.read", fail)
    page = reader.get(PAGE)

    assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "The report could not be made" in words(page)
    assert json.loads(reader.get(SCORES).content)["state"] == "failed"


def test_the_report_links_to_its_breakdown(reader):
    make_world()

    page = reader.get("/reports/", {"period": "all", "mode": "link"})

    assert "Where?" in words(page)
    assert re.search(r'href="/reports/breakdown/\?survey=[^"]*mode=link', page.content.decode())


def test_the_form_keeps_the_filters_and_the_filters_keep_the_ways(reader):
    make_world()

    html = reader.get(
        PAGE, {"rows": "mode", "columns": "stage", "location": "p0", "period": "365"}
    ).content.decode()
    ways, filters = (form.split("</form>")[0] for form in html.split('<form method="get"')[1:3])

    def kept(form):
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))

    assert {name: kept(ways)[name] for name in ("location", "period")} == {"location": "p0", "period": "365"}
    assert {name: kept(filters)[name] for name in ("rows", "columns")} == {"rows": "mode", "columns": "stage"}


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "ways"), [("dots", {}), ("heat", {"columns": "mode"}), ("multiples", {"columns": "mode"})]
)
def test_every_picture_can_be_taken_along(reader, name, ways, kind):
    make_world(number=60)

    file = reader.get(f"/reports/breakdown/{name}.{kind}", {"period": "all", **ways})

    assert (file.status_code, bool(file.content)) == (HTTPStatus.OK, True)
    assert f"-{name}-" in file["Content-Disposition"]


def test_a_file_of_all_surveys_moves_with_each_of_them(reader):
    make_world(number=60)
    other = make_published()
    address, query = (
        "/reports/breakdown/dots.csv",
        {"period": "all", "rows": "survey", "survey": other.survey.slug},
    )
    before = reader.get(address, query)

    answer(make_published(), *["55555"] * 9)
    count()

    after = reader.get(address, query, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == HTTPStatus.OK
    assert before.content != after.content


def test_the_save_menu_leads_to_files_of_the_same_filters(reader):
    make_world(number=400)

    html = reader.get(PAGE, {"period": "all", "mode": "link", "columns": "stage"}).content.decode()

    files = re.findall(r'href="(/reports/breakdown/heat\.csv[^"]*)"', html)
    assert len(files) == 1
    assert "mode=link" in files[0]
    assert "Decision" in reader.get(files[0].replace("&amp;", "&")).content.decode()


def test_a_picture_of_an_address_that_cannot_be_read_says_why(reader):
    make_world(number=20)

    assert reader.get("/reports/breakdown/dots.svg", {"rows": "moon"}).status_code == HTTPStatus.BAD_REQUEST


def test_each_reader_has_the_lines_in_their_language(reader):
    make_world()
    query = {"period": "all", "rows": "mode"}

    told = [words(reader.get(PAGE, query, headers={"accept-language": one})) for one in ("en", "da")]

    assert ["Paper card" in one.split("Mode", 1)[-1] for one in told] == [True, False]
