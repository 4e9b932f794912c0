import pytest

from organisation.models import Region
from tests.factories import make_location, make_member, make_region
from tests.organisation.views.queries import queries_of

pytestmark = pytest.mark.django_db
LISTING = "/organisation/regions/"


def says(answer):
    return [str(message) for message in answer.context["messages"]]


def test_listing_takes_as_many_queries_for_three_as_for_one(signed_in):
    make_location(region=make_region())
    one = queries_of(signed_in, LISTING)
    make_location(region=make_region()), make_member(regions=[make_region()])

    assert queries_of(signed_in, LISTING) == one


def test_listing_without_regions_says_what_they_are_for(signed_in):
    assert "No regions yet" in signed_in.get(LISTING).content.decode()


def test_add_saves(signed_in):
    answer = signed_in.post(f"{LISTING}add/", {"code": "coast", "name": "Coast"}, follow=True)

    assert (says(answer), Region.objects.get().name) == (["“Coast” was added."], "Coast")


def test_add_refuses_a_code_twice(signed_in):
    make_region(code="coast")

    assert signed_in.post(f"{LISTING}add/", {"code": "coast", "name": "Coast"}).status_code == 422


def test_change_saves_all_but_the_code(signed_in):
    make_region(code="coast")

    signed_in.post(f"{LISTING}coast/change/", {"code": "shore", "name": "Shore"})

    assert Region.objects.values_list("code", "name").get() == ("coast", "Shore")


def test_remove_only_what_nothing_belongs_to(signed_in):
    make_region(code="empty"), make_location(region=make_region(code="used", name="Used"))

    signed_in.post(f"{LISTING}empty/remove/")
    refused = signed_in.post(f"{LISTING}used/remove/", follow=True)

    assert says(refused)[-1] == "Locations or members still belong to “Used”."
    assert list(Region.objects.values_list("code", flat=True)) == ["used"]


def test_unknown_region_is_not_found(signed_in):
    assert signed_in.get(f"{LISTING}nowhere/change/").status_code == 404
