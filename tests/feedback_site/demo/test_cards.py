from datetime import UTC, datetime

import pytest

from cards.enums import CardState
from cards.models import Batch, Card, KeyerMonth
from feedback_site.demo.cards import make_cards
from feedback_site.demo.places import make_members, make_places
from feedback_site.demo.surveys import make_other_surveys
from organisation.models import Member
from scoring.actions import score_pending
from tests.scoring.plain import assert_cells_are_right

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.mark.once
@pytest.mark.django_db
def test_every_page_of_cards_has_something_to_show():
    make_places()
    make_members()
    make_other_surveys(by=Member.objects.get(email="editor@example.org"), begun=NOW)

    make_cards(now=NOW)

    today = NOW.date()
    assert [Batch.objects.closed().count(), Batch.objects.open().count()] == [1, 3]
    assert [Batch.objects.late(today=today).count(), Batch.objects.unbalanced().count()] == [2, 1]
    assert set(Card.objects.values_list("state", flat=True)) == set(CardState.values)
    assert KeyerMonth.objects.exists()
    score_pending(now=NOW)
    assert_cells_are_right()
