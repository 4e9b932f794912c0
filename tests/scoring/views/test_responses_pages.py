import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from organisation.enums import Role
from organisation.models import AuditEntry
from scoring.actions import score_pending
from surveys.enums import Flag, Kind
from surveys.models import Response
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_published,
    make_question,
    make_response,
)
from tests.factories.surveys import NOW
from tests.scoring.plain import assert_cells_are_right
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    client.force_login(make_member("editor"))
    return client


@pytest.fixture
def version():
    return make_published()


def url(name, of, query="", **kwargs):
    survey = of if hasattr(of, "slug") else of.survey
    return reverse(f"scoring:{name}", kwargs={"survey_id": survey.pk, **kwargs}) + query


def of(name, response, query=""):
    return url(name, response.version, query, response_id=response.pk)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_page_shows_what_a_robot_sent_and_why_it_does_not_count(client, version):
    make_response(
        version, "15x-3", flags=Flag.ROBOT | Flag.TOO_FAST, is_held=True, location=make_location(name="North")
    )
    make_response(version, "55555")

    shown = text(client.get(url("responses", version)))

    for words in (
        "2 March 2026",
        "North · Service · Link",
        "Filled in a field that people do not see",
        "Answered faster than it can be read",
        "How was the quality? 1 Very poor",
        "How was the convenience? Does not apply",
        "How was the knowledge? Left blank",
        "counts in no score",
        "1 held",
    ):
        assert words in shown
    assert "5 Excellent" in shown
    assert shown.count("Ratings by question") == 1


@pytest.mark.parametrize(
    ("query", "count"), [("", 1), ("?show=flagged", 2), ("?show=all", 3), ("?show=all&reason=robot", 1)]
)
def test_the_switch_and_the_reason_choose(client, version, query, count):
    make_response(version, flags=Flag.ROBOT, is_held=True)
    make_response(version, flags=Flag.STRAIGHT_LINE)
    make_response(version)

    assert len(client.get(url("responses", version, query)).context["page"].rows) == count


def test_what_customers_wrote_is_escaped(client):
    draft = make_draft()
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    version = make_published(draft=draft)
    make_response(version, "55555.", answers={"why": "<script>alert(1)</script>"})

    page = client.get(url("responses", version, "?show=all")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("at", [None, datetime(2026, 3, 2, 13, 37, tzinfo=UTC)], ids=["anonymous", "not"])
def test_a_time_is_shown_only_where_there_is_one(client, version, at):
    make_response(version, received_at=at)

    assert ("13:37" in text(client.get(url("responses", version, "?show=all")))) == bool(at)


@pytest.mark.parametrize(
    "show", ["", "?show=flagged", "?show=all", "?reason=robot", "?show=all&after=2020-01-01.x"]
)
def test_the_page_says_when_there_is_nothing(client, show):
    version = make_draft()

    answer = client.get(url("responses", version, show))

    assert (answer.status_code, answer.context["page"].rows) == (200, [])


@pytest.mark.parametrize("responses", [1, 3])
def test_the_page_takes_as_many_queries_however_many_responses(
    client, version, responses, django_assert_num_queries
):
    for _ in range(responses):
        make_response(version, location=make_location(), is_held=True)
    client.get(url("responses", version))

    # Session, member, organisation, survey; versions twice, keys, rows; held, draft.
    with django_assert_num_queries(10):
        client.get(url("responses", version))


def test_rows_of_an_import_under_way_are_not_shown_and_not_touched(client):
    run = make_run(state="importing")
    row = make_response(run.survey.live_version, is_held=True, import_run=run, flags=Flag.TOO_FAST)

    page = client.get(url("responses", run.survey))
    answers = [client.post(of(name, row)).status_code for name in ("release", "hold", "delete")]
    client.post(url("release_all", run.survey, "?reason=too_fast"))

    assert (page.context["page"].rows, answers) == ([], [404] * 3)
    assert "held" not in [tab.count for tab in page.context["tabs"]]
    assert Response.objects.get().is_held


def test_release_lets_a_response_count(client, version):
    response = make_response(version, "12345", is_held=True, flags=Flag.ROBOT)

    answer = client.post(of("release", response, "?show=held&reason=robot"), follow=True)
    score_pending(now=NOW)

    response.refresh_from_db()
    assert answer.redirect_chain == [(url("responses", version, "?show=held&reason=robot"), 302)]
    assert said(answer) == ["The response was released. It counts within seconds."]
    assert (response.is_held, response.is_scored, response.flags) == (False, True, Flag.ROBOT)
    assert_cells_are_right()


def test_hold_takes_a_response_out_and_keeps_its_flags(client, version):
    response = make_response(version, "12345", flags=Flag.TOO_FAST)
    score_pending(now=NOW)

    client.post(of("hold", response))

    response.refresh_from_db()
    assert (response.is_held, response.is_scored, response.flags) == (True, False, Flag.TOO_FAST)
    assert_cells_are_right()


def test_delete_asks_first_and_erases(client, version):
    response = make_response(version, "12345")
    score_pending(now=NOW)

    asked = client.get(of("delete", response, "?show=all"))
    there = Response.objects.count()
    answer = client.post(of("delete", response, "?show=all"), follow=True)

    assert (asked.status_code, there, Response.objects.count()) == (200, 1, 0)
    assert said(answer) == ["The response was deleted."]
    assert_cells_are_right()
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.object_id, entry.changes) == (
        *("deleted responses of", str(version.survey_id)),
        {"responses": 1},
    )


def test_all_of_one_reason_are_released_after_a_question(client, version):
    for _ in range(3):
        make_response(version, flags=Flag.ROBOT, is_held=True)
    make_response(version, is_held=True)

    asked = client.get(url("release_all", version, "?show=held&reason=robot"))
    held = Response.objects.held().count()
    answer = client.post(url("release_all", version, "?show=held&reason=robot"), follow=True)

    assert ("Release 3 responses?" in text(asked), held, Response.objects.held().count()) == (True, 4, 1)
    assert said(answer) == ["3 responses were released."]
    assert AuditEntry.objects.get().changes == {"responses": 3, "why": "robot"}


def test_all_of_one_reason_are_held_after_a_question(client, version):
    for _ in range(2):
        make_response(version, flags=Flag.TOO_FAST)
    score_pending(now=NOW)

    asked = client.get(url("hold_all", version, "?show=flagged&reason=too_fast"))
    answer = client.post(url("hold_all", version, "?show=flagged&reason=too_fast"), follow=True)

    assert ("Hold 2 responses?" in text(asked), Response.objects.held().count()) == (True, 2)
    assert said(answer) == ["2 responses are held."]
    assert_cells_are_right()


@pytest.mark.parametrize(
    ("name", "heading"), [("release_all", "Nothing to release"), ("hold_all", "Nothing to hold")]
)
def test_nothing_to_do_at_once_is_said(client, version, name, heading):
    asked = client.get(url(name, version, "?reason=robot"))

    assert (heading in text(asked), "csrfmiddlewaretoken" in asked.content.decode().split("<main")[1]) == (
        *(True, False),
    )


@pytest.mark.parametrize("name", ["hold_all", "release_all"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_all_at_once_needs_a_reason(client, version, name, method):
    make_response(version)

    assert getattr(client, method)(url(name, version)).status_code == 404
    assert not Response.objects.held().exists()


@pytest.mark.parametrize("name", ["hold", "release", "delete"])
def test_a_response_of_another_survey_is_not_there(client, version, name):
    other = make_response(make_published(), is_held=True)

    answer = client.post(url(name, version, response_id=other.pk))

    assert (answer.status_code, Response.objects.get().is_held) == (404, True)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CLERK, Role.SHOPPER])
def test_single_responses_are_not_for_managers(settings, version, role):
    settings.REQUIRE_SECOND_FACTOR = False
    response = make_response(version, is_held=True)
    client = Client()
    client.force_login(make_member(role, locations=[response.location]))

    answers = [client.get(url("responses", version)), client.post(of("release", response))]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_older_responses_are_a_page_away(client, version):
    for number in range(30):
        make_response(version, received_on=date(2026, 3, 1 + number % 28))

    first = client.get(url("responses", version, "?show=all"))
    second = client.get(first.context["next_url"])

    rows = [row.response.pk for answer in (first, second) for row in answer.context["page"].rows]
    assert (len(rows), len(set(rows))) == (30, 30)
    assert (first.context["first_url"], second.context["next_url"]) == ("", "")
    assert second.context["first_url"] == url("responses", version, "?show=all")
