import pytest
from django.db import DataError, IntegrityError, transaction

from surveys.models import Response
from tests.factories import make_location, make_member, make_published, make_response

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ratings", ["", "6", "0", "5 5", "1" * 21, "a", "5\n"])
def test_ratings_are_1_to_5_or_a_sign(ratings):
    version = make_published()

    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        make_response(version, ratings)

    assert Response.objects.count() == 0


def test_every_sign_is_stored_as_it_is():
    assert make_response(make_published(), "12345x-?.").ratings == "12345x-?."


def test_a_held_response_cannot_be_scored():
    response = make_response(make_published(), is_held=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(is_scored=True)


def test_unscored_leaves_out_what_is_held():
    version = make_published()
    waiting = make_response(version)
    make_response(version, is_held=True)
    make_response(version, is_scored=True)

    assert list(Response.objects.unscored()) == [waiting]


def test_visible_to_shows_only_responses_of_the_members_locations():
    version, here = make_published(), make_location()
    own = make_response(version, location=here)
    make_response(version)

    assert list(Response.objects.visible_to(make_member(locations=[here]))) == [own]
