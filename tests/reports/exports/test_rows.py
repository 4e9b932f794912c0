from datetime import date

import pytest

from reports.exports.lines import last_of
from reports.exports.rows import next_rows, responses_behind
from surveys.enums import Dimension
from tests.factories import make_location, make_member, make_published
from tests.reports.answers import EVERY_DAY, answer, asked, count, of, report

pytestmark = pytest.mark.django_db


def test_they_are_as_many_as_the_report_says():
    version = make_published(questions=(("wait", Dimension.SPEED),))
    harbour, station = (make_location(code=code) for code in ("harbour", "station"))
    answer(version, *"345345", location=harbour)
    answer(version, *"1234512", location=station)
    count()
    answer(version, "5", location=harbour)

    for query in (EVERY_DAY, "location=harbour&period=all", "location=station&dimension=speed&period=all"):
        assert responses_behind(asked(query)).count() == of(report(query), "speed").score.n


def test_another_managers_responses_are_not_among_them():
    version = make_published()
    answer(version, *["55555"] * 3, location=make_location())
    count()
    mine = make_member(locations=[make_location()])

    assert not responses_behind(asked(EVERY_DAY, mine)).exists()


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_reading_piece_by_piece_meets_each_once_and_in_order(limit):
    version = make_published()
    for day in (3, 1, 2, 2, 2, 1):
        answer(version, "55555", on=date(2026, 3, day))
    count()
    responses = responses_behind(asked(EVERY_DAY))

    met, after = [], None
    while rows := next_rows(responses, version.pk, after, limit):
        met += rows
        after = last_of(rows)

    assert len({row[0] for row in met}) == len(met) == 6
    assert [(row[1], row[0]) for row in met] == sorted((row[1], row[0]) for row in met)
