from datetime import UTC, datetime, timedelta

import pytest

from organisation import trail
from organisation.actions import record_change
from organisation.models import AuditEntry, Organisation
from tests.factories import make_location
from tests.organisation.views.queries import queries_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
TRAIL = "/organisation/audit/"


def note(administrator, name, at=NOW):
    return record_change(action="changed", subject=make_location(name=name), by=administrator, now=at)


def test_trail_takes_as_many_queries_for_three_as_for_one(signed_in, administrator):
    note(administrator, "A")
    one = queries_of(signed_in, TRAIL)
    note(administrator, "B"), note(administrator, "C")

    assert queries_of(signed_in, TRAIL) == one


def test_trail_says_who_did_what_by_the_organisations_clock(signed_in, administrator):
    Organisation.objects.update(time_zone="Europe/Prague")
    note(administrator, "North <b>")

    page = signed_in.get(TRAIL).content.decode()

    assert "Changed location “North &lt;b&gt;”" in page
    assert "3 Mar 2026, 00:30" in page
    assert "by the clock of Europe/Prague" in page
    assert "Ada" in page


def test_trail_says_whether_nothing_was_done_or_nothing_fits(signed_in, administrator):
    assert "Nothing was changed yet." in signed_in.get(TRAIL).content.decode()
    note(administrator, "North")

    assert "Nothing fits these filters." in signed_in.get(TRAIL, {"words": "south"}).content.decode()


def test_trail_goes_on_with_the_same_filters(signed_in, administrator, monkeypatch):
    monkeypatch.setattr(trail, "ENTRIES_ON_A_PAGE", 1)
    note(administrator, "Older", at=NOW - timedelta(minutes=1))
    newer = note(administrator, "Newer")

    first = signed_in.get(TRAIL, {"kind": "location"})
    second = signed_in.get(TRAIL, {"kind": "location", "before": newer.pk})

    assert f'href="?kind=location&amp;before={newer.pk}"' in first.content.decode()
    assert [line.text for line in second.context["page"].lines] == ["Changed location “Older”"]


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "before=-1",
        "before=999",
        "before=" + "9" * 5000,
        "before=²",
        "first=0001-01-01",
        "words=%00",
        "by=x",
        "kind=%00",
    ],
)
def test_trail_bears_any_address(signed_in, administrator, query):
    note(administrator, "North")

    assert signed_in.get(f"{TRAIL}?{query}").status_code == 200


def test_trail_is_only_looked_at(signed_in):
    assert signed_in.post(TRAIL).status_code == 405
    assert AuditEntry.objects.count() == 0
