from datetime import date, timedelta

import pytest
from django.core.cache import cache

from organisation.enums import Role
from reports import readers
from reports.readers import Reader, latest_readers, note_reader
from tests.factories import make_member

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 31)


class Written:
    """The cache, with a note of what is written to it."""

    def __init__(self, written) -> None:
        self.get, self.set = cache.get, lambda *parts: written.append(parts)


def test_who_came_last_is_first():
    one, other = make_member(Role.MANAGER), make_member(Role.MANAGER)
    for member, language, on in [(one, "en", DAY), (other, "en", DAY), (one, "da", DAY)]:
        note_reader(member, language=language, on=on)

    assert latest_readers(on=DAY) == [Reader(one.pk, "da"), Reader(other.pk, "en"), Reader(one.pk, "en")]


def test_a_reader_is_written_once_a_day(monkeypatch):
    member = make_member(Role.MANAGER)
    note_reader(member, language="en", on=DAY)
    written = []
    monkeypatch.setattr(readers, "cache", Written(written))

    note_reader(member, language="en", on=DAY)
    assert written == []

    note_reader(member, language="en", on=DAY + timedelta(days=1))
    assert len(written) == 1


def test_readers_of_long_ago_are_forgotten():
    note_reader(make_member(Role.MANAGER), language="en", on=DAY)

    assert len(latest_readers(on=DAY + timedelta(days=13))) == 1
    assert latest_readers(on=DAY + timedelta(days=14)) == []


def test_no_more_than_the_latest_are_known(monkeypatch):
    monkeypatch.setattr(readers, "MOST", 2)
    members = [make_member(Role.MANAGER) for _ in range(3)]
    for member in members:
        note_reader(member, language="en", on=DAY)

    assert [reader.member for reader in latest_readers(on=DAY)] == [members[2].pk, members[1].pk]
