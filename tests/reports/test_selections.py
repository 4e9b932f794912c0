"""A report read from sums of blocks is the same, to the digit, as one read from the cells."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache

from reports.scores_json import scores_of
from reports.selections import Pick, Selection
from scoring.actions import make_due_blocks
from scoring.models import Block, DimensionCell, MeasureCell
from surveys.enums import Dimension, Mode
from surveys.models import Version
from tests.factories import (
    make_location,
    make_member,
    make_published,
    make_region,
    make_survey,
    make_touchpoint,
)
from tests.reports.answers import administrator, answer_all, count, report

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 9, 1, tzinfo=UTC)
QUESTIONS = (("wait", Dimension.SPEED), ("care", Dimension.QUALITY), ("whole", Dimension.OVERALL))
QUERIES = [
    f"{period}&{filters}"
    for period in ("period=all", "from=2026-01-09&to=2026-03-17", "from=2026-02-03&to=2026-02-20&by=day")
    for filters in (
        "",
        "location=l1",
        "region=coast",
        "touchpoint=t1",
        "mode=kiosk",
        "touchpoint=t1&mode=kiosk",
        "region=coast&touchpoint=t1",
        "location=l0&mode=link&touchpoint=t0&dimension=speed",
        "region=coast&location=l2",
    )
]


@pytest.fixture
def places():
    """Two versions' responses at three locations, by two touchpoints and modes, over a quarter."""
    chance = random.Random(7)
    coast = make_region(code="coast")
    locations = [make_location(code=f"l{at}", region=None if at == 2 else coast) for at in range(3)]
    touchpoints = [make_touchpoint(code=f"t{at}") for at in range(2)]
    survey = make_survey()
    for questions in (QUESTIONS[:2], QUESTIONS):
        rows = [
            {
                "ratings": "".join(chance.choices("12345x-", k=len(questions))),
                "on": date(2026, 1, 1) + timedelta(days=chance.randrange(90)),
                "location": chance.choice(locations),
                "touchpoint": chance.choice(touchpoints),
                "mode": chance.choice([Mode.LINK, Mode.KIOSK]),
            }
            for _ in range(300)
        ]
        answer_all(make_published(survey, questions), rows)
    count()
    return locations


def told(member):
    cache.clear()
    return {query: scores_of(report(query, member)) for query in QUERIES}


@pytest.mark.parametrize("sees_everywhere", [True, False])
def test_sums_say_what_cells_say(places, sees_everywhere):
    member = administrator() if sees_everywhere else make_member(locations=places[:2])
    from_cells = told(member)

    make_due_blocks(clock=lambda: LATER)
    from_sums = told(member)

    assert not Block.objects.due().exists()
    assert from_sums == from_cells
    assert any(one["state"] == "computed" for one in from_sums.values())


def test_where_every_block_is_made_the_cells_are_not_read(places):
    member = administrator()
    make_due_blocks(clock=lambda: LATER)
    before = scores_of(report("period=all&touchpoint=t1", member))
    cache.clear()

    MeasureCell.objects.all().delete()
    DimensionCell.objects.all().delete()

    assert scores_of(report("period=all&touchpoint=t1", member)) == before


def test_a_block_that_moved_is_read_from_its_cells(places):
    member = administrator()
    make_due_blocks(clock=lambda: LATER)
    before = report("period=all", member).responses

    answer_all(
        Version.objects.latest("pk"),
        [{"ratings": "555", "on": date(2026, 2, 5), "location": places[0]}] * 3,
    )
    count()

    assert report("period=all", member).responses == before + 3


def test_a_facet_is_apart_where_it_is_told_or_chosen():
    assert [pick.is_apart for pick in (Pick(), Pick(is_told=True), Pick({1}), Pick(frozenset()))] == [
        False,
        True,
        True,
        True,
    ]
    assert Selection(Pick({1}), Pick({2}), Pick(is_told=True)).is_fully_apart is True
    assert Selection(Pick({1}), Pick({2})).is_fully_apart is False
