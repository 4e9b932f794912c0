from datetime import UTC, datetime

import pytest

from feedback_site.demo.places import make_members, make_places
from feedback_site.demo.reviews import make_reviews
from feedback_site.demo.surveys import make_other_surveys
from organisation.models import Member
from reviews.enums import HiddenReason, ReviewState
from reviews.models import Note, Reply, Review, ReviewPlace

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_of_reviews_has_something_to_show():
    make_places()
    make_members()
    make_other_surveys(by=Member.objects.get(email="editor@example.org"), begun=NOW)

    make_reviews(now=NOW)

    assert set(Review.objects.values_list("state", flat=True)) == set(ReviewState)
    assert set(Review.objects.hidden().values_list("hidden_reason", flat=True)) == set(HiddenReason)
    assert min(model.objects.count() for model in (Reply, Note, ReviewPlace)) >= 2
