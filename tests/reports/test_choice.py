import pytest

from organisation.models import Location, Region, Touchpoint
from reports.choice import choose
from reports.filters import Filters
from reports.periods import Period
from reports.vocabulary import Vocabulary
from tests.reports.answers import TODAY

COAST = Region(pk=1, code="coast", name="Coast")
VOCABULARY = Vocabulary(
    surveys=(),
    locations={
        "harbour": Location(pk=1, code="harbour", region=COAST),
        "pier": Location(pk=2, code="pier", region=COAST),
        "station": Location(pk=3, code="station"),
    },
    touchpoints={
        "till": Touchpoint(pk=1, code="till", channel="phone", stage="decision"),
        "desk": Touchpoint(pk=2, code="desk", channel="post", stage="after_purchase"),
    },
    sees_everywhere=True,
)


def chosen(**facets):
    return choose(Filters(survey="service", period=Period(TODAY, TODAY), **facets), VOCABULARY)


def test_without_filters_everything_passes():
    choice = chosen()

    assert [facet.chosen for facet in choice.facets] == [None, None, None]
    assert choice.is_everything is True


@pytest.mark.parametrize(
    ("facets", "locations"),
    [
        ({"location": ("harbour", "station")}, {1, 3}),
        ({"region": ("coast",)}, {1, 2}),
        ({"region": ("coast",), "location": ("harbour", "station")}, {1}),
        ({"region": ("coast",), "location": ("station",)}, set()),
    ],
)
def test_values_of_a_filter_add_up_and_filters_narrow_each_other(facets, locations):
    assert chosen(**facets).locations.chosen == locations


@pytest.mark.parametrize(
    ("facets", "touchpoints"),
    [
        ({"stage": ("decision",)}, {1}),
        ({"channel": ("post",)}, {2}),
        ({"channel": ("post",), "stage": ("decision",)}, set()),
        ({"touchpoint": ("till", "desk")}, {1, 2}),
        ({"stage": ("decision",), "touchpoint": ("desk",)}, set()),
    ],
)
def test_channels_and_stages_choose_their_touchpoints(facets, touchpoints):
    assert chosen(**facets).touchpoints.chosen == touchpoints


def test_a_choice_of_any_facet_is_not_everything():
    assert [
        chosen(**facets).is_everything
        for facets in ({"location": ("harbour",)}, {"stage": ("decision",)}, {"mode": ("kiosk",)})
    ] == [False, False, False]


def test_parts_know_the_group_that_they_can_be_chosen_with():
    choice = chosen()

    assert choice.locations.group_of == {1: 1, 2: 1, 3: None}
    assert choice.touchpoints.group_of == {1: "decision", 2: "after_purchase"}
