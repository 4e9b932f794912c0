"""Nothing goes to whoever lost the right to it, and that is told once, to whom it concerns."""

from datetime import timedelta

import pytest

from organisation.enums import Role
from reports.delivering import deliver_due
from reports.enums import DeliveryState, StopReason
from reports.models import Delivery, ScheduleNotice, ScheduleRecipient, SentReport
from reports.schedules.planning import plan_due
from reports.schedules.stopping import letter_of
from reports.storing import CannotBeRead
from tests.factories import make_location, make_member, make_published, make_region, make_schedule
from tests.factories.reports import NOW

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
DUE = NOW.replace(hour=7) + A_DAY


@pytest.fixture
def place():
    return make_location(region=make_region())


@pytest.fixture
def survey():
    return make_published().survey


@pytest.fixture
def owner():
    return make_member(Role.MANAGER, all_locations=True)


@pytest.fixture
def reader(place):
    return make_member(Role.MANAGER, locations=[place], name="Ada Reader")


@pytest.fixture
def schedule(survey, owner, reader, place):
    filters = f"survey={survey.slug}&location={place.code}&period=30"
    return make_schedule(survey, owner=owner, recipients=[reader], filters=filters, now=NOW)


def change(member, **fields):
    type(member).objects.filter(pk=member.pk).update(**fields)


def told():
    return sorted(ScheduleNotice.objects.values_list("delivery__member__email", flat=True))


def why():
    return set(ScheduleRecipient.objects.values_list("stopped_because", flat=True))


@pytest.mark.parametrize(
    ("lose", "reason"),
    [
        (lambda reader: change(reader, is_active=False), StopReason.MEMBER),
        (lambda reader: change(reader, role=Role.CLERK), StopReason.MEMBER),
        (lambda reader: reader.locations.set([make_location()]), StopReason.PLACES),
        (lambda reader: reader.locations.clear(), StopReason.PLACES),
    ],
    ids=["deactivated", "role", "another place", "no place"],
)
@pytest.mark.usefixtures("schedule")
def test_it_is_not_sent_and_whoever_set_it_up_is_told_once(owner, reader, lose, reason):
    lose(reader)

    counts = [plan_due(now=DUE + at * A_DAY) for at in range(4)]

    assert (counts, why(), told()) == ([0] * 4, {reason}, [owner.email])
    assert not SentReport.objects.exists()
    assert ScheduleRecipient.objects.get().stopped_at == DUE


def test_where_whoever_set_it_up_reads_no_more_the_administrators_are_told(schedule, owner):
    administrators = [make_member(Role.ADMINISTRATOR) for _one in range(2)]
    make_member(Role.ADMINISTRATOR, is_active=False)
    change(owner, role=Role.EDITOR)

    plan_due(now=DUE)

    assert (why(), told()) == ({StopReason.OWNER}, sorted(one.email for one in administrators))


def test_it_goes_on_by_itself_and_a_second_loss_is_told_again(schedule, reader, place, owner):
    reader.locations.clear()
    plan_due(now=DUE)
    reader.locations.add(place)

    assert (plan_due(now=DUE + A_DAY), why()) == (1, {""})
    reader.locations.clear()
    plan_due(now=DUE + 2 * A_DAY)
    assert told() == [owner.email] * 2


def test_a_report_of_all_places_goes_within_those_of_today(survey, owner, reader, place):
    make_schedule(survey, owner=owner, recipients=[reader], now=NOW)
    other = make_location()
    reader.locations.set([other])

    assert plan_due(now=DUE) == 1
    sent = SentReport.objects.get()
    deliver_due(clock=lambda: DUE, until=DUE + A_DAY)
    sent.refresh_from_db()
    assert sent.report.places == [other.pk]


def test_many_at_once_are_one_mail_that_names_them(smtp, survey, owner):
    readers = [make_member(Role.CLERK, name=f"Reader {at}") for at in range(3)]
    make_schedule(survey, owner=owner, recipients=[*readers, owner], now=NOW)

    assert plan_due(now=DUE) == 1
    deliver_due(clock=lambda: DUE, until=DUE + A_DAY)

    notice = next(mail for mail in smtp.mails if mail.message["Subject"].startswith("Not sent any more"))
    assert len(smtp.mails) == 2
    assert notice.to == owner.email
    assert [reader.name in notice.text for reader in readers] == [True] * 3
    assert "Reads no reports any more" in notice.text
    assert "/reports/schedules/" in notice.text


def test_a_mail_that_is_late_says_nothing_where_all_is_well_again(smtp, schedule, reader, place):
    reader.locations.clear()
    plan_due(now=DUE)
    ScheduleRecipient.objects.update(stopped_because="", stopped_at=None)

    deliver_due(clock=lambda: DUE, until=DUE + A_DAY)

    assert (smtp.mails, Delivery.objects.get().state) == ([], DeliveryState.FAILED)


def test_nothing_is_told_to_whoever_reads_no_reports(schedule, owner, reader):
    reader.locations.clear()
    plan_due(now=DUE)
    change(owner, role=Role.CLERK)
    owner.refresh_from_db()

    with pytest.raises(CannotBeRead):
        letter_of(ScheduleNotice.objects.get(), owner)


def test_it_is_in_the_language_of_whoever_reads_it(schedule, owner, reader):
    reader.locations.clear()
    plan_due(now=DUE)
    change(owner, language="da")
    owner.refresh_from_db()

    assert letter_of(ScheduleNotice.objects.get(), owner).language == "da"


def test_the_database_holds_reason_and_moment_together(schedule):
    with pytest.raises(Exception, match="stopped_for_a_reason"):
        schedule.recipients.update(stopped_because=StopReason.MEMBER)
