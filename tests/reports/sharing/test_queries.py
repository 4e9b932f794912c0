import pytest
from django.utils import timezone

from organisation.enums import Role
from reports.sharing.queries import link_rows, shared_by
from tests.factories import make_location, make_member, make_published, make_share

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_published().survey


def test_a_list_says_which_open_anything(survey):
    now, place = timezone.now(), make_location()
    member = make_member(Role.MANAGER, locations=[place])
    make_share(survey, owner=member, token="1", name="ended", now=now, revoked_at=now)
    make_share(survey, owner=member, token="2", name="open", now=now)

    assert {row.link.name: row.is_open for row in link_rows(member, now=now)} == {
        "ended": False,
        "open": True,
    }
    member.locations.clear()
    assert {row.is_open for row in link_rows(member, now=now)} == {False}


def test_a_list_takes_as_many_queries_for_three_as_for_one(survey, django_assert_num_queries):
    now, member = timezone.now(), make_member(Role.MANAGER, locations=[make_location()])
    for token in ("1", "2", "3"):
        make_share(survey, owner=member, token=token)
        with django_assert_num_queries(3):
            assert all(row.is_open for row in link_rows(member, now=now))


def test_a_token_opens_its_own_link(survey):
    link = make_share(survey, token="mine")
    make_share(survey, token="theirs")

    assert shared_by("mine", at=timezone.now()) == (link, link.report)
    assert shared_by("nobodys", at=timezone.now()) is None
