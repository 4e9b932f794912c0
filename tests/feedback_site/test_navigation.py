import pytest

from feedback_site.navigation import ENTRIES, first_page, links
from organisation.enums import Role
from organisation.models import Member
from tests.house.addresses import pages


@pytest.mark.parametrize("role", Role)
def test_navigation_shows_exactly_what_the_role_may_open(role):
    shown = {link.label for link in links(Member(role=role), "/")}

    assert shown == {str(entry.label) for entry in ENTRIES if pages()[entry.url_name].allows(role)}


@pytest.mark.parametrize("role", Role)
def test_first_page_is_one_that_the_role_may_open(role):
    name = first_page(Member(role=role))

    assert name is None or pages()[name].allows(role)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/organisation/", "Organisation"),
        ("/organisation/members/", "Organisation"),
        ("/surveys/", "Surveys"),
        ("/account/password/change/", None),
    ],
)
def test_navigation_marks_where_one_is(path, current):
    shown = links(Member(role=Role.ADMINISTRATOR), path)

    assert next((link.label for link in shown if link.is_current), None) == current
