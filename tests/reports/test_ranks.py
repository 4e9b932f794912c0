import pickle
from dataclasses import astuple
from functools import reduce
from operator import add

import pytest

from metrics.comparison import UNKNOWN, change_in_mean
from metrics.dimensions import DimensionSums, response_score
from metrics.false_discovery import hold_verdicts
from reports.ranks import Field, Place, ranked, standings
from reports.results import Computed, Empty, LocationResult, Withheld
from reports.scores import scored

MINIMUM = 5
PLACES = [Place(key, f"code-{key}", name, "North") for key, name in enumerate("EDCBAFG")]


def sums(*ratings):
    return DimensionSums.of(response_score([one, 4], [1, 1]) for one in ratings)


SPEED = [sums(*[5] * 40, 4), sums(*[1] * 30, 2), sums(*[3] * 6, 4), sums(), sums(*[3] * 6, 4), sums(2, 2)]
QUALITY = [sums(*[4] * 9), sums(*[5] * 8, 1), sums(*[2, 3] * 20), sums(*[4, 5] * 9), sums(), sums(*[3] * 7)]


def field(parts, hidden=frozenset()):
    return Field(reduce(add, parts), {at: astuple(one) for at, one in enumerate(parts) if one.n}, hidden)


@pytest.fixture
def fields():
    return [field(SPEED), field(QUALITY, hidden={2})]


def one_by_one(fields):
    """By field and place, the score and the comparison as they are worked out for each alone, held all at once."""
    shown = [
        {key: DimensionSums(*one) for key, one in each.sums.items() if one[0] >= MINIMUM} for each in fields
    ]
    keys = [(at, key) for at, each in enumerate(fields) for key in shown[at] if key not in each.hidden]
    changes = hold_verdicts(
        [change_in_mean(shown[at][key], fields[at].total - shown[at][key]) for at, key in keys]
    )
    scores = [scored(some, set(), MINIMUM) for some in shown]
    return {(at, key): (scores[at][key], change) for (at, key), change in zip(keys, changes, strict=True)}


def test_each_place_is_scored_and_compared_as_if_it_were_alone(fields):
    found = [
        {(at, PLACES[int(place.code[5:])].key): (place.score, place.against) for place in places}
        for at, places in enumerate(ranked(fields, PLACES, MINIMUM))
    ]

    told = {key: one for some in found for key, one in some.items() if isinstance(one[0], Computed)}
    assert told == one_by_one(fields)
    assert {change.is_clear for _score, change in told.values()} == {True, False}


def test_the_best_come_first_and_those_without_responses_last(fields):
    speed, quality = ranked(fields, PLACES, MINIMUM)

    assert [(place.name, type(place.score)) for place in speed] == [
        ("E", Computed),
        ("A", Computed),
        ("C", Computed),
        ("D", Computed),
        ("F", Withheld),
        ("B", Empty),
        ("G", Empty),
    ]
    assert [place.name for place in quality if isinstance(place.score, Withheld)] == ["C"]


def test_of_what_may_not_be_shown_nothing_is_kept(fields):
    speed, quality = ranked(fields, PLACES, MINIMUM)

    withheld = [place for place in (*speed, *quality) if not isinstance(place.score, Computed)]
    assert [place.against for place in withheld] == [UNKNOWN] * 6
    for places, name in ((speed, "F"), (quality, "C")):
        at = [place.name for place in places].index(name)
        assert not places.sheet.sums[:, at].any()
        assert not places.sheet.means[at].any()


def test_standings_say_the_same_as_the_places(fields):
    speed, _quality = ranked(fields, PLACES, MINIMUM)

    told, alone = standings(speed), standings(tuple(speed))
    assert [one.brief._replace(verdict=None) for one in told] == [
        one.brief._replace(verdict=None) for one in alone
    ]
    assert [one[:3] for one in told] == [one[:3] for one in alone]
    assert [one.brief.verdict for one in told if one.brief.is_computed] == [
        place.against.verdict for place in speed if isinstance(place.score, Computed)
    ]


def test_places_are_a_sequence_like_any_other(fields):
    speed, quality = ranked(fields, PLACES, MINIMUM)

    assert len(speed) == len(PLACES)
    assert isinstance(speed[-1], LocationResult)
    assert speed[1:3] == (speed[1], speed[2])
    assert speed == tuple(speed)
    assert speed != quality
    with pytest.raises(IndexError):
        speed[len(PLACES)]


def test_what_is_kept_is_small_and_comes_back(fields):
    speed, _quality = ranked(fields, PLACES, MINIMUM)
    before = len(pickle.dumps(speed))
    assert isinstance(speed[0].score, Computed)

    assert len(pickle.dumps(speed)) == before
    assert pickle.loads(pickle.dumps(speed)) == speed  # noqa: S301 - our own


def test_without_places_or_dimensions_there_is_nothing_to_rank(fields):
    assert ranked([], PLACES, MINIMUM) == []
    assert [list(places) for places in ranked(fields, [], MINIMUM)] == [[], []]
