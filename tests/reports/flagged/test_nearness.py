"""Scores without the flagged responses, against reports with other filters of the same days."""

import pytest

from reports.results import Withheld
from surveys.enums import Flag, Mode
from tests.factories import make_location, make_published
from tests.reports.answers import answer, count
from tests.reports.flagged.test_result import overall, result

pytestmark = pytest.mark.django_db


def test_what_is_left_is_held_against_reports_by_other_facets():
    """Here all but 2 of those that are not flagged came by kiosk: less the report of here, these 2 would be known."""
    version = make_published()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, *["54321"] * 20, location=here, mode=Mode.KIOSK)
    answer(version, *["12345"] * 2, location=there, mode=Mode.KIOSK)
    answer(version, *["11111"] * 9, location=there, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    answer(version, *["54321"] * 30, location=there, mode=Mode.LINK)
    count()

    assert [overall(f"{query}").everything.n for query in ("location=here", "mode=kiosk", "")] == [20, 31, 61]
    assert (overall("mode=kiosk").without, overall("mode=kiosk").flagged) == (Withheld(5), None)
    assert [n for _flag, n in result("mode=kiosk").reasons] == [None]
    assert (overall().without.n, overall().flagged) == (52, 9)


def test_what_is_flagged_is_held_against_reports_by_other_facets():
    """All that came by kiosk and all but 3 of here are flagged alike: with one less the other, these 3 would be known."""
    version = make_published()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, *["11111"] * 20, location=here, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    answer(version, *["11111"] * 3, location=there, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    for place in (here, there):
        answer(version, *["54321"] * 30, location=place, mode=Mode.LINK)
        answer(version, *["54321"] * 30, location=place, mode=Mode.KIOSK)
    count()

    assert [overall(query).flagged for query in ("location=here", "mode=kiosk")] == [None, None]
    assert result("mode=kiosk").responses is None


def test_a_report_without_flagged_responses_never_gives_way():
    """All but 2 of those there that are not flagged came by kiosk, where nobody is: that report shows its score anyway."""
    version = make_published()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, *["54321"] * 20, location=there, mode=Mode.KIOSK)
    answer(version, *["12345"] * 2, location=there, mode=Mode.LINK)
    answer(version, *["11111"] * 9, location=there, mode=Mode.LINK, flags=Flag.TOO_FAST)
    answer(version, *["54321"] * 30, location=here, mode=Mode.LINK)
    count()

    assert (overall("mode=kiosk").without.n, overall("mode=kiosk").flagged) == (20, 0)
    assert overall("location=there").everything.n == 31
    assert (overall("location=there").without, overall("location=there").flagged) == (Withheld(5), None)


def test_how_many_are_flagged_is_held_by_itself():
    """3 of those that came by kiosk rated nothing, so that scores tell nothing of them; their number is one of a few."""
    version = make_published()
    here, there = make_location(code="here"), make_location(code="there")
    answer(version, *["11111"] * 20, location=here, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    answer(version, *["-----"] * 3, location=there, mode=Mode.KIOSK, flags=Flag.TOO_FAST)
    for place in (here, there):
        answer(version, *["54321"] * 30, location=place, mode=Mode.LINK)
        answer(version, *["54321"] * 30, location=place, mode=Mode.KIOSK)
    count()

    assert (overall("location=here").flagged, result("location=here").responses) == (20, 20)
    assert (overall("mode=kiosk").flagged, result("mode=kiosk").responses) == (20, None)
