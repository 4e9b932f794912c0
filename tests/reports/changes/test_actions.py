from datetime import UTC, date, datetime

import pytest

from organisation.models import AuditEntry
from reports.changes.actions import remove_process_change, save_process_change
from reports.models import ProcessChange
from tests.factories import make_location, make_member, make_process_change, make_published, make_region

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def survey():
    return make_published().survey


def test_a_note_is_kept_with_who_wrote_it_and_told_to_the_trail(survey):
    editor, place = make_member("editor"), make_location(name="Harbour")
    change = ProcessChange(survey=survey, changed_on=date(2026, 3, 2), words="Two more tills")

    save_process_change(change=change, locations=[place], by=editor, now=NOW)

    stored = ProcessChange.objects.get()
    assert (stored.written_at, stored.written_by) == (NOW, editor)
    assert list(stored.locations.all()) == [place]
    entry = AuditEntry.objects.get(action="added", kind="processchange")
    assert entry.changes == {
        "survey": [None, str(survey)],
        "changed_on": [None, "2026-03-02"],
        "words": [None, "Two more tills"],
        "locations": [None, "Harbour"],
    }


def test_a_change_tells_the_trail_what_was(survey):
    north = make_region(name="North")
    change = make_process_change(survey, words="One till", region=north)
    change.words = "Two tills"

    save_process_change(change=change, locations=[], by=make_member("editor"), now=NOW)

    assert AuditEntry.objects.get(action="changed").changes == {"words": ["One till", "Two tills"]}
    assert ProcessChange.objects.get().written_at == NOW


def test_what_was_removed_stays_in_the_trail(survey):
    remove_process_change(
        change=make_process_change(survey, words="One till"), by=make_member("editor"), now=NOW
    )

    assert not ProcessChange.objects.exists()
    assert AuditEntry.objects.get(action="removed").changes["words"] == ["One till", None]
