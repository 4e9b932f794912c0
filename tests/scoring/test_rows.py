from datetime import date

import pytest

from scoring.rows import WIDTH, Item, Plan, Row, plans_of, row_of, rows_of
from surveys.enums import Kind
from surveys.models import Response
from tests.factories import (
    make_draft,
    make_location,
    make_published,
    make_question,
    make_response,
    make_survey,
)

pytestmark = pytest.mark.django_db


def test_rows_of_puts_responses_of_a_place_and_day_side_by_side():
    version, elsewhere = make_published(), make_location()
    for ratings in ("55555", "4x321"):
        make_response(version, ratings)
    away = make_response(version, "1-1?1", location=elsewhere)

    rows = {row.location: row for row in rows_of(Response.objects.all())}

    assert rows[elsewhere.pk] == row_of(away)
    (here,) = [row for location, row in rows.items() if location != elsewhere.pk]
    assert sorted(here.ratings[at : at + WIDTH] for at in (0, WIDTH)) == [
        "4x321".ljust(WIDTH, "."),
        "55555".ljust(WIDTH, "."),
    ]
    assert here[:1] + here[2:5] == (version.pk, away.touchpoint_id, "link", date(2026, 3, 2))


def test_row_of_pads_to_the_width():
    response = make_response(make_published(), "55555")

    row = row_of(response)

    assert row == Row(
        response.version_id,
        response.location_id,
        response.touchpoint_id,
        "link",
        date(2026, 3, 2),
        "5" * 5 + "." * 15,
    )


def test_plans_of_holds_rating_questions_with_their_positions():
    draft = make_draft(make_survey(), questions=())
    make_question(draft, 1, key="where", kind=Kind.TEXT, allows_not_applicable=False)
    slow = make_question(draft, 2, key="slow", dimension="speed", weight=3, is_reversed=True)
    good = make_question(draft, 3, key="good", dimension="quality")
    version = make_published(draft=draft)

    plans = plans_of([version.pk, version.pk])

    assert plans == {
        version.pk: Plan(
            version.survey_id,
            (Item(1, slow.measure_id, "speed", 3, True), Item(2, good.measure_id, "quality", 1, False)),
        )
    }


def test_plans_of_has_none_for_a_version_without_ratings():
    draft = make_draft(make_survey(), questions=())
    make_question(draft, 1, key="why", kind=Kind.TEXT, allows_not_applicable=False)

    assert plans_of([make_published(draft=draft).pk]) == {}


def test_plans_of_asks_one_query(django_assert_num_queries):
    versions = [make_published().pk for _ in range(3)]

    with django_assert_num_queries(1):
        plans_of(versions)
