import json
from http import HTTPStatus

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.enums import Role
from organisation.models import Location
from press import alone
from reports.charts import CHARTS
from reports.filters import FACETS
from surveys.enums import Dimension
from tests.factories import make_location, make_member, make_published, make_region, make_survey
from tests.press.paper import pages, text_of
from tests.reports.answers import administrator, answer, count, counted
from tests.reports.exports.sheets import sheets_of

pytestmark = pytest.mark.django_db

OVERVIEW, SCORES = "/reports/", "/reports/scores.json"


def chart(name="means", kind="svg"):
    return reverse("reports:chart", kwargs={"name": name, "kind": kind})


def whole(kind):
    return reverse("reports:whole", kwargs={"kind": kind})


@pytest.fixture
def member(client):
    member = administrator()
    client.force_login(member)
    return member


@pytest.fixture
def version(member):
    version = make_published()
    answer(version, *["55443"] * 6, location=make_location(code="harbour", name="Harbour"))
    answer(version, *["12345"] * 6, location=make_location(code="station", name="Station"))
    count()
    return version


def words(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_scores_and_where_they_come_from(client, version):
    response = client.get(OVERVIEW, {"period": "all"})

    assert response.status_code == HTTPStatus.OK
    assert "Computed from 12 responses, last counted 31 Mar 2026, 12:00." in words(response)
    assert "<strong>50 %</strong> gave 4 or 5" in words(response)


def test_the_page_needs_no_style_and_no_script_of_its_own(client, version):
    html = client.get(OVERVIEW, {"period": "all"}).content.decode()

    assert "style=" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count("<script src=")


def test_nothing_published_names_the_next_step(client, member):
    make_survey()

    response = client.get(OVERVIEW)

    assert "No survey is published yet" in words(response)
    assert f'href="{reverse("surveys:list")}"' in words(response)


def test_a_manager_is_not_sent_to_pages_that_refuse(client):
    client.force_login(make_member(Role.MANAGER))

    assert reverse("surveys:list") not in words(client.get(OVERVIEW))


def test_no_answers_in_the_period_leads_to_all_days(client, version):
    response = client.get(OVERVIEW, {"from": "2020-01-01", "to": "2020-01-31"})

    assert "No answers in these days" in words(response)
    assert f'href="?survey={version.survey.slug}&amp;period=all"' in words(response)


def test_no_answers_at_all_says_what_to_do(client, member):
    make_published()

    assert "Share the link of the survey" in words(client.get(OVERVIEW, {"period": "all"}))


def test_too_few_answers_show_no_number(client, member):
    counted(make_published(questions=(("wait", Dimension.SPEED),)), *"5555")

    response = client.get(OVERVIEW, {"period": "all"})

    assert "Too few answers to show" in words(response)
    assert "5.00" not in words(response)
    assert "<img" not in words(response)


def test_answers_on_their_way_are_said_to_be(client, version):
    answer(version, "55555")

    assert "Still computing: 1 response of this survey is not yet counted." in words(client.get(OVERVIEW))


def test_first_answers_on_their_way_are_said_to_be(client, member):
    answer(make_published(), "55555")

    assert "The first answers are in and are being counted." in words(client.get(OVERVIEW))


def test_a_database_that_fails_while_reading_is_said_so(client, version):
    def refuse_sums(execute, sql, params, many, context):
        if "scoring_block" in sql:
            raise DatabaseError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_sums):
        responses = [client.get(address) for address in (OVERVIEW, SCORES, chart())]

    assert [response.status_code for response in responses] == [HTTPStatus.SERVICE_UNAVAILABLE] * 3
    assert "No feedback is lost" in words(responses[0])
    assert client.get(chart()).status_code == HTTPStatus.OK


@pytest.mark.parametrize("address", [OVERVIEW, SCORES, chart()])
def test_what_cannot_be_read_is_named(client, version, address):
    response = client.get(address, {"location": "harbour", "from": "tomorrow"})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "from" in words(response)
    assert "is not a day" in words(response)


def test_the_way_back_keeps_the_other_filters(client, version):
    response = client.get(OVERVIEW, {"location": "harbour", "mode": "fax"})

    assert f'<a href="?survey={version.survey.slug}&amp;location=harbour">Show the report' in words(response)


def test_a_place_out_of_scope_reads_like_one_that_is_not_there(client, version):
    client.force_login(make_member(locations=[make_location(code="mine")]))

    refusals = [
        client.get(OVERVIEW, {"location": code}).content.decode().replace(code, "…").split("<main")[1]
        for code in ("station", "ghost")
    ]

    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("address", [OVERVIEW, SCORES, *(chart(name, "csv") for name in CHARTS)])
def test_another_managers_place_is_nowhere(client, version, address):
    mine = make_location(code="mine", name="Mine")
    counted(version, *["33333"] * 6, location=mine)
    client.force_login(make_member(locations=[mine]))

    text = words(client.get(address, {"survey": version.survey.slug, "period": "all"}))

    assert [name for name in ("Harbour", "harbour", "Station", "station") if name in text] == []
    assert "3.0" in text or '"n": 6' in text or ",6,0,0,6,0,0" in text


anything = st.text(alphabet=st.characters(exclude_categories=[]), max_size=20)
values = anything | st.sampled_from(
    ["harbour", "speed", "2026-03-01", "9999-12-31", "all", "week", "x" * 5000]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from([OVERVIEW, SCORES, chart("means", "csv")]),
    query=st.dictionaries(
        st.sampled_from(["survey", "from", "to", "period", "by", "theme", "size", "v", "titled", *FACETS])
        | anything,
        values,
        max_size=4,
    ),
)
def test_no_address_breaks_the_report(client, version, address, query):
    encodable = {
        key.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for key, value in query.items()
    }

    found = client.get(address, {"period": "all", **encodable}, follow=True)

    assert found.status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}


@pytest.mark.parametrize(
    "raw",
    [
        "location=%ED%A0%80",
        "location=%00",
        "from=%FF%FE",
        "mode=" + "x" * 3_000_000,
        "&" * 2000,
        "a=1&" * 1001,
    ],
)
def test_raw_rubbish_is_a_clear_refusal_or_nothing(client, version, raw):
    response = client.get(OVERVIEW, query_params=None, QUERY_STRING=raw)

    assert response.status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}
    assert len(response.content) < 400_000


def test_scores_are_those_of_the_page(client, version):
    told = json.loads(client.get(SCORES, {"location": "harbour", "period": "all"}).content)

    assert told["filters"] == {"location": ["harbour"]}
    assert [(one["dimension"], one["n"], one["mean"]) for one in told["dimensions"]] == [
        ("quality", 6, 5.0),
        ("speed", 6, 5.0),
        ("convenience", 6, 4.0),
        ("knowledge", 6, 4.0),
        ("overall", 6, 3.0),
    ]


def test_scores_without_a_survey_are_empty(client, member):
    assert json.loads(client.get(SCORES).content) == {"state": "empty", "dimensions": []}


@pytest.mark.parametrize(
    "address",
    [*(chart("trend", kind) for kind in ("svg", "png", "csv", "xlsx")), whole("xlsx"), whole("pdf")],
)
def test_a_file_is_kept_and_known_again(client, version, address):
    first = client.get(address, {"period": "all"})

    again = client.get(address, {"period": "all"})
    unchanged = client.get(address, {"period": "all"}, headers={"If-None-Match": first["ETag"]})

    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-cache"
    assert (unchanged.status_code, unchanged.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_a_chart_that_is_kept_takes_few_queries(client, version, django_assert_num_queries):
    address, query = chart(), {"survey": version.survey.slug}
    etag = client.get(address, query)["ETag"]

    with django_assert_num_queries(3):  # session, member, survey
        client.get(address, query)
    with django_assert_num_queries(3):
        client.get(address, query, headers={"If-None-Match": etag})


def test_a_chart_moves_with_its_cells(client, version):
    before = client.get(chart())["ETag"]
    counted(version, "55555")

    after = client.get(chart(), headers={"If-None-Match": before})

    assert after.status_code == HTTPStatus.OK


def test_a_picture_may_style_itself_and_nothing_else(client, version):
    policy = client.get(chart())["Content-Security-Policy"]

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_a_file_has_a_name(client, version):
    response = client.get(chart("trend", "csv"), {"from": "2026-03-01", "to": "2026-03-31"})

    assert response["Content-Disposition"] == (
        f'inline; filename="{version.survey.slug}-trend-2026-03-01-2026-03-31.csv"'
    )


def test_an_unknown_chart_is_not_found(client, version):
    assert client.get("/reports/charts/pie.svg").status_code == HTTPStatus.NOT_FOUND


def test_without_a_survey_there_is_no_chart(client, member):
    assert client.get(chart()).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("address", [OVERVIEW, SCORES, chart()])
def test_reading_only_reads(client, version, address):
    assert client.post(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def rename(place):
    place.name = "Quay"
    place.save(update_fields=["name"])


def move(place):
    place.region = make_region(name="Coast")
    place.save(update_fields=["region"])


@pytest.mark.parametrize(("change", "told"), [(rename, "Quay"), (move, "Coast")])
def test_a_file_moves_with_the_names_and_regions_of_places(client, version, change, told, monkeypatch):
    monkeypatch.setattr("reports.vocabulary.REMEMBERED", 0)
    address = chart("locations", "csv") + "?period=all"
    before = client.get(address)

    change(Location.objects.get(code="harbour"))

    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == HTTPStatus.OK
    assert (told in before.content.decode(), told in after.content.decode()) == (False, True)


def test_the_link_to_the_scores_says_whom_they_are_for(client, version):
    assert "Scores for programs (JSON)" in words(client.get(OVERVIEW))


def test_a_document_that_takes_too_long_is_given_up(client, version, monkeypatch):
    monkeypatch.setattr(alone, "LONGEST_SECONDS", 0.01)

    response = client.get(whole("pdf"))

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "took too long" in words(response)


def test_another_managers_place_is_not_in_the_whole_report(client, version):
    mine = make_location(code="mine", name="Mine")
    counted(version, *["33333"] * 6, location=mine)
    client.force_login(make_member(locations=[mine]))
    query = {"survey": version.survey.slug, "period": "all"}

    sheets = str(sheets_of(client.get(whole("xlsx"), query).content))
    printed = " ".join(text_of(page) for page in pages(client.get(whole("pdf"), query).content))

    for text in (sheets, printed):
        assert "Mine" in text
        assert [name for name in ("Harbour", "harbour", "Station", "station") if name in text] == []
