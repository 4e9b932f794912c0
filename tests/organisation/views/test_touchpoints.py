from datetime import UTC, datetime

import pytest

from organisation.models import Touchpoint
from tests.factories import make_touchpoint
from tests.organisation.views.queries import queries_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LISTING = "/organisation/touchpoints/"
TILL = {"code": "till", "name": "Till", "channel": "in_person", "stage": "decision"}


def says(answer):
    return [str(message) for message in answer.context["messages"]]


def test_listing_takes_as_many_queries_for_three_as_for_one(signed_in):
    one = queries_of(signed_in, LISTING)
    make_touchpoint(), make_touchpoint()

    assert queries_of(signed_in, LISTING) == one


def test_add_saves(signed_in):
    answer = signed_in.post(f"{LISTING}add/", TILL, follow=True)

    assert says(answer) == ["“Till” was added."]
    assert Touchpoint.objects.get(code="till").stage == "decision"


@pytest.mark.parametrize(("field", "value"), [("channel", "pigeon"), ("stage", ""), ("code", "service")])
def test_add_refuses(signed_in, field, value):
    answer = signed_in.post(f"{LISTING}add/", {**TILL, field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_change_saves_all_but_the_code(signed_in):
    make_touchpoint(code="till")

    signed_in.post(f"{LISTING}till/change/", {**TILL, "code": "x", "name": "Desk", "channel": "phone"})

    assert Touchpoint.objects.values_list("name", "channel").get(code="till") == ("Desk", "phone")


def test_archive_and_restore(signed_in):
    touchpoint = make_touchpoint(code="till")

    signed_in.post(f"{LISTING}till/archive/")
    touchpoint.refresh_from_db()
    archived = touchpoint.archived_at
    signed_in.post(f"{LISTING}till/restore/")
    touchpoint.refresh_from_db()

    assert (archived is None, touchpoint.archived_at) == (False, None)


def test_default_cannot_be_archived_nor_an_archived_one_be_the_default(signed_in):
    make_touchpoint(code="gone", archived_at=NOW)

    default = signed_in.post(f"{LISTING}service/archive/", follow=True)
    archived = signed_in.post(f"{LISTING}gone/default/", follow=True)

    assert says(default) == ["Make another touchpoint the default first."]
    assert says(archived) == ["Restore the touchpoint first."]


def test_default_moves(signed_in):
    make_touchpoint(code="till", name="Till")

    answer = signed_in.post(f"{LISTING}till/default/", follow=True)

    assert says(answer) == ["“Till” is the default touchpoint now."]
    assert Touchpoint.objects.get(is_default=True).code == "till"
