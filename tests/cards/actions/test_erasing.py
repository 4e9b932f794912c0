import pytest
from django.db import IntegrityError, transaction

from cards.actions.erasing import erase_keyed_texts
from cards.models import Keying
from tests.factories import make_batch, make_card, make_draft, make_published, make_question, make_survey
from tests.factories.surveys import FIVE

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    draft = make_draft(make_survey(), FIVE)
    make_question(draft, 6, key="comment", kind="text")
    make_question(
        draft,
        7,
        key="where",
        kind="single_choice",
        options=[{"key": "a", "label": "Shop"}, {"key": "b", "label": "Phone"}],
    )
    version = make_published(draft=draft)
    return make_card(make_batch(version.survey), texts={"comment": ["Kind people"], "where": ["a"]})


def test_texts_go_and_all_else_that_was_keyed_stays(card):
    before = Keying.objects.values("ratings", "by", "at", "turn", "revision").get()

    erase_keyed_texts(card_id=card.pk)

    assert Keying.objects.get().answers == {"where": "a"}
    assert Keying.objects.values("ratings", "by", "at", "turn", "revision").get() == before


@pytest.mark.parametrize(
    "change",
    [
        {"ratings": "11111.."},
        {"answers": {"comment": "Kind people!", "where": "a"}},
        {"answers": {}, "revision": 3},
        {"answers": {}, "ratings": "11111.."},
    ],
    ids=str,
)
def test_a_keying_changes_in_no_other_way(card, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Keying.objects.filter(card=card).update(**change)
