import pytest

from organisation.enums import Role
from reports.alerts.checking import check
from reports.alerts.queries import alert_rows, names_of_recipients, notices_of
from reports.vocabulary import load_vocabulary
from tests.factories import make_alert, make_location, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_published()


def rows(member):
    return alert_rows(member, load_vocabulary(member), now=NOW)


def test_each_meets_an_alert_as_it_concerns_them(version):
    told, administrator = make_member(Role.MANAGER), make_member(Role.ADMINISTRATOR)
    alert = make_alert(version.survey, recipients=[told])

    found = {member: rows(member)[0] for member in (alert.owner, told, administrator)}

    assert [row.may_change for row in found.values()] == [True, False, True]
    assert [row.recipient is not None for row in found.values()] == [False, True, False]


def test_what_can_no_longer_be_read_is_about_nothing(version):
    member = make_member(Role.MANAGER)
    code = make_location().code
    make_alert(version.survey, owner=member, filters=f"survey={version.survey.slug}&location={code}")

    assert rows(member)[0].about == ""


def test_what_was_told_is_told_to_its_own_recipient(version):
    one, other = make_member(Role.ADMINISTRATOR), make_member(Role.ADMINISTRATOR)
    alert = make_alert(version.survey, recipients=[one, other])
    counted(version, *["55551"] * 6)
    check(alert.recipients.get(member=one).pk, now=NOW)

    assert [notices_of(alert, member).count() for member in (one, other)] == [1, 0]
    assert set(names_of_recipients(alert)) == {str(one), str(other)}
