import pytest

from organisation.models import AuditEntry
from reviews.actions.labels import ensure_label
from reviews.models import Label
from tests.factories import make_member
from tests.factories.surveys import NOW
from tests.scoring.concurrency import at_once


@pytest.mark.django_db
def test_a_label_is_made_once_whatever_its_case():
    by = make_member()

    made = [ensure_label(name=name, colour="red", by=by, now=NOW) for name in ("Queue", "QUEUE")]

    assert (made[0], made[0].colour) == (made[1], "red")
    assert (Label.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_letters_that_databases_fold_in_their_own_ways_are_no_error():
    by = make_member()
    names = ["k", "\u212a", "θ", "ϴ", "ß", "ẞ", "i", "İ", "ı", "Σ", "ς"]

    for name in names + names:
        assert ensure_label(name=name, by=by, now=NOW).name in names


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_a_label_that_two_make_at_once_is_one(round_):
    by = make_member("editor")

    made = at_once(*[lambda: ensure_label(name="Queue", by=by, now=NOW)] * 4)

    assert len({label.pk for label in made}) == 1
