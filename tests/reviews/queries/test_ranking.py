import pytest

from organisation.enums import Role
from organisation.models import Location
from reviews.models import ReviewTally
from reviews.queries.ranking import ranking_of
from tests.factories import make_location, make_member
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def rated(name, *counts):
    location = make_location(name=name)
    scores = {f"score_{score}": n for score, n in enumerate(counts, start=1)}
    ReviewTally.objects.create(location=location, **scores)
    return location


def names(rows):
    return [row.location.name for row in rows]


def test_few_good_ratings_do_not_stand_above_many():
    rated("few", 0, 0, 0, 0, 5)
    rated("many", 0, 0, 0, 20, 80)
    rated("poor", 20, 20, 20, 20, 20)

    found = ranking_of(make_member(Role.EDITOR))

    assert names(found.rows) == ["many", "few", "poor"]
    assert [row.ratings.mean for row in found.rows] == [4.8, 5, 3]


def test_small_groups_are_named_without_their_numbers():
    small = rated("small", 0, 0, 0, 0, 4)
    rated("none", 0, 0, 0, 0, 0)

    found = ranking_of(make_member(Role.EDITOR))

    assert (found.rows, found.too_few, found.minimum) == ([], [small], 5)


def test_members_compare_their_own_open_locations():
    here = rated("here", 0, 0, 0, 0, 9)
    rated("elsewhere", 0, 0, 0, 0, 9)
    closed = rated("closed", 0, 0, 0, 0, 9)
    Location.objects.filter(pk=closed.pk).update(archived_at=NOW)

    assert names(ranking_of(make_member(locations=[here, closed])).rows) == ["here"]


def test_an_interval_says_how_sure_a_mean_is():
    rated("here", 0, 0, 0, 20, 80)

    [row] = ranking_of(make_member(Role.EDITOR)).rows

    assert (round(row.interval.low, 2), round(row.interval.high, 2)) == (4.72, 4.88)
