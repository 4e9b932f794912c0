import pytest

from reports.choice import choose
from reports.flagged.counted import read_flagged
from reports.queries import CHOSEN, EVERYWHERE, Reader
from surveys.enums import Flag, Mode
from tests.factories import make_location, make_published
from tests.reports.answers import answer, asked, count

pytestmark = pytest.mark.django_db


def test_places_are_told_as_the_reports_reader_tells_them():
    version, here = make_published(), make_location(code="here")
    answer(version, "55555", "44444", location=here, flags=Flag.TOO_FAST)
    answer(version, "33333", location=here, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    answer(version, "11111", location=make_location(code="there"), flags=Flag.TOO_FAST)
    answer(version, "22222", location=here)
    count()
    one = asked("location=here&mode=link&dimension=speed")

    choice = choose(one.filters, one.vocabulary)
    reader = Reader(one.survey, one.filters, choice, None)

    found = read_flagged(one, choice, reader.compared_choices())

    speed = [row for row in found.places if "speed" in row.sums]
    by_location = {row.part: row.responses for row in speed if row.facet == 0}
    by_mode = {row.part: row.responses for row in speed if row.facet == 2}
    assert by_location[here.pk] == 2
    assert len(by_location) == 2
    assert by_mode == {"link": 2, "kiosk": 1}
    rated = {
        row.choice[0]: row.ratings.counts for row in found.measures if row.measure == speed_measure(version)
    }
    assert (rated[CHOSEN], rated[EVERYWHERE]) == ((0, 0, 0, 1, 1), (1, 0, 1, 1, 1))
    assert (found.responses, found.reasons) == (2, {Flag.TOO_FAST: 2})


def speed_measure(version):
    return version.questions.filter(measure__dimension="speed").first().measure_id
