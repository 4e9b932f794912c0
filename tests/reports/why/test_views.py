import re
from csv import DictReader
from html import unescape
from http import HTTPStatus
from io import StringIO

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from organisation.enums import Role
from organisation.models import Organisation
from reviews.models import Review
from surveys.enums import Dimension
from surveys.models import Response
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import administrator, count, counted
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
WHY = "/reports/why/"


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def version(client):
    client.force_login(administrator())
    version = make_survey_with_comment(is_anonymous=False)
    for number in range(12):
        hear(
            version,
            "slow queue" if number % 2 else "a slow queue again",
            ratings=f"1{1 + number % 2}{1 + number % 5}x1",
        )
        hear(version, "kind staff", ratings=f"5{4 + number % 2}{1 + number % 5}x5")
    count()
    return version


def test_the_page_says_what_moves_with_overall_and_never_why(client, version):
    told = words(client.get(WHY, {"period": "all"}))

    assert "Closest to overall" in told
    assert "It does not say what causes what." in told
    assert "from 24 responses" in told
    assert "Too few answers, or all of them alike" in told
    assert "Print" in told


def test_words_lead_to_the_comments_that_have_them(client, version):
    page = client.get(WHY, {"period": "all"})

    row = next(row for row in page.context["low_words"] if row.word == "queue")
    assert client.get(row.url).context["count"] == 12
    assert (row.low, row.high) == ("12 of 12 (100 %)", "0 of 12 (0 %)")


def test_a_few_on_the_other_side_are_not_counted_out(client, version):
    hear(version, *["kind queue"] * 3, ratings="55555")

    row = next(row for row in client.get(WHY, {"period": "all"}).context["low_words"] if row.word == "queue")

    assert row.high == "fewer than 8"


def test_when_it_was_counted_is_said(client, version):
    assert "Computed from 24 responses, last counted" in words(client.get(WHY, {"period": "all"}))


def test_where_nobody_answered_the_page_leads_on(client, version):
    told = words(client.get(WHY, {"location": make_location(code="empty").code}))

    assert "No answers in these days" in told
    assert "No question clearly moves" not in told


def test_too_few_are_said_to_be_too_few(client):
    client.force_login(administrator())
    counted(make_published(questions=(("wait", Dimension.SPEED),)), *"55555")

    told = words(client.get(WHY, {"period": "all"}))

    assert "Overall is not asked here, or has fewer than 5 answers." in told
    assert "Shown from 8 comments with a low and 8 with a high score on." in told


def test_a_filter_that_cannot_be_read_is_a_clear_refusal(client, version):
    assert client.get(WHY, {"location": "ghost"}).status_code == HTTPStatus.BAD_REQUEST


def test_without_a_survey_there_is_no_page(client):
    client.force_login(administrator())

    assert client.get(WHY).status_code == HTTPStatus.NOT_FOUND


def test_a_database_that_does_not_answer_is_said(client, version, monkeypatch):
    def fails(*_args):
        raise DatabaseError

    monkeypatch.setattr("reports.reading.make_report", fails)

    assert client.get(WHY, {"period": "all"}).status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_manager_is_told_of_their_own_places(client, version):
    mine = make_location(code="mine")
    counted(make_published(), *["54321"] * 6, location=mine)
    client.force_login(make_member(Role.MANAGER, locations=[mine]))

    page = client.get(WHY, {"survey": version.survey.slug, "period": "all"})

    assert page.context["moving"] is None
    assert page.context["words"].low == 0


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_as_many_queries_whatever_it_shows(client, version, many, django_assert_max_num_queries):
    for number in range(many):
        hear(version, *["slow"] * 9, ratings="11111", location=make_location(code=f"p{number}"))
    count()

    with django_assert_max_num_queries(36):
        client.get(WHY, {"period": "all"})


@pytest.mark.parametrize("name", ["moving", "words"])
@pytest.mark.parametrize("kind", ["png", "svg", "csv", "xlsx"])
def test_each_chart_can_be_taken_along(client, version, name, kind):
    page = client.get(WHY, {"period": "all"})
    downloads = {one.kind.lower(): one.url for one in page.context[f"{name}_downloads"]}

    file = client.get(downloads[kind])

    assert (file.status_code, file.headers["Cache-Control"]) == (HTTPStatus.OK, "private, no-cache")
    assert client.get(downloads[kind], headers={"If-None-Match": file.headers["ETag"]}).status_code == (
        HTTPStatus.NOT_MODIFIED
    )


def test_the_file_has_the_numbers_of_the_page(client, version):
    file = client.get(f"{WHY}words.csv", {"period": "all"}).content.decode("utf-8-sig")

    row = next(row for row in DictReader(StringIO(file)) if row["word"] == "queue")
    assert (row["side"], row["low_comments"], row["low_share"]) == ("1 and 2", "12", "1.0")


def test_a_file_of_words_is_made_anew_when_a_comment_comes(client, version):
    url = f"{WHY}words.csv?period=all"
    before = client.get(url).headers["ETag"]
    Review.objects.filter(text="kind staff").first().delete()

    assert client.get(url).headers["ETag"] != before


PICTURE = "/reports/why/words.svg?period=all"


def test_a_kept_picture_of_words_is_served_without_reading_comments(client, version):
    first = client.get(PICTURE)

    with CaptureQueriesContext(connection) as seen:
        kept = client.get(PICTURE)
    unchanged = client.get(PICTURE, headers={"If-None-Match": first["ETag"]})

    assert (kept.content, unchanged.status_code) == (first.content, HTTPStatus.NOT_MODIFIED)
    assert not any("reviews_review" in query["sql"] for query in seen.captured_queries)


@pytest.mark.parametrize(
    "gone",
    [
        lambda reviews: reviews.update(text="", words=""),
        lambda reviews: reviews.update(text="slow", words="slow"),
        lambda reviews: reviews.update(is_held=True),
        lambda reviews: Response.objects.filter(review__in=reviews).delete(),
        lambda _reviews: make_member(name="Queue"),
        lambda _reviews: Organisation.objects.update(minimum_comments=20),
    ],
    ids=["erased", "redacted", "held", "deleted", "a name", "below the minimum"],
)
def test_a_picture_of_words_never_outlives_what_it_was_drawn_from(client, version, gone):
    first = client.get(PICTURE)
    gone(Review.objects.filter(text__contains="queue"))

    again = client.get(PICTURE, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == HTTPStatus.OK
    assert [b"queue" in answer.content for answer in (first, again)] == [True, False]
