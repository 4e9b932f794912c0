import pytest

from organisation.models import Location
from reports.changes.finding import MOST_SHOWN, offered
from tests.factories import make_location, make_region

pytestmark = pytest.mark.django_db


def offer(words="", ticked=()):
    return offered(Location.objects.all(), ticked=[one.pk for one in ticked], words=words)


def test_few_are_all_there():
    make_location(name="Harbour")

    assert offer().are_all
    assert "Harbour" in {place.name for place in offer().found}


def test_of_many_what_is_ticked_comes_first_and_once():
    places = [make_location(name=f"Site {at:02}") for at in range(MOST_SHOWN + 1)]

    found = offer("site", ticked=places[-1:])

    assert not found.are_all
    assert (found.ticked, found.found[0], len(found.found), found.more) == (
        places[-1:],
        places[0],
        MOST_SHOWN,
        0,
    )
    assert len(dict(found.choices)) == MOST_SHOWN + 1


def test_a_region_is_found_by_its_name_and_told_beside_the_location():
    for at in range(MOST_SHOWN + 1):
        make_location(name=f"Site {at:02}")
    make_location(name="Harbour", region=make_region(name="Coast"))

    assert [name for _key, name in offer("coast").choices] == ["Harbour \N{MIDDLE DOT} Coast"]


def test_it_takes_as_many_queries_for_thousands(django_assert_num_queries):
    for at in range(MOST_SHOWN + 20):
        make_location(name=f"Site {at:02}")

    with django_assert_num_queries(3):
        offer("site")
