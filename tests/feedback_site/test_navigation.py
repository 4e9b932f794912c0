import pytest
from django.urls import get_resolver

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


SENT_AND_SHARED = ("sent", "schedules", "alerts", "shares")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
@pytest.mark.parametrize("name", sorted(name for name in pages() if name.startswith("reports:")))
def test_every_page_of_the_reports_marks_exactly_its_own_entry(name, role):
    path = next(_paths(name))

    current = [link.label for link in links(Member(role=role), path) if link.is_current]

    part = path.split("/")[2]
    exports = "Exports" if role == Role.ADMINISTRATOR else "Reports"
    wanted = "Sent and shared" if part in SENT_AND_SHARED else exports if part == "exports" else "Reports"
    assert current == [wanted]


def _paths(name):
    """An address of that name, whatever it takes."""
    prefix, resolver = get_resolver().namespace_dict["reports"]
    for shapes, *_rest in resolver.reverse_dict.getlist(name.partition(":")[2]):
        yield f"/{prefix}{shapes[0][0]}"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.ADMINISTRATOR, "reports:overview"),
        (Role.EDITOR, "surveys:list"),
        (Role.MANAGER, "reports:overview"),
        (Role.CLERK, "cards:batches"),
        (Role.SHOPPER, None),
    ],
)
def test_each_role_begins_with_what_it_is_here_for(role, name):
    assert first_page(Member(role=role)) == name


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
