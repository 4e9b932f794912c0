from datetime import timedelta

import pytest

from organisation.enums import Role
from reports.alerts.checking import check
from reports.delivering import deliver_due
from reports.enums import DeliveryState
from reports.models import AlertNotice, Delivery
from tests.factories import make_alert, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    version = make_published()
    counted(version, *["55552"] * 6)
    check(make_alert(version.survey, owner=make_member(Role.ADMINISTRATOR)).pk, now=NOW)
    return AlertNotice.objects.get()


def deliver():
    return deliver_due(clock=lambda: NOW, until=NOW + timedelta(seconds=1))


def test_it_goes_out_once_and_leads_to_the_report(smtp, notice):
    assert (deliver(), deliver()) == (1, 0)

    (mail,) = smtp.mails
    assert mail.message["Subject"] == "Alert: Low scores"
    assert notice.words in mail.text
    assert f"https://feedback.example.org/reports/?{notice.alert.filters}" in mail.text.replace("=\n", "")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLERK}], ids=str)
def test_whoever_reads_no_reports_any_more_gets_none(smtp, notice, change):
    owner = notice.alert.owner
    type(owner).objects.filter(pk=owner.pk).update(**change)

    assert (deliver(), Delivery.objects.get().state) == (0, DeliveryState.FAILED)


def test_what_was_removed_is_not_sent(smtp, notice):
    notice.alert.delete()

    assert (deliver(), Delivery.objects.get().state) == (0, DeliveryState.FAILED)
