import pytest

from organisation.models import AuditEntry
from surveys.actions.mailings import (
    NothingToSend,
    NotInThisState,
    SurveyNotPublished,
    add_mailing,
    change_mailing,
    discard_mailing,
    pause_mailing,
    resume_mailing,
    start_mailing,
    stop_mailing,
)
from surveys.models import Invitation, Mailing
from tests.factories import make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db
ORIGIN = "https://feedback.example.org"


@pytest.fixture
def by():
    return make_member("editor")


@pytest.fixture
def mailing():
    return make_invitation(make_mailing(origin="")).mailing


def act(action, mailing, by, **given):
    action(mailing=mailing, by=by, now=NOW, **given)
    return Mailing.objects.get(pk=mailing.pk).state


def test_life_of_a_mailing(mailing, by):
    states = [
        act(start_mailing, mailing, by, origin=ORIGIN),
        act(pause_mailing, mailing, by),
        act(resume_mailing, mailing, by, origin=ORIGIN),
        act(stop_mailing, mailing, by),
    ]

    assert states == ["sending", "paused", "sending", "stopped"]
    entries = AuditEntry.objects.order_by("pk").values_list("action", "by")
    assert list(entries) == [(action, by.pk) for action in ("started", "paused", "resumed", "stopped")]


@pytest.mark.parametrize(
    ("action", "state", "given"),
    [
        (start_mailing, "sending", {"origin": ORIGIN}),
        (start_mailing, "stopped", {"origin": ORIGIN}),
        (pause_mailing, "draft", {}),
        (resume_mailing, "sending", {"origin": ORIGIN}),
        (stop_mailing, "sent", {}),
        (discard_mailing, "sending", {}),
        (change_mailing, "sending", {"values": {"name": "New"}}),
    ],
)
def test_what_does_not_fit_the_state_is_refused(mailing, by, action, state, given):
    ended_at = NOW if state in {"sent", "stopped"} else None
    Mailing.objects.update(state=state, origin=ORIGIN, ended_at=ended_at)

    with pytest.raises(NotInThisState):
        act(action, mailing, by, **given)

    assert AuditEntry.objects.count() == 0


def test_empty_list_is_not_sent(by):
    with pytest.raises(NothingToSend):
        start_mailing(mailing=make_mailing(), origin=ORIGIN, by=by, now=NOW)


def test_survey_has_to_be_published(mailing, by):
    type(mailing.survey).objects.update(live_version=None)

    with pytest.raises(SurveyNotPublished):
        start_mailing(mailing=mailing, origin=ORIGIN, by=by, now=NOW)


def test_added_changed_and_discarded(by):
    draft = make_mailing()
    values = {name: getattr(draft, name) for name in ("name", "subject", "body", "location", "touchpoint")}
    made = add_mailing(survey=draft.survey, values=values, by=by, now=NOW)
    make_invitation(made)

    change_mailing(mailing=made, values={"subject": "Well?"}, by=by, now=NOW)
    changed = Mailing.objects.get(pk=made.pk).subject
    discard_mailing(mailing=made, by=by, now=NOW)

    assert changed == "Well?"
    assert not Mailing.objects.filter(pk=made.pk).exists()
    assert Invitation.objects.count() == 0
