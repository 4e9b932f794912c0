from datetime import UTC, datetime, timedelta

import pytest

from surveys.actions.unsubscribing import subscribe_again, unsubscribe
from surveys.models import Unsubscribed

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ANNA = b"anna"


@pytest.mark.django_db
def test_unsubscribing_twice_keeps_the_first_day_and_is_taken_back_once():
    first = unsubscribe(key=ANNA, now=NOW)
    second = unsubscribe(key=ANNA, now=NOW + timedelta(days=3))

    assert (first, second) == (True, False)
    assert [str(day) for day in Unsubscribed.objects.values_list("unsubscribed_on", flat=True)] == [
        "2026-03-02"
    ]

    subscribe_again(key=b"bert")
    assert Unsubscribed.objects.count() == 1
    subscribe_again(key=ANNA)
    subscribe_again(key=ANNA)
    assert Unsubscribed.objects.count() == 0
