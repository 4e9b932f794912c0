from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.dimensions import DimensionSums
from organisation.enums import Channel, Stage
from organisation.models import Location
from reports.choice import choose
from reports.queries import CHOSEN, EVERYWHERE, WIDER, Reader
from surveys.enums import Dimension, Mode
from tests.factories import make_location, make_member, make_published, make_touchpoint
from tests.reports.answers import administrator, answer, asked, count, counted

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 10)


def reader(query="", member=None):
    one = asked(query, member)
    return Reader(one.survey, one.filters, choose(one.filters, one.vocabulary), one.vocabulary.scope)


def sizes(rows):
    """Dimension, whether now, and responses, by location."""
    return sorted(
        (name, row.is_current, sums[0]) for row in rows if row.facet == 0 for name, sums in row.sums.items()
    )


def test_place_rows_cover_the_period_and_the_one_before():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    answer(version, *"444")
    answer(version, *"55", on=FEBRUARY)
    answer(version, "1", on=date(2025, 1, 1))
    count()

    assert sizes(reader("from=2026-03-01&to=2026-03-31").place_rows()) == [
        ("speed", False, 2),
        ("speed", True, 3),
    ]
    assert sizes(reader("period=all").place_rows()) == [("speed", True, 6)]


def test_before_rows_are_the_sums_of_what_the_filters_let_through_before():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    answer(version, *"44")
    answer(version, *"53", on=FEBRUARY)
    answer(version, "5", on=FEBRUARY, mode=Mode.KIOSK)
    count()

    assert reader("period=all&mode=link").before_rows() == []
    [sums] = reader("from=2026-03-01&to=2026-03-31&mode=link").before_rows()
    assert {name: DimensionSums(*some).mean for name, some in sums.items()} == {"speed": 4}


def test_place_rows_tell_apart_what_is_filtered():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    answer(version, *"44", mode=Mode.KIOSK)
    answer(version, *"555")
    count()

    rows = reader("mode=kiosk").place_rows()

    place = Location.objects.get(is_default=True).pk
    assert sorted((row.facet, row.part, row.responses, row.sums["speed"][0]) for row in rows) == [
        (0, place, 2, 2),
        (2, "kiosk", 2, 2),
        (2, "link", 3, 3),
    ]


def test_piece_rows_are_of_what_the_filters_let_through_and_of_everything():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    answer(version, *"44", mode=Mode.KIOSK)
    answer(version, *"555")
    count()

    rows = reader("mode=kiosk").piece_rows()

    assert sorted((row.version, row.is_chosen, row.responses, row.sums["speed"][0]) for row in rows) == [
        (version.pk, False, 5, 5),
        (version.pk, True, 2, 2),
    ]


def test_only_what_every_filter_lets_through_is_chosen():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    place = make_location(code="harbour")
    answer(version, *"44", mode=Mode.KIOSK, location=place)
    answer(version, *"555", mode=Mode.KIOSK)
    answer(version, *"2222", location=place)
    count()
    one = reader("mode=kiosk&location=harbour")

    assert sorted((row.is_chosen, row.responses) for row in one.piece_rows()) == [(False, 9), (True, 2)]
    assert {row.choice: row.ratings.n for row in one.measure_rows()} == {
        (CHOSEN, 0): 2,
        (EVERYWHERE, 0): 9,
        (WIDER, 0): 6,  # the place
        (WIDER, 1): 5,  # the mode
    }


def test_measure_rows_count_every_response_of_their_version():
    version = make_published(questions=(("wait", Dimension.SPEED), ("care", Dimension.QUALITY)))
    counted(version, "45", "x5", "-1")

    rows = {row.ratings.counts: row for row in reader().measure_rows()}

    assert set(rows) == {(0, 0, 0, 1, 0), (1, 0, 0, 0, 2)}
    assert {row.responses for row in rows.values()} == {3}


def test_a_chosen_dimension_is_all_that_is_read():
    version = make_published(questions=(("wait", Dimension.SPEED), ("care", Dimension.QUALITY)))
    counted(version, "45")
    one = reader("dimension=speed")

    assert {name for row in [*one.place_rows(), *one.piece_rows()] for name in row.sums} == {"speed"}


def test_nothing_outside_the_scope_is_read_or_waits():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    mine, other = make_location(), make_location()
    for place in (mine, other):
        answer(version, *"55", location=place)
    count()
    answer(version, "1", location=mine)
    answer(version, *"11", location=other)

    one, everywhere = reader("", make_member(locations=[mine])), reader("", administrator())

    assert [row.part for row in one.place_rows()] == [mine.pk]
    assert [row.responses for row in one.piece_rows()] == [2]
    assert [row.ratings.n for row in one.measure_rows()] == [2]
    assert (one.waiting().count(), everywhere.waiting().count()) == (1, 3)


def test_responses_are_never_read_for_the_scores():
    counted(make_published(), *["55555"] * 5)
    one = reader()

    with CaptureQueriesContext(connection) as captured:
        one.place_rows(), one.piece_rows(), one.measure_rows()

    assert [query["sql"] for query in captured if "surveys_response" in query["sql"]] == []


@pytest.mark.parametrize("is_answered", [False, True])
def test_what_has_all_parts_with_responses_is_read_as_everything(is_answered):
    """Two touchpoints of one stage, and a third one, where something was answered or not."""
    version, place = make_published(questions=(("wait", Dimension.SPEED),)), make_location(code="mill")
    first, second = (make_touchpoint(stage=Stage.DECISION, channel=Channel.PHONE) for _at in range(2))
    for touchpoint in (first, second, *([make_touchpoint()] if is_answered else [])):
        answer(version, *"44", location=place, touchpoint=touchpoint)
    answer(version, *"44")  # of another stage, elsewhere
    count()

    choices = reader(f"location=mill&touchpoint={first.code}").compared_choices().values()

    touchpoints = [one.touchpoint.chosen for one in choices if one.location.chosen == {place.pk}]
    stage = frozenset({first.pk, second.pk})
    assert touchpoints == [{first.pk}, *([stage] if is_answered else []), None]
    assert stage in [one.touchpoint.chosen for one in choices if one.location.chosen is None]
