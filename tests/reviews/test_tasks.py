import pytest

from reviews.models import Review
from reviews.tasks import hear_pending
from tests.factories import make_response, with_comment


@pytest.mark.django_db
def test_the_task_reads_what_waits():
    make_response(with_comment(), "12345.", answers={"comment": "Too slow"})

    hear_pending()

    assert Review.objects.count() == 1
