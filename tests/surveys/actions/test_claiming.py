from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from surveys.actions.claiming import claim_mails, end_mailings, release
from surveys.models import Mail, Mailing
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


def claim(**given):
    return claim_mails(claim=uuid4(), now=NOW, **given)


def test_what_is_claimed_is_not_claimed_again():
    mailing = make_mailing(state="sending")
    for _ in range(3):
        make_invitation(mailing)

    first, second, third = claim(limit=2), claim(limit=2), claim(limit=2)

    assert [len(one) for one in (first, second, third)] == [2, 1, 0]
    assert [one.mail.place for one in first] == [0, 1]


def test_small_mailing_does_not_wait_for_a_large_one():
    large, small = make_mailing(state="sending"), make_mailing(state="sending")
    for mailing in [large] * 9 + [small]:
        make_invitation(mailing)

    claimed = claim(limit=4)

    assert [one.invitation.mailing for one in claimed] == [large, large, small]


def test_mail_of_a_turn_is_there_once():
    invitation = make_invitation(make_mailing(state="sending"))
    claim()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(
            invitation=invitation, turn=0, claim=uuid4(), place=0, claimed_at=NOW, message_id="<other@x>"
        )


def test_what_is_given_back_is_due_and_keeps_its_key():
    invitation = make_invitation(make_mailing(state="sending"))
    (first,) = claim()
    release([first.mail], now=NOW)

    (again,) = claim()

    assert (again.mail.pk, again.mail.message_id) == (first.mail.pk, first.mail.message_id)
    assert again.invitation == invitation
    assert again.mail.claim != first.mail.claim


def test_mailing_ends_when_nothing_is_to_come():
    mailing = make_mailing(state="sending")
    invitation = make_invitation(mailing)
    end_mailings(now=NOW)
    due = Mailing.objects.get().state
    claim()
    end_mailings(now=NOW)
    claimed = Mailing.objects.get().state
    Mail.objects.update(state="refused")
    end_mailings(now=NOW + timedelta(seconds=1))

    assert (due, claimed, Mailing.objects.get().state) == ("sending", "sending", "sent")
    assert invitation.mailing_id == mailing.pk
