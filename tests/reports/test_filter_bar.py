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


def test_a_phone_is_told_the_days_in_few_words():
    assert filter_bar(asked("period=30")).chosen == "30 days"
    assert filter_bar(asked("from=2026-03-01&to=2026-03-10")).chosen == "1 Mar to 10 Mar 2026"


def test_the_period_steps_by_its_own_length():
    bar = filter_bar(asked("from=2026-03-01&to=2026-03-10"))

    assert (bar.days, bar.first_day, bar.last_day) == ("1 Mar to 10 Mar 2026", "2026-03-01", "2026-03-10")
    assert bar.previous_url.endswith("from=2026-02-19&to=2026-02-28")
    assert bar.next_url.endswith("from=2026-03-11&to=2026-03-20")
    assert (bar.previous_days, bar.next_days) == ("19 Feb to 28 Feb 2026", "11 Mar to 20 Mar 2026")


def test_all_days_have_no_neighbours():
    bar = filter_bar(asked("period=all"))

    assert (bar.days, bar.previous_url, bar.next_url, bar.first_day) == ("All days", "", "", "")
    assert bar.comparison is None
    assert link(bar.shortcuts, "All days").is_current


def test_only_steps_that_can_be_read_are_offered():
    assert [step.label for step in filter_bar(asked("period=30")).steps] == [
        "Day",
        "Week",
        "Month",
        "Quarter",
    ]
    assert [step.label for step in filter_bar(asked("period=365")).steps] == ["Week", "Month", "Quarter"]
    assert link(filter_bar(asked("period=30&by=day")).steps, "Day").is_current


MARCH = "from=2026-03-01&to=2026-03-31"


def test_the_bar_says_what_is_compared_and_offers_the_rest():
    comparison = filter_bar(asked(f"location=harbour&{MARCH}&compare=year")).comparison

    assert comparison.summary == "Compared with 1 Mar to 31 Mar 2025"
    assert [(one.label, one.is_current) for one in comparison.links] == [
        ("The days before", False),
        ("The year before", True),
        ("Nothing", False),
    ]
    assert ("location", "harbour") in comparison.kept
    assert {name for name, _value in comparison.kept} == {"survey", "location", "from", "to"}
    assert filter_bar(asked(f"{MARCH}&compare=none")).comparison.summary == "Not compared"


def test_chosen_days_stand_in_their_fields_and_stay_with_the_other_filters():
    bar = filter_bar(asked(f"{MARCH}&compare_from=2026-01-01&compare_to=2026-01-10"))

    assert bar.comparison.summary == "Compared with 1 Jan to 10 Jan 2026 (10 days against 31)"
    assert (bar.comparison.first_day, bar.comparison.last_day) == ("2026-01-01", "2026-01-10")
    assert not any(one.is_current for one in bar.comparison.links)
    assert bar.kept == (("compare_from", "2026-01-01"), ("compare_to", "2026-01-10"))


def test_a_period_that_moves_leaves_chosen_days_behind_and_keeps_the_year():
    chosen = filter_bar(asked(f"{MARCH}&compare_from=2026-01-01&compare_to=2026-01-10")).shortcuts
    year = filter_bar(asked(f"{MARCH}&compare=year")).shortcuts

    assert not any("compare" in one.url for one in chosen)
    assert all("compare=year" in one.url for one in year)


def test_a_year_before_is_not_offered_for_more_than_a_year():
    comparison = filter_bar(asked("from=2024-03-01&to=2026-03-31")).comparison

    assert [one.label for one in comparison.links] == ["The days before", "Nothing"]
