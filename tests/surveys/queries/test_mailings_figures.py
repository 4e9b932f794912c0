import pytest

from surveys.queries.mailings import choices_for, figures_of, mailings_of, recipients_matching
from tests.factories import make_location, make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


def test_figures_never_exceed_what_they_are_a_part_of():
    mailing = make_mailing()
    make_invitation(mailing, sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing, sent_at=NOW, is_started=True)
    make_invitation(mailing, sent_at=NOW, state="bounced")
    make_invitation(mailing, state="skipped", skipped_because="cap", due_at=None)
    make_invitation(mailing)

    figures = figures_of(mailing, now=NOW)

    assert (figures.invited, figures.sent, figures.started, figures.finished) == (5, 3, 2, 1)
    assert (figures.waiting, figures.bounced, figures.skipped, figures.due) == (1, 1, 1, 1)
    assert figures.settled == 4


@pytest.mark.parametrize("role", ["manager", "clerk", "shopper"])
def test_recipients_are_for_those_who_invite(role):
    mailing = make_invitation().mailing
    member = make_member(role, all_locations=True)

    assert list(mailings_of(mailing.survey, member)) == []
    assert list(recipients_matching(mailing, member)) == []


def test_recipients_are_found_by_words_and_state():
    mailing, editor = make_mailing(), make_member("editor")
    anna = make_invitation(mailing, email="anna@example.org", name="Anna Novak")
    sent = make_invitation(mailing, sent_at=NOW)

    assert list(recipients_matching(mailing, editor, words="novak")) == [anna]
    assert list(recipients_matching(mailing, editor, state="sent")) == [sent]
    assert set(recipients_matching(mailing, editor, state="nonsense")) == {anna, sent}


def test_mailings_are_listed_with_their_counts():
    mailing = make_mailing()
    make_invitation(mailing, sent_at=NOW, is_started=True, is_finished=True)
    make_invitation(mailing)

    (found,) = mailings_of(mailing.survey, make_member("editor"))

    assert (found.invited_count, found.sent_count, found.finished_count) == (2, 1, 1)


def test_list_may_name_open_places():
    mailing = make_mailing()
    closed = make_location(archived_at=NOW)

    choices = choices_for(mailing.survey, make_member("editor"))

    assert closed.code not in choices.locations
    assert mailing.location.code in choices.locations
    assert choices.languages == {"en"}
