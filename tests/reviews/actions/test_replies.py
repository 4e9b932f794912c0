import pytest

from organisation.enums import Role
from organisation.models import AuditEntry
from reviews.actions.replies import reply_to_review
from reviews.models import Reply
from tests.factories import make_member, make_review
from tests.factories.surveys import NOW


@pytest.mark.django_db
def test_a_revised_reply_keeps_the_one_before_it():
    review, by = make_review(), make_member(Role.EDITOR)

    for text in ("Thank you", "Thank you", "Sorry", ""):
        reply_to_review(review=review, text=text, is_public=True, by=by, now=NOW)

    assert list(Reply.objects.order_by("pk").values_list("text", flat=True)) == ["Thank you", "Sorry"]
    assert not Reply.objects.public().exists()
    told = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert told == ["replied to", "revised the reply to", "took back the reply to"]
