import pytest

from organisation.enums import Channel, Stage
from reports.filter_bar import facet_labels, filter_bar, value_names
from reports.filters import FACETS
from tests.factories import make_location, make_published, make_region, make_touchpoint
from tests.reports.answers import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def survey():
    make_published()
    make_location(code="harbour", name="Harbour", region=make_region(code="coast", name="Coast"))
    make_touchpoint(code="till", name="Till", channel=Channel.IN_PERSON, stage=Stage.DECISION)


def link(links, label):
    return next(link for link in links if link.label == label)


def test_every_facet_has_a_name_and_names_for_its_values():
    assert tuple(facet_labels()) == FACETS
    assert set(value_names(asked().vocabulary)) == set(FACETS)


def test_a_select_offers_what_is_not_chosen_yet():
    selects = {select.name: select for select in filter_bar(asked("location=harbour")).selects}

    assert selects["location"].options == (("main", "Main"),)
    assert (selects["location"].first, selects["location"].is_set) == ("Add another …", True)
    assert (selects["mode"].first, selects["mode"].is_set) == ("All modes", False)
    assert "region" not in selects  # there is only one


def test_the_form_keeps_what_it_does_not_change():
    bar = filter_bar(asked("location=harbour&period=30&by=day"))

    assert bar.kept == (("location", "harbour"), ("period", "30"), ("by", "day"))


def test_a_chip_takes_its_filter_away():
    bar = filter_bar(asked("location=harbour&mode=kiosk&period=30"))

    assert [(chip.label, chip.value) for chip in bar.chips] == [("Location", "Harbour"), ("Mode", "Kiosk")]
    assert "location=" not in bar.chips[0].remove_url
    assert "mode=kiosk" in bar.chips[0].remove_url
    assert bar.clear_url.endswith("&period=30")


def test_the_period_steps_by_its_own_length():
    bar = filter_bar(asked("from=2026-03-01&to=2026-03-10"))

    assert (bar.days, bar.first_day, bar.last_day) == ("1 Mar to 10 Mar 2026", "2026-03-01", "2026-03-10")
    assert bar.previous_url.endswith("from=2026-02-19&to=2026-02-28")
    assert bar.next_url.endswith("from=2026-03-11&to=2026-03-20")


def test_all_days_have_no_neighbours():
    bar = filter_bar(asked("period=all"))

    assert (bar.days, bar.previous_url, bar.next_url, bar.first_day) == ("All days", "", "", "")
    assert link(bar.shortcuts, "All days").is_current


def test_only_steps_that_can_be_read_are_offered():
    assert [step.label for step in filter_bar(asked("period=30")).steps] == ["Day", "Week", "Month"]
    assert [step.label for step in filter_bar(asked("period=365")).steps] == ["Week", "Month"]
    assert link(filter_bar(asked("period=30&by=day")).steps, "Day").is_current
