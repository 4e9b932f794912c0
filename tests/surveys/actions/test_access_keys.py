from datetime import timedelta

import pytest

from surveys.actions.access_keys import (
    CALLS_A_MINUTE,
    TooManyCalls,
    make_access_key,
    revoke_access_key,
    use_access_key,
)
from surveys.models import AccessKey
from tests.factories import make_member
from tests.factories.invitations import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_access_key(
        name="Till", may_add_recipients=True, may_report_bounces=False, by=make_member("editor"), now=NOW
    )


def test_key_is_known_once(made):
    row, secret = made

    assert use_access_key(secret, now=NOW) == row
    assert len(secret) > 40
    stored = str(AccessKey.objects.values().get())
    assert secret not in stored
    assert secret[:8] in stored


@pytest.mark.parametrize("given", ["", "fb_", "fb_wrong", "\ud800", "x" * 10_000])
def test_what_is_no_key_opens_nothing(made, given):
    assert use_access_key(given, now=NOW) is None


def test_revoked_key_opens_nothing(made):
    row, secret = made

    for _twice in range(2):
        revoke_access_key(key=row, by=row.created_by, now=NOW)

    assert use_access_key(secret, now=NOW) is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "clerk"}])
def test_key_does_what_its_maker_may(made, change):
    row, secret = made
    type(row.created_by).objects.filter(pk=row.created_by_id).update(**change)

    assert use_access_key(secret, now=NOW) is None


def test_key_is_bounded_in_a_minute(made):
    _row, secret = made
    for _call in range(CALLS_A_MINUTE):
        use_access_key(secret, now=NOW)

    with pytest.raises(TooManyCalls):
        use_access_key(secret, now=NOW + timedelta(seconds=59))

    assert use_access_key(secret, now=NOW + timedelta(seconds=60))
