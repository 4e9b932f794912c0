import pytest

from surveys.actions.recipients import AlreadyInvited, MailingEnded, add_recipients, remove_recipient
from surveys.inviting.links import hash_of, token_of
from surveys.inviting.lists import Recipient
from surveys.models import Invitation
from tests.factories import make_location, make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db
ANNA, EVA = Recipient("anna@example.org", "Anna"), Recipient("eva@example.org")


def add(mailing, *recipients):
    return add_recipients(mailing=mailing, recipients=recipients, by=None, now=NOW)


def test_recipients_have_links_of_their_own():
    mailing, elsewhere = make_mailing(), make_location()

    add(mailing, ANNA, Recipient("eva@example.org", location=elsewhere))

    anna, eva = Invitation.objects.order_by("email")
    assert hash_of(token_of(anna)) == bytes(anna.token_hash) != bytes(eva.token_hash)
    assert (anna.location, eva.location) == (mailing.location, elsewhere)
    assert anna.language == mailing.survey.language


def test_who_is_on_the_list_stays_on_it_once():
    mailing = make_mailing()
    add(mailing, ANNA)

    known = add(mailing, ANNA, EVA)

    assert known == ["anna@example.org"]
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(("before", "after"), [("draft", "draft"), ("paused", "paused"), ("sent", "sending")])
def test_mailing_that_was_through_goes_on(before, after):
    mailing = make_mailing(state=before)

    add(mailing, ANNA)

    mailing.refresh_from_db()
    assert mailing.state == after


def test_stopped_mailing_takes_nobody():
    with pytest.raises(MailingEnded):
        add(make_mailing(state="stopped"), ANNA)


def test_only_who_was_not_invited_is_removed():
    waiting, sent = make_invitation(), make_invitation(sent_at=NOW)
    by = make_member("editor")

    remove_recipient(invitation=waiting, by=by, now=NOW)
    with pytest.raises(AlreadyInvited):
        remove_recipient(invitation=sent, by=by, now=NOW)

    assert list(Invitation.objects.all()) == [sent]
