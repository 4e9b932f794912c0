from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from surveys.actions.invited import (
    InvitationGone,
    InvitationUsed,
    drop_expired_drafts,
    finish_invitation,
    save_draft,
)
from surveys.actions.responses import AnsweredOtherwise, Submission, spend_keys
from surveys.answering.answers import Answers
from surveys.enums import Mode
from surveys.models import Invitation, Response, SurveyDraft
from tests.factories import make_invitation, make_mailing, make_published, make_response
from tests.scoring.concurrency import at_once
from tests.surveys.answering.invitations import make_sent

NOW = datetime(2026, 3, 2, 14, 30, 12, tzinfo=UTC)


def submission_for(invitation, **given):
    defaults = {
        "id": uuid4(),
        "version_id": invitation.mailing.survey.live_version_id,
        "location_id": invitation.location_id,
        "touchpoint_id": invitation.touchpoint_id,
        "mode": Mode.INVITATION,
        "received_on": date(2026, 3, 2),
        "received_at": None,
    }
    return Submission(**{**defaults, **given})


def finish(invitation, ratings="55555", **given):
    submission = given.pop("submission", None) or submission_for(invitation, **given)
    return finish_invitation(
        invitation_id=invitation.pk, submission=submission, answers=Answers(ratings=ratings), now=NOW
    )


def keep(invitation, values=None, now=NOW):
    save_draft(
        invitation_id=invitation.pk,
        version_id=invitation.mailing.survey.live_version_id,
        language="en",
        values={"quality": ["4"]} if values is None else values,
        now=now,
    )


@pytest.mark.django_db
def test_finishing_stores_once_and_a_replay_is_the_same():
    invitation = make_sent()
    submission = submission_for(invitation)

    outcomes = [finish(invitation, submission=submission) for _ in range(3)]

    assert outcomes == [True, False, False]
    assert Response.objects.count() == 1


@pytest.mark.django_db
def test_finishing_deletes_the_draft():
    invitation = make_sent()
    keep(invitation)

    finish(invitation)

    assert SurveyDraft.objects.count() == 0


@pytest.mark.django_db
def test_finishing_a_second_time_is_refused():
    invitation = make_sent()
    submission = submission_for(invitation)
    finish(invitation, submission=submission)

    with pytest.raises(InvitationUsed):
        finish(invitation)
    with pytest.raises(AnsweredOtherwise):
        finish(invitation, "11111", submission=submission)
    with pytest.raises(InvitationGone):
        finish_invitation(
            invitation_id=invitation.pk + 1,
            submission=submission_for(invitation),
            answers=Answers(ratings="55555"),
            now=NOW,
        )


@pytest.mark.django_db
def test_finishing_that_cannot_store_uses_nothing():
    invitation = make_sent()
    taken = make_response(make_published(), ratings="11111")

    with pytest.raises(AnsweredOtherwise):
        finish(invitation, id=taken.pk)

    assert Invitation.objects.values_list("is_started", "is_finished").get() == (False, False)


@pytest.mark.django_db
def test_who_answers_before_the_worker_said_that_it_was_sent_gets_the_day_and_no_time():
    invitation = make_invitation(make_mailing(state="sending"))

    finish(invitation)

    assert Invitation.objects.get().sent_at == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.django_db
def test_draft_is_replaced_and_expires(settings):
    settings.DRAFT_HOURS = 20
    invitation = make_sent()

    keep(invitation)
    keep(invitation, {"speed": ["1"]}, now=NOW + timedelta(hours=1))

    draft = SurveyDraft.objects.get()
    assert draft.answers == {"speed": ["1"]}
    assert draft.expires_at == NOW + timedelta(hours=21)
    assert drop_expired_drafts(now=NOW + timedelta(hours=20, minutes=59)) == 0
    assert drop_expired_drafts(now=NOW + timedelta(hours=21)) == 1
    assert SurveyDraft.objects.count() == 0
    assert Invitation.objects.get().is_started


@pytest.mark.django_db
def test_draft_of_a_used_or_deleted_invitation_is_refused():
    invitation = make_sent()
    finish(invitation)

    with pytest.raises(InvitationUsed):
        keep(invitation)
    Invitation.objects.all().delete()
    with pytest.raises(InvitationGone):
        keep(invitation)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_of_many_at_once_one_is_stored(round_):
    invitation = make_sent()

    def send():
        try:
            return finish(invitation)
        except InvitationUsed:
            return False

    outcomes = at_once(*[send] * 6)

    assert sorted(outcomes) == [False] * 5 + [True]
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_saving_and_sending_at_once_leave_no_draft(round_):
    invitation = make_sent()

    def save():
        try:
            return keep(invitation)
        except InvitationUsed:
            return None

    at_once(save, lambda: finish(invitation), save)

    assert (SurveyDraft.objects.count(), Response.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_a_response_that_was_deleted_is_thanked_for_when_it_comes_again():
    invitation = make_sent()
    submission = submission_for(invitation)
    finish(invitation, submission=submission)
    spend_keys(Response.objects.all())
    Response.objects.all().delete()

    assert finish(invitation, submission=submission) is False
    assert Response.objects.count() == 0
