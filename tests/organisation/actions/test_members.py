from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection

from organisation.actions.members import (
    EmailTaken,
    LastAdministrator,
    MayNotSignIn,
    OwnSecondFactor,
    add_member,
    change_member,
    deactivate_member,
    offer_password,
    reactivate_member,
    reset_second_factor,
)
from organisation.enums import Role
from organisation.models import Member
from tests.factories import make_location, make_member, make_region
from tests.organisation.trail import trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def given(**fields):
    defaults = {
        "email": "mia@example.org",
        "name": "Mia",
        "role": Role.MANAGER,
        "all_locations": False,
        "locations": [],
        "regions": [],
    }
    return {**defaults, **fields}


def test_add_member_makes_one_who_has_no_password_yet(administrator):
    location, region = make_location(code="north"), make_region(code="coast")

    member = add_member(
        **given(email="Mia@Example.org", locations=[location], regions=[region]), by=administrator, now=NOW
    )

    member.refresh_from_db()
    assert (member.email, member.role, member.has_usable_password()) == ("mia@example.org", "manager", False)
    assert (list(member.locations.all()), list(member.regions.all())) == ([location], [region])


def test_add_member_tells_the_trail_what_they_may(administrator):
    location = make_location(code="north")

    add_member(**given(locations=[location]), by=administrator, now=NOW)

    changes = {
        "email": ["", "mia@example.org"],
        "role": ["", "manager"],
        "locations": [[], ["north"]],
    }
    assert trail() == [("added", "Mia", changes)]


def test_add_member_tells_the_trail_that_they_see_everything(administrator):
    add_member(**given(all_locations=True), by=administrator, now=NOW)

    assert trail()[0][2]["all_locations"] == [False, True]


def test_add_member_refuses_an_address_twice_whatever_its_case(administrator):
    with pytest.raises(EmailTaken):
        add_member(**given(email="ADMIN@example.org"), by=administrator, now=NOW)

    assert (Member.objects.count(), trail()) == (1, [])


def test_change_member_saves_and_tells_what_changed(administrator):
    old, new = make_location(code="old"), make_location(code="new")
    member = make_member(email="mia@example.org", name="Mia", locations=[old])

    change_member(member=member, **given(role=Role.CLERK, locations=[new]), by=administrator, now=NOW)

    member.refresh_from_db()
    assert (member.role, list(member.locations.all())) == ("clerk", [new])
    assert trail() == [("changed", "Mia", {"role": ["manager", "clerk"], "locations": [["old"], ["new"]]})]


def test_change_member_says_nothing_where_nothing_changed(administrator):
    member = make_member(email="mia@example.org", name="Mia")

    change_member(member=member, **given(), by=administrator, now=NOW)

    assert trail() == []


def test_change_member_closes_the_door_of_an_old_address(administrator):
    member = make_member(email="mia@example.org", name="Mia")
    EmailAddress.objects.create(user=member, email="mia@example.org", primary=True, verified=True)

    change_member(member=member, **given(email="mia@example.net"), by=administrator, now=NOW)

    assert EmailAddress.objects.filter(user=member).count() == 0


def test_change_member_refuses_an_address_that_another_has(administrator):
    member = make_member(email="mia@example.org", name="Mia")

    with pytest.raises(EmailTaken):
        change_member(member=member, **given(email="admin@example.org"), by=administrator, now=NOW)


def test_change_member_refuses_to_demote_the_last_administrator(administrator):
    make_member(Role.ADMINISTRATOR, is_active=False)

    with pytest.raises(LastAdministrator):
        change_member(member=administrator, **given(email="admin@example.org"), by=administrator, now=NOW)

    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR


def test_change_member_may_demote_one_of_two_administrators(administrator):
    make_member(Role.ADMINISTRATOR)

    change_member(member=administrator, **given(), by=administrator, now=NOW)

    administrator.refresh_from_db()
    assert administrator.role == Role.MANAGER


def test_deactivate_member_and_reactivate_them(administrator):
    member = make_member(name="Mia")

    deactivate_member(member=member, by=administrator, now=NOW)
    member.refresh_from_db()
    was_active = member.is_active
    reactivate_member(member=member, by=administrator, now=NOW)
    member.refresh_from_db()

    assert (was_active, member.is_active) == (False, True)
    assert trail() == [("deactivated", "Mia", {}), ("reactivated", "Mia", {})]


def test_deactivate_member_refuses_the_last_administrator(administrator):
    with pytest.raises(LastAdministrator):
        deactivate_member(member=administrator, by=administrator, now=NOW)

    administrator.refresh_from_db()
    assert administrator.is_active


def test_reset_second_factor_removes_every_kind_and_tells_no_secret(administrator):
    member = make_member(name="Mia")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=member, type=kind, data={"secret": "s3cret"})

    reset_second_factor(member=member, by=administrator, now=NOW)

    assert Authenticator.objects.count() == 0
    assert trail() == [("reset the second factor of", "Mia", {"second_factor": ["recovery_codes, totp", ""]})]


def test_reset_second_factor_refuses_ones_own(administrator):
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})

    with pytest.raises(OwnSecondFactor):
        reset_second_factor(member=administrator, by=administrator, now=NOW)

    assert Authenticator.objects.count() == 1


def test_offer_password_is_noted(administrator):
    offer_password(member=make_member(name="Mia"), by=administrator, now=NOW)

    assert trail() == [("offered a password link to", "Mia", {})]


def test_offer_password_refuses_who_may_not_sign_in(administrator):
    with pytest.raises(MayNotSignIn):
        offer_password(member=make_member(is_active=False), by=administrator, now=NOW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_administrators_who_deactivate_each_other_at_once_leave_one():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    administrators = [make_member(Role.ADMINISTRATOR) for _ in range(4)]
    together, refused, mistakes = Barrier(len(administrators)), [], []

    def deactivate_the_next(at):
        member = administrators[(at + 1) % len(administrators)]
        try:
            together.wait(5)
            deactivate_member(member=member, by=administrators[at], now=NOW)
        except LastAdministrator:
            refused.append(member)
        except Exception as error:  # noqa: BLE001 (any at all is told below)
            mistakes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=deactivate_the_next, args=[at]) for at in range(len(administrators))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    left = list(Member.objects.filter(role=Role.ADMINISTRATOR, is_active=True))
    assert (mistakes, left) == ([], refused)
    assert len(left) == 1
