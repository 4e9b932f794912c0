import pytest

from organisation.models import AuditEntry
from reviews.actions.pages import remove_page_part, save_page_part
from reviews.models import ReviewPlace
from tests.factories import make_member
from tests.factories.surveys import NOW


@pytest.mark.django_db
def test_adding_changing_and_removing_are_told():
    place, by = ReviewPlace(name="Stars", url="https://stars.example/"), make_member()

    for _twice in range(2):
        save_page_part(part=place, by=by, now=NOW)
    remove_page_part(part=place, by=by, now=NOW)

    told = list(AuditEntry.objects.order_by("pk").values_list("action", "label"))
    assert told == [("added", "Stars"), ("changed", "Stars"), ("removed", "Stars")]
