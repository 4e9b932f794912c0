import pytest
from django.db import DatabaseError, IntegrityError, transaction

from organisation.enums import Role
from press.alone import TookTooLong
from reports import storing
from reports.frozen import thaw
from reports.models import StoredReport
from reports.storing import CannotBeRead, NotNow, may_still_read, store_report
from tests.factories import make_location, make_member, make_published, make_region
from tests.factories.reports import NOW
from tests.reports.answers import counted, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_published()
    counted(version, *["55443"] * 6)
    return version


def stored(version, member=None, query="period=30"):
    member = member or make_member(Role.ADMINISTRATOR)
    return store_report(
        member=member, filters=f"survey={version.survey.slug}&{query}", language="en", now=NOW
    )


def test_it_says_what_the_report_said(version):
    kept = stored(version)

    said = thaw(bytes(kept.result)).report
    assert said == report(f"survey={version.survey.slug}&period=30")
    assert bytes(kept.pdf).startswith(b"%PDF")
    assert kept.data_version == version.survey.data_version.number


def test_it_stays_whatever_comes_in(version):
    kept = stored(version)
    before = bytes(kept.result), bytes(kept.pdf)
    counted(version, *["11111"] * 9)

    kept.refresh_from_db()
    assert (bytes(kept.result), bytes(kept.pdf)) == before
    assert bytes(stored(version, kept.member).result) != before[0]


@pytest.mark.parametrize("change", [{"result": b""}, {"pdf": b""}, {"filters": "survey=other"}], ids=str)
def test_the_database_refuses_to_change_it(version, change):
    stored(version)

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        StoredReport.objects.update(**change)


def test_each_is_told_of_their_own_places(version):
    mine, others = make_location(), make_location()
    counted(version, *["55555"] * 6, location=mine)
    counted(version, *["11111"] * 6, location=others)
    manager = make_member(Role.MANAGER, locations=[mine])

    kept = stored(version, manager)

    said = thaw(bytes(kept.result)).report
    assert (said.responses, kept.places) == (6, [mine.pk])


@pytest.mark.parametrize(
    ("role", "fields", "query"),
    [
        (Role.CLERK, {}, "period=30"),
        (Role.ADMINISTRATOR, {"is_active": False}, "period=30"),
        (Role.ADMINISTRATOR, {}, "location=nowhere"),
    ],
)
def test_what_may_not_be_read_is_not_made(version, role, fields, query):
    with pytest.raises(CannotBeRead):
        stored(version, make_member(role, **fields), query)


def test_a_press_that_is_too_slow_is_tried_again(version, monkeypatch):
    def slow(*_report):
        raise TookTooLong

    monkeypatch.setattr(storing, "report_pdf", slow)

    with pytest.raises(NotNow):
        stored(version)


class TestMayStillRead:
    def test_while_the_scope_covers_it(self, version):
        region = make_region()
        place = make_location(region=region)
        manager = make_member(Role.MANAGER, locations=[place])
        kept = stored(version, manager)

        assert may_still_read(kept, manager)
        manager.locations.clear()
        assert not may_still_read(kept, manager)
        manager.regions.add(region)
        assert may_still_read(kept, manager)

    @pytest.mark.parametrize(
        "change", [{"is_active": False}, {"role": Role.EDITOR}, {"role": Role.MANAGER}], ids=str
    )
    def test_not_without_the_role(self, version, change):
        member = make_member(Role.ADMINISTRATOR)
        kept = stored(version, member)
        for name, value in change.items():
            setattr(member, name, value)

        assert not may_still_read(kept, member)
