from datetime import UTC, date, datetime

import pytest

from feedback_site.demo.changes import make_process_changes
from feedback_site.demo.places import make_places
from reports.models import ProcessChange
from tests.factories import make_member, make_survey

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_plot_of_the_demo_is_noted_where_and_when_it_happens():
    make_places()

    make_process_changes(make_survey(), by=make_member("editor"), now=NOW)

    found = {
        note.changed_on: (note.region and note.region.code, [place.code for place in note.locations.all()])
        for note in ProcessChange.objects.all()
    }
    assert found == {date(2025, 8, 30): ("coast", []), date(2025, 11, 29): (None, ["grand-square"])}
