import pytest
from django.core import signing

from reports.alerts.leaving import recipient_by, token_of
from tests.factories import make_alert, make_published

pytestmark = pytest.mark.django_db


def test_the_token_of_a_mail_is_its_recipients():
    recipient = make_alert(make_published().survey).recipients.get()

    assert recipient_by(token_of(recipient)) == recipient


@pytest.mark.parametrize("token", ["", "1", "1:abc", "x" * 4000, "ř", signing.Signer().sign("1")])
def test_any_other_token_is_nobodys(token):
    make_alert(make_published().survey)

    assert recipient_by(token) is None


def test_after_leaving_it_is_nobodys():
    recipient = make_alert(make_published().survey).recipients.get()
    token = token_of(recipient)
    recipient.delete()

    assert recipient_by(token) is None
