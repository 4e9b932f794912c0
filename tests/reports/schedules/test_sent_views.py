import re
from datetime import timedelta

import pytest

from organisation.enums import Role
from reports import stored_page
from reports.charts import CHARTS
from reports.frozen import Unreadable
from reports.models import ScheduleRecipient, SentReport
from tests.factories import make_location, make_member, make_published, make_schedule, make_sent
from tests.factories.reports import NOW
from tests.reports.answers import counted
from tests.reports.exports.sheets import sheets_of

pytestmark = pytest.mark.django_db
SENT = "/reports/sent/"


@pytest.fixture
def place():
    return make_location()


@pytest.fixture
def version(place):
    version = make_published()
    counted(version, *["55443"] * 6, location=place)
    return version


@pytest.fixture
def member(client, place):
    member = make_member(Role.MANAGER, locations=[place])
    client.force_login(member)
    return member


@pytest.fixture
def sent(version, member):
    return make_sent(make_schedule(version.survey, owner=member), is_made=True)


def words(response):
    """Without the marks that each page has of its own."""
    return re.sub(r"[A-Za-z0-9]{64}", "", " ".join(response.content.decode().split()))


def test_the_list_leads_to_what_was_made(client, version, sent):
    others = make_sent(make_schedule(version.survey))
    waiting = make_sent(make_schedule(version.survey, owner=sent.member, name="Waiting"))

    page = words(client.get(SENT))

    assert f'href="{SENT}{sent.pk}/"' in page
    assert "Waiting" in page
    assert [one for one in (others, waiting) if str(one.pk) in page] == []


def test_two_of_one_schedule_differ_by_the_days_they_are_about(client, sent):
    for days in (7, 400):
        later = NOW + timedelta(days=days)
        make_sent(sent.schedule, is_made=days == 7, now=later, due_on=later.date())

    listed = words(client.get(SENT))

    assert re.findall(r'<br><span class="muted small">([^<]*)</span></th>', listed) == [
        "9 Mar to 7 Apr 2026",
        "2 Mar to 31 Mar 2026",
    ]


def test_a_report_stays_as_it_was(client, version, place, sent):
    before = words(client.get(f"{SENT}{sent.pk}/"))
    counted(version, *["11111"] * 30, location=place)

    after = words(client.get(f"{SENT}{sent.pk}/"))

    assert "These figures are as they were on" in before
    assert "Responses</dt><dd>6</dd>" in before
    assert after == before
    assert f'href="/reports/?survey={version.survey.slug}&amp;period=30"' in before


def test_its_document_and_the_files_of_its_charts_are_kept_too(client, version, place, sent):
    address = f"{SENT}{sent.pk}/"
    files = [f"{address}charts/{name}.{kind}" for name in CHARTS for kind in ("svg", "png", "csv", "xlsx")]
    before = {file: client.get(file).content for file in files}
    counted(version, *["11111"] * 30, location=place)

    document = client.get(f"{address}report.pdf")

    assert document.content == bytes(sent.report.pdf)
    assert document["Cache-Control"] == "private, no-store"
    assert {file: client.get(file).content for file in files} == before
    menu = words(client.get(address))
    assert [file for file in files if f'href="{file}?titled=1" download' not in menu] == []


def test_all_of_it_can_be_taken_along(client, sent):
    page = words(client.get(f"{SENT}{sent.pk}/"))

    book = client.get(f"{SENT}{sent.pk}/report.xlsx")

    assert [f'href="{SENT}{sent.pk}/report.{kind}" download' in page for kind in ("pdf", "xlsx")] == [
        True
    ] * 2
    assert {"Scores by dimension", "Method"} <= set(sheets_of(book.content))
    assert book["Cache-Control"] == "private, no-store"


def test_a_picture_that_is_still_there_is_not_sent_again(client, sent):
    address = f"{SENT}{sent.pk}/charts/trend.svg?size=narrow&theme=dark"
    mark = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": mark}).status_code == 304
    assert client.get(f"{SENT}{sent.pk}/charts/other.svg").status_code == 404


@pytest.mark.parametrize("what", ["", "report.pdf", "report.xlsx", "charts/means.svg", "charts/means.xlsx"])
def test_whoever_lost_the_place_has_it_no_longer(client, member, sent, what):
    assert client.get(f"{SENT}{sent.pk}/{what}").status_code == 200
    member.locations.clear()

    assert client.get(f"{SENT}{sent.pk}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["", "report.pdf", "report.xlsx", "charts/means.svg", "charts/means.csv"])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_somebody_elses_is_not_there(client, sent, role, what):
    client.force_login(make_member(role, all_locations=True))

    assert client.get(f"{SENT}{sent.pk}/{what}").status_code == 404


def test_no_more_of_them(client, member, sent):
    client.post(f"{SENT}{sent.pk}/leave/")

    assert not ScheduleRecipient.objects.exists()
    assert "Send me no more" not in words(client.get(f"{SENT}{sent.pk}/"))


def test_where_the_schedule_is_gone_there_is_nothing_to_leave(client, sent):
    sent.schedule.delete()

    assert "Send me no more" not in words(client.get(f"{SENT}{sent.pk}/"))
    assert client.post(f"{SENT}{sent.pk}/leave/").status_code == 302


def test_what_an_older_release_kept_has_its_document(client, sent, monkeypatch):
    def unreadable(_kept):
        raise Unreadable

    monkeypatch.setattr(stored_page, "thaw", unreadable)

    assert "can no longer be drawn" in words(client.get(f"{SENT}{sent.pk}/"))
    assert client.get(f"{SENT}{sent.pk}/charts/means.svg").status_code == 404
    assert client.get(f"{SENT}{sent.pk}/report.xlsx").status_code == 404
    assert client.get(f"{SENT}{sent.pk}/report.pdf").status_code == 200
    assert "report.xlsx" not in words(client.get(f"{SENT}{sent.pk}/"))


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client, member, version, django_assert_max_num_queries
):
    schedule = make_schedule(version.survey, owner=member)
    for number in range(3):
        make_sent(schedule, due_on=(NOW + timedelta(days=number)).date())
        with django_assert_max_num_queries(9):
            client.get(SENT)
    assert SentReport.objects.count() == 3


def test_one_that_was_cleared_away_says_so_and_what_to_do(client, version, sent):
    SentReport.objects.filter(pk=sent.pk).update(report=None, cleared_at=NOW)

    page = client.get(f"{SENT}{sent.pk}/")

    assert page.status_code == 410
    assert "This report was cleared away" in words(page)
    assert f'href="/reports/?survey={version.survey.slug}&amp;period=30"' in words(page)
    assert client.get(f"{SENT}{sent.pk}/report.pdf").status_code == 404
    listed = words(client.get(SENT))
    assert ("Cleared away" in listed, f'href="{SENT}{sent.pk}/"' in listed) == (True, True)


def test_a_cleared_one_of_somebody_else_is_not_there(client, version, member):
    other = make_sent(make_schedule(version.survey))
    SentReport.objects.filter(pk=other.pk).update(cleared_at=NOW)

    assert client.get(f"{SENT}{other.pk}/").status_code == 404


def test_the_list_says_until_when_each_is_kept(client, sent):
    assert "2027-05-05" in words(client.get(SENT))
