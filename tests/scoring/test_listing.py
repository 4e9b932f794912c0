from datetime import date, timedelta

import pytest
from django.db import connection

from scoring.choice import Choice
from scoring.enums import Which
from scoring.listing import page_of
from surveys.enums import Kind
from surveys.models import Response
from tests.factories import make_draft, make_published, make_question, make_response, make_survey

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def walk(survey, choice, size):
    """Every page, as lists of keys."""
    pages = []
    while True:
        page = page_of(survey, choice, size=size)
        pages.append([row.response.pk for row in page.rows])
        if page.next is None:
            return pages
        choice = Choice(choice.which, choice.reason, page.next)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_hold_every_response_once_the_newest_day_first(size):
    first = make_published()
    second = make_published(draft=make_draft(first.survey))
    days = [0, 0, 0, 1, 2, 2, 5]
    made = [
        make_response(version, received_on=DAY - timedelta(days=ago))
        for ago, version in zip(days, [first, second] * 4, strict=False)
    ]

    pages = walk(first.survey, Choice(Which.ALL), size)

    ordered = sorted(made, key=lambda response: (response.received_on, response.pk), reverse=True)
    assert [key for page in pages for key in page] == [response.pk for response in ordered]
    assert {len(page) for page in pages[:-1]} <= {size}


def test_a_response_that_came_in_meanwhile_moves_no_page():
    version = make_published()
    for _ in range(3):
        make_response(version, received_on=DAY)
    first = page_of(version.survey, Choice(Which.ALL), size=2)

    make_response(version, received_on=DAY + timedelta(days=1))
    rest = page_of(version.survey, Choice(Which.ALL, after=first.next), size=2)

    keys = [row.response.pk for row in (*first.rows, *rest.rows)]
    assert sorted(keys) == sorted(Response.objects.filter(received_on=DAY).values_list("pk", flat=True))


def test_a_response_is_shown_in_words():
    draft = make_draft(make_survey(), (("speed", "speed"), ("quality", "quality")))
    make_question(draft, 3, key="why", kind=Kind.TEXT, text="Why?")
    make_question(
        draft, 4, key="way", kind=Kind.SINGLE_CHOICE, options=[{"key": "a", "label": "By car"}], text="How?"
    )
    version = make_published(draft=draft)
    make_response(version, "4x..", answers={"why": "Slow <b>", "way": "a"})

    (row,) = page_of(version.survey, Choice(Which.ALL)).rows

    assert [(rated.question, rated.sign, rated.word) for rated in row.ratings] == [
        ("How was the speed?", "4", "4 Good"),
        ("How was the quality?", "–", "Does not apply"),
    ]
    assert [(told.item.text, told.words) for told in row.others] == [
        ("Why?", ("Slow <b>",)),
        ("How?", ("By car",)),
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads partial indexes otherwise")
@pytest.mark.parametrize(
    ("which", "index"),
    [
        (Which.HELD, "surveys_response_held"),
        (Which.FLAGGED, "surveys_response_flagged"),
        (Which.ALL, "surveys_response_of_version"),
    ],
)
def test_each_list_has_its_index(which, index):
    version = make_published()
    first = make_response(version)
    Response.objects.bulk_create(
        Response(
            version=version,
            location_id=first.location_id,
            touchpoint_id=first.touchpoint_id,
            mode="link",
            received_on=DAY - timedelta(days=number % 400),
            ratings="55555",
            flags=number % 50 == 0,
            is_held=number % 60 == 0,
        )
        for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE surveys_response")

    keys = Choice(which).responses(version.survey).filter(version=version).order_by("-received_on", "-pk")

    assert index in keys.values_list("received_on", "pk")[:26].explain()
