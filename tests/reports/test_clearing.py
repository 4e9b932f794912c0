from datetime import timedelta

import pytest

from reports import clearing
from reports.clearing import SENT_KEPT_FOR, SHARED_KEPT_FOR, clear_old, sent_kept_until, shared_kept_until
from reports.enums import DeliveryState
from reports.models import SentReport, ShareLink, StoredReport
from tests.factories import make_published, make_schedule, make_sent, make_share
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
LATER = NOW + SENT_KEPT_FOR


@pytest.fixture
def survey():
    return make_published().survey


@pytest.fixture
def sent(survey):
    sent = make_sent(make_schedule(survey), is_made=True)
    note(sent, state=DeliveryState.SENT, sent_at=NOW)
    return sent


def note(sent, **fields):
    type(sent.delivery).objects.filter(pk=sent.delivery_id).update(**fields)
    sent.delivery.refresh_from_db()


def test_a_report_that_was_sent_goes_when_its_time_is_over_and_stays_in_the_list(sent):
    assert (clear_old(now=LATER - A_DAY), clear_old(now=LATER), clear_old(now=LATER)) == (0, 1, 0)

    sent.refresh_from_db()
    assert (sent.report, sent.cleared_at) == (None, LATER)
    assert not StoredReport.objects.exists()


def test_its_time_counts_from_the_mail_that_leads_to_it(sent):
    note(sent, sent_at=NOW + A_DAY)

    assert (clear_old(now=LATER), sent_kept_until(sent)) == (0, LATER + A_DAY)
    assert clear_old(now=LATER + A_DAY) == 1


@pytest.mark.parametrize(
    ("fields", "cleared"),
    [
        ({"state": DeliveryState.WAITING, "sent_at": None}, 0),
        ({"state": DeliveryState.FAILED, "sent_at": None}, 1),
        ({"state": DeliveryState.DOUBTFUL}, 1),
    ],
    ids=str,
)
def test_a_mail_that_is_still_to_go_out_leads_somewhere(sent, fields, cleared):
    note(sent, **fields)

    assert clear_old(now=LATER) == cleared


def test_what_a_link_showed_goes_some_time_after_it_is_over(survey):
    link = make_share(survey, now=NOW, days=7)
    end = NOW + 7 * A_DAY + SHARED_KEPT_FOR

    assert shared_kept_until(link) == end
    assert (clear_old(now=end - A_DAY), clear_old(now=end), clear_old(now=end)) == (0, 1, 0)
    link.refresh_from_db()
    assert (link.report, link.cleared_at, StoredReport.objects.count()) == (None, end, 0)


def test_a_link_that_was_revoked_is_over_from_then_on(survey):
    link = make_share(survey, now=NOW, days=365, revoked_at=NOW + A_DAY)

    assert shared_kept_until(link) == NOW + A_DAY + SHARED_KEPT_FOR
    assert clear_old(now=NOW + A_DAY + SHARED_KEPT_FOR) == 1


def test_an_open_link_stays(survey):
    make_share(survey, now=NOW, days=365)

    assert clear_old(now=NOW + 364 * A_DAY) == 0
    assert ShareLink.objects.get().report is not None


def test_so_many_at_a_time(survey, monkeypatch):
    monkeypatch.setattr(clearing, "AT_ONCE", 1)
    for token in ("1", "2"):
        make_share(survey, token=token, now=NOW, days=1)

    assert [clear_old(now=LATER) for _time in range(3)] == [1, 1, 0]


def test_the_database_refuses_a_cleared_one_that_is_still_there(sent):
    with pytest.raises(Exception, match="cleared_is_gone"):
        SentReport.objects.filter(pk=sent.pk).update(cleared_at=NOW)
