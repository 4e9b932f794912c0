"""From the form in which something is asked for, through the worker's own task and the mail server, to the opened link."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Organisation
from reports import tasks
from tests.factories import make_location, make_member, make_touchpoint
from tests.press.paper import pages, text_of
from tests.reports.answers import counted
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db

SET = ["means", "by-location-touchpoint", "why"]
IN_THE_DOCUMENT = [
    "Location \N{MULTIPLICATION SIGN} Touchpoint: Heat map of the means",
    "What moves with overall, from 48 responses",
    "queue",
    "Harbour",
]
DRAWN = [
    "means",
    "by-location-touchpoint-heat",
    "by-location-touchpoint-multiples",
    "why-moving",
    "why-words",
]


class Clock:
    """The clock of the whole site, put by hand."""

    def __init__(self, monkeypatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: self.at)

    def put(self, text):
        self.at = datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)
        return self.at.date()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def places():
    """In another zone than that of the organisation."""
    Organisation.objects.update(time_zone="America/New_York")
    return [make_location(name=name, time_zone="Europe/Prague") for name in ("Harbour", "Hillside")]


def version_of(places, *, on):
    """Slow is bad and kind is good, at each place and two touchpoints."""
    version = make_survey_with_comment()
    for touchpoint in (make_touchpoint(name="Counter"), make_touchpoint(name="Phone")):
        for place in places:
            where = {"location": place, "touchpoint": touchpoint}
            hear(version, *["A slow queue"] * 6, ratings="11121", received_on=on, **where)
            hear(version, *["Kind people"] * 6, ratings="55455", received_on=on, **where)
    counted(version)
    return version


def ask(client, member, address, wish):
    client.force_login(member)
    assert client.post(address, wish, follow=True).status_code == 200


def work(clock, text):
    """What beat asks a worker for, at that moment."""
    clock.put(text)
    tasks.send_reports()


def link_in(mail, path):
    (link,) = re.findall(rf"http://testserver({re.escape(path)}\S*)", mail.text)
    return link


def words(response):
    """Without the marks that each page has of its own."""
    return re.sub(r"[A-Za-z0-9]{64}", "", " ".join(response.content.decode().split()))


def schedule_of(*recipients):
    return {
        "name": "Where and why",
        "period": "30",
        "charts": SET,
        "step": "day",
        "at": "02:30",
        "time_zone": "",
        "recipients": [one.pk for one in recipients],
    }


@pytest.mark.parametrize(
    "moments",
    [
        # There is no 2:30 in Prague on 29 March: it is 3:30 there.
        ("03-29T01:29", "03-29T01:30", "03-29T23:00", "03-30T00:29", "03-30T00:30"),
        # There are two on 25 October: the first counts.
        ("10-25T00:29", "10-25T00:30", "10-25T01:30", "10-26T01:29", "10-26T01:30"),
    ],
    ids=["put forward", "put back"],
)
def test_a_set_goes_out_once_a_day_by_the_clock_of_its_recipient(client, smtp, clock, places, moments):
    version = version_of(places, on=clock.put(moments[0]))
    manager = make_member(Role.MANAGER, locations=places)
    ask(client, manager, f"/reports/schedules/new/?survey={version.survey.slug}", schedule_of(manager))

    mails = []
    for moment in moments:
        work(clock, moment)
        mails.append(len(smtp.mails))

    assert mails == [0, 1, 1, 1, 2]
    assert {mail.to for mail in smtp.mails} == {manager.email}


def test_a_set_with_chapters_is_mailed_and_its_link_opens_what_was_stored(client, smtp, clock, places):
    version = version_of(places, on=clock.put("03-28T12:00"))
    manager = make_member(Role.MANAGER, locations=places)
    ask(client, manager, f"/reports/schedules/new/?survey={version.survey.slug}", schedule_of(manager))
    work(clock, "03-29T01:30")
    (mail,) = smtp.mails
    link = link_in(mail, "/reports/sent/")

    before = words(client.get(link))
    counted(version, *["11111."] * 90, on=clock.at.date(), location=places[0])
    after = client.get(link)

    assert words(after) == before
    assert "<dd>48</dd>" in before
    assert [figure.id for figure in after.context["halves"] + after.context["figures"]] == DRAWN
    pictures = {name: client.get(f"{link}charts/{name}.svg") for name in DRAWN}
    assert {name: picture.content[:5] for name, picture in pictures.items()} == dict.fromkeys(DRAWN, b"<?xml")
    (document,) = mail.message.iter_attachments()
    assert client.get(f"{link}report.pdf").content == document.get_content()
    text = " ".join(text_of(page) for page in pages(document.get_content()))
    assert [part for part in IN_THE_DOCUMENT if part not in text] == []


def alert_of(*recipients):
    return {
        "name": "Angry",
        "dimension": "overall",
        "kind": "low_score",
        "threshold": "1",
        "period": "30",
        "hours": "1",
        "recipients": [one.pk for one in recipients],
    }


def test_a_low_score_is_mailed_singly_or_in_a_group_and_its_link_opens_the_report(
    client, smtp, clock, places
):
    version = version_of(places, on=clock.put("03-28T12:00"))
    manager, administrator = make_member(Role.MANAGER, locations=places), make_member(Role.ADMINISTRATOR)
    wish = alert_of(manager, administrator)
    ask(client, administrator, f"/reports/alerts/new/?survey={version.survey.slug}", wish)
    work(clock, "03-28T12:01")
    mails = []

    for moment, ratings in [("12:03", ["55551."]), ("14:00", ["55551.", *["55555."] * 3]), ("16:00", [])]:
        counted(version, *ratings, on=clock.at.date(), location=places[0])
        work(clock, f"03-28T{moment}")
        mails.append([mail.to for mail in smtp.mails])

    assert mails[0] == [administrator.email]
    assert sorted(mails[1][1:]) == sorted([manager.email, administrator.email])
    assert mails[2] == mails[1]
    single, group = smtp.mails[0], next(mail for mail in smtp.mails if mail.to == manager.email)
    assert "Overall: 1 response scored 1 or lower.\n" in single.text
    assert "Harbour \N{MIDDLE DOT} Service \N{MIDDLE DOT} Link" in single.text
    assert "Harbour: 2 of its 5 latest responses" in group.text
    day = "first=2026-03-28&last=2026-03-28"
    assert f"http://testserver/reviews/comments/?survey={version.survey.slug}&{day}\n" in single.text
    assert f"http://testserver/surveys/{version.survey_id}/responses/" in single.text
    client.force_login(manager)
    report = client.get(link_in(group, "/reports/?"))
    assert report.context["report"].responses == 53
