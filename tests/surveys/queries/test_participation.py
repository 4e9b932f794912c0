import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.models import Invitation
from surveys.queries.participation import Participation, participation, participation_by_mailing
from tests.factories import make_invitation, make_mailing
from tests.surveys.actions.test_invited import finish, keep
from tests.surveys.answering.invitations import SENT_AT, link_of, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing():
    return make_mailing(state="sending")


def test_rate_is_finished_of_those_who_were_reached(mailing):
    make_invitation(mailing)
    make_invitation(mailing, state="skipped", skipped_because="cap")
    make_invitation(mailing, state="bounced")
    make_sent(mailing=mailing)
    begun, finished = make_sent(mailing=mailing), make_sent(mailing=mailing)
    keep(begun)
    finish(finished)

    found = participation(Invitation.objects.all())

    assert found == Participation(invited=5, sent=4, bounced=1, started=2, finished=1)
    assert (found.rate.finished, found.rate.invited) == (1, 3)


def test_rate_of_nobody_is_unknown(mailing):
    make_invitation(mailing)

    assert participation(Invitation.objects.all()).rate is None
    assert participation(Invitation.objects.none()) == Participation()


def test_who_answered_is_reached_whatever_comes_back_later(mailing):
    for state in ("bounced", "skipped", "waiting"):
        because = {"skipped_because": "unsubscribed"} if state == "skipped" else {}
        finish(make_invitation(mailing, state=state, sent_at=SENT_AT, **because))

    found = participation(Invitation.objects.all())

    assert (found.sent, found.bounced, found.finished, found.rate.share) == (3, 0, 3, 1.0)


def test_opening_a_page_is_not_counted(client, mailing):
    client.get(link_of(make_sent(mailing=mailing)), follow=True)

    assert participation(Invitation.objects.all()).started == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["waiting", "sent", "bounced", "skipped"]),
            st.booleans(),
            st.sampled_from([0, 1, 2]),
        ),
        max_size=8,
    )
)
def test_rate_never_exceeds_1_whatever_became_of_them(people):
    Invitation.objects.all().delete()
    mailing = make_mailing(state="sending")
    for state, is_sent, steps in people:
        make_invitation(
            mailing,
            state=state,
            skipped_because="cap" if state == "skipped" else "",
            sent_at=SENT_AT if is_sent or steps or state == "sent" else None,
            is_started=steps > 0,
            is_finished=steps > 1,
        )

    found = participation(Invitation.objects.all())

    assert found.finished <= found.started <= found.reached <= found.sent <= found.invited
    assert found.rate is None or 0 <= found.rate.share <= 1


def test_figures_of_many_mailings_take_one_query(mailing, django_assert_num_queries):
    finish(make_sent(mailing=mailing))
    others = [make_mailing(mailing.survey) for _ in range(3)]

    with django_assert_num_queries(1):
        found = participation_by_mailing([mailing, *others])

    assert found[mailing.pk].rate.share == 1.0
    assert [found[other.pk] for other in others] == [Participation()] * 3
