import pytest
from django.db import IntegrityError

from cards.actions.printing import NotPublished
from cards.models import PrintRun
from organisation.enums import Role
from organisation.models import AuditEntry
from tests.factories import make_draft, make_member
from tests.factories.cards import make_print_run
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db


def test_run_says_who_when_and_how_many():
    editor = make_member(Role.EDITOR)

    run = make_print_run(copies=250, by=editor)

    run.refresh_from_db()
    assert (run.printed_by, run.printed_at, run.copies) == (editor, NOW, 250)


def test_run_stands_in_the_audit_trail():
    run = make_print_run(copies=250)

    entry = AuditEntry.objects.get(action="printed")

    assert (entry.object_id, entry.by) == (str(run.pk), run.printed_by)


def test_draft_is_not_printed():
    with pytest.raises(NotPublished):
        make_print_run(make_draft())

    assert PrintRun.objects.count() == 0


@pytest.mark.parametrize("copies", [0, 10_001])
def test_number_of_cards_is_bounded(copies):
    with pytest.raises(IntegrityError):
        make_print_run(copies=copies)
