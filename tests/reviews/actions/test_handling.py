import pytest

from organisation.enums import Role
from organisation.models import AuditEntry
from reviews.actions.handling import assign_reviews, handle_reviews, label_reviews, set_labels
from reviews.actions.labels import ensure_label
from reviews.models import Review
from tests.factories import make_label, make_member, make_mention
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_member(Role.EDITOR)


@pytest.fixture
def reviews():
    for _each in range(3):
        make_mention()
    return Review.objects.all()


def told():
    return sorted(AuditEntry.objects.values_list("action", flat=True))


def test_many_are_given_to_a_member_and_taken_back(reviews, by):
    first = assign_reviews(reviews=reviews, to=by, by=by, now=NOW)
    again = assign_reviews(reviews=reviews, to=by, by=by, now=NOW)
    back = assign_reviews(reviews=reviews.filter(pk=reviews[0].pk), to=None, by=by, now=NOW)

    assert (first, again, back) == (3, 0, 1)
    assert reviews.filter(assigned_to=by).count() == 2
    assert told() == ["assigned"] * 3 + ["assigned to nobody"]


def test_many_are_ticked_off_and_who_did_it_first_stays(reviews, by):
    one = reviews.filter(pk=reviews[0].pk)
    handle_reviews(reviews=one, is_handled=True, by=by, now=NOW)

    count = handle_reviews(reviews=reviews, is_handled=True, by=make_member(), now=NOW)

    assert (count, one.get().handled_by) == (2, by)
    assert handle_reviews(reviews=reviews, is_handled=False, by=by, now=NOW) == 3
    assert not reviews.handled().exists()
    assert told() == ["handled"] * 3 + ["took up again"] * 3


def test_a_label_is_put_on_many_and_taken_off(reviews, by):
    label = make_label()
    label_reviews(reviews=reviews.filter(pk=reviews[0].pk), label=label, is_set=True, by=by, now=NOW)

    added = label_reviews(reviews=reviews, label=label, is_set=True, by=by, now=NOW)
    removed = label_reviews(reviews=reviews, label=label, is_set=False, by=by, now=NOW)

    assert (added, removed, label.reviews.count()) == (2, 3, 0)
    assert told() == ["labelled"] * 3 + ["unlabelled"] * 3


def test_labels_are_set_as_they_are_wanted_and_told_once(reviews, by):
    review, label, other = reviews[0], make_label(name="Queue"), make_label(name="Bread")
    review.labels.add(other)

    for _twice in range(2):
        named = ensure_label(name="queue", by=by, now=NOW)
        set_labels(review=review, labels=[named], by=by, now=NOW)

    assert list(review.labels.all()) == [label]
    assert AuditEntry.objects.get().changes == {"labels": ["Bread", "Queue"]}


def test_the_trail_says_to_whom_and_which_label(reviews, by):
    assign_reviews(reviews=reviews, to=by, by=by, now=NOW)
    label_reviews(reviews=reviews, label=make_label(name="Queue"), is_set=True, by=by, now=NOW)

    told = AuditEntry.objects.values_list("action", "changes").order_by("pk")
    assert list(told) == [("assigned", {"to": str(by)})] * 3 + [("labelled", {"label": "Queue"})] * 3
