from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.answering.invited import Begun, invited_by, invited_with, sign_pass
from surveys.inviting.links import token_of
from tests.surveys.answering.invitations import make_draft_of, make_sent

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_invited_is_found_by_token_and_by_pass():
    invitation = make_sent(language="cs")

    found = invited_by(token_of(invitation))

    assert (found.id, found.slug, found.language, found.is_finished) == (
        invitation.pk,
        "service",
        "cs",
        False,
    )
    assert invited_with(sign_pass(found), now=NOW) == found
    assert invitation.email not in repr(found)


def test_nobody_is_found_by_the_hash_that_is_stored():
    invitation = make_sent()

    assert invited_by(bytes(invitation.token_hash).hex()[:32]) is None


def test_nobody_is_found_by_what_was_never_signed(django_assert_num_queries):
    make_sent()

    with django_assert_num_queries(0):
        assert invited_by("no token") is None
        assert invited_with("no pass", now=NOW) is None


@pytest.mark.parametrize(("after", "is_there"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_begun_answers_are_there_until_they_expire(after, is_there):
    invitation = make_sent()
    version = invitation.mailing.survey.live_version
    make_draft_of(invitation, expires_at=NOW + after)

    found = invited_with(sign_pass(invited_by(token_of(invitation))), now=NOW)

    assert found.begun == (Begun(version.pk, "en", {"quality": ["4"]}) if is_there else None)
