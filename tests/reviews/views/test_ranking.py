import pytest

from organisation.enums import Role
from reviews.models import ReviewTally
from tests.factories import make_location, make_member

pytestmark = pytest.mark.django_db
PAGE = "/reviews/locations/"


@pytest.fixture
def editor(client):
    client.force_login(make_member(Role.EDITOR))
    return client


def test_the_page_shows_the_plain_mean_and_says_how_it_sorts(editor):
    ReviewTally.objects.create(location=make_location(name="Mill"), score_4=20, score_5=80)
    ReviewTally.objects.create(location=make_location(name="Quay"), score_1=4)

    page = editor.get(PAGE).content.decode()

    assert "4.80" in page
    assert "4.72 – 4.88" in page
    assert "Sorted by the Bayesian mean" in page
    assert "1 location has fewer than 5 ratings:" in page
    assert "1.00" not in page


def test_an_empty_page_says_what_is_missing(editor):
    assert "once 5 published reviews" in editor.get(PAGE).content.decode()


def test_a_page_takes_as_many_queries_with_one_location_as_with_three(editor, django_assert_num_queries):
    for many in (1, 2):
        for _each in range(many):
            ReviewTally.objects.create(location=make_location(), score_5=9)
        with django_assert_num_queries(5):
            editor.get(PAGE)
