import pytest

from feedback_site.demo.mentions import MENTIONS, make_mentions
from feedback_site.demo.places import make_places
from reviews.models import Review
from tests.factories.surveys import NOW


@pytest.mark.django_db
def test_the_demo_has_mentions_once():
    make_places()

    assert (make_mentions(now=NOW), make_mentions(now=NOW)) == (MENTIONS, 0)
    assert Review.objects.exclude(scale_score=None).exists()
    assert Review.objects.exclude(answered_on=None).exists()
