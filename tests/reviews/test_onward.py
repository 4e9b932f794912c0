import pytest

from organisation.models import Location
from reviews.onward import links
from tests.factories import make_location, make_review_place


@pytest.mark.django_db
def test_links_are_those_of_the_place_and_of_everywhere_in_order():
    here = Location.objects.get(is_default=True)
    make_review_place(name="Second", position=2)
    make_review_place(name="First", location=here)
    make_review_place(name="Not here", location=make_location())

    assert [name for name, _url in links(here.pk)] == ["First", "Second"]
