import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from feedback_site.middleware import SECOND_FACTOR_EXEMPT
from organisation.enums import Role
from tests.factories import make_member, make_published
from tests.house.addresses import named_addresses, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def member(client):
    member = make_member(Role.ADMINISTRATOR)
    client.force_login(member)
    return member


def staff_pages():
    """Every page for members that needs no key in its address."""
    routes = {name: route for name, route in named_addresses() if name and "<" not in route}
    return sorted(name for name, page in pages().items() if name in routes and not page.public)


@pytest.mark.parametrize("name", staff_pages())
def test_staff_without_a_second_factor_set_one_up_first(client, member, required, name):
    answer = client.get(reverse(name))

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_page_where_it_is_set_up_is_open(client, member, required):
    assert client.get(reverse("mfa_index")).status_code == 200


def test_exemptions_are_allauths_pages_alone():
    exempt = {name for name, route in named_addresses() if f"/{route}".startswith(SECOND_FACTOR_EXEMPT)}

    assert {name for name in exempt if not name.startswith(("account_", "mfa_"))} == set()


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_staff_with_a_second_factor_pass(client, member, required, kind):
    Authenticator.objects.create(user=member, type=kind, data={})

    assert client.get(reverse("organisation:overview")).status_code == 200


def test_admin_asks_for_a_second_factor_too(client, member, required):
    assert client.get("/admin/").url == reverse("mfa_index")


def test_second_factor_is_not_asked_for_where_it_is_switched_off(client, member, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert client.get(reverse("organisation:overview")).status_code == 200


def test_customers_are_asked_for_nothing(client, member, required):
    survey = make_published().survey

    answer = client.get(f"/s/{survey.slug}/")

    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_public_pages_leave_the_session_alone(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/organisation/colours.css")

    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_public_pages_answer_with_our_own_refusal(client):
    answer = client.get("/organisation/logo")

    assert (answer.status_code, "refusal.html" in [t.name for t in answer.templates]) == (404, True)
