from urllib.parse import urlsplit

import pytest

from organisation.enums import Role
from reports.models import ShareLink
from reports.sharing import actions, views
from reports.storing import NotNow
from tests.factories import make_location, make_member, make_published, make_share
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db
SHARES, NEW = "/reports/shares/", "/reports/shares/new/"


@pytest.fixture
def member(client):
    member = make_member(Role.MANAGER, locations=[make_location()])
    client.force_login(member)
    return member


@pytest.fixture
def survey(member):
    version = make_published()
    counted(version, *["55443"] * 6, location=member.locations.get())
    return version.survey


def words(response):
    return " ".join(response.content.decode().split())


def test_a_link_is_told_once_and_opens_the_report(client, survey, member):
    answer = client.post(f"{NEW}?survey={survey.slug}&period=all", {"name": "Board", "days": "7"})

    url = answer.context["url"]
    assert url in words(answer)
    assert "no-store" in answer["Cache-Control"]
    client.logout()
    assert "Board" in words(client.get(urlsplit(url).path))


def test_the_list_tells_no_link(client, survey, member):
    token = urlsplit(client.post(NEW, {"name": "Board", "days": "7"}).context["url"]).path.split("/")[-2]

    page = words(client.get(SHARES))

    assert "Board" in page
    assert token not in page


def test_the_list_says_which_days_each_is_about(client, survey, member):
    client.post(f"{NEW}?survey={survey.slug}&from=2026-03-02&to=2026-03-31", {"name": "Board", "days": "7"})

    assert 'Board<br><span class="muted small">2 Mar to 31 Mar 2026</span>' in words(client.get(SHARES))


def test_looking_makes_no_link(client, survey, member):
    client.get(f"{NEW}?name=Board&days=7")
    client.get(f"{SHARES}1/revoke/")

    assert not ShareLink.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "", "days": "7"}, "name"),
        ({"name": "a\0", "days": "7"}, "name"),
        ({"name": "Board", "days": "8"}, "days"),
        ({"name": "Board"}, "days"),
        ({"name": "Board", "days": "9" * 400}, "days"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_field(client, survey, member, given, field):
    answer = client.post(NEW, given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_what_cannot_be_read_cannot_be_shared(client, survey, member):
    elsewhere = make_location()

    assert client.post(f"{NEW}?location={elsewhere.code}", {"name": "Board", "days": "7"}).status_code == 400
    assert not ShareLink.objects.exists()


def test_there_is_an_end_to_how_many(client, survey, member, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 0)

    answer = client.post(NEW, {"name": "Board", "days": "7"})

    assert (answer.status_code, "as many open links" in words(answer)) == (422, True)


def test_what_could_not_be_made_now_is_said(client, survey, member, monkeypatch):
    def late(**_wish):
        raise NotNow

    monkeypatch.setattr(views, "share_report", late)

    answer = client.post(NEW, {"name": "Board", "days": "7"})

    assert (answer.status_code, "Try again in a minute" in words(answer)) == (422, True)


def test_ending_one_is_asked_first(client, survey, member):
    link = make_share(survey, owner=member)
    assert "End it now" in words(client.get(SHARES))

    assert f"End “{link}” now?" in words(client.get(f"{SHARES}{link.pk}/revoke/"))
    link.refresh_from_db()
    assert link.revoked_at is None
    client.post(f"{SHARES}{link.pk}/revoke/")

    page = words(client.get(SHARES))
    assert ("End it now" in page, "Ended" in page) == (False, True)


def test_somebody_elses_is_not_there(client, survey, member):
    link = make_share(survey)

    assert client.post(f"{SHARES}{link.pk}/revoke/").status_code == 404
    assert ShareLink.objects.get().revoked_at is None
