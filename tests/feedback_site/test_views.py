import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.test import Client, RequestFactory

from feedback_site import views
from organisation.enums import Role
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_home_sends_each_role_to_a_page_that_opens(client):
    for role in Role:
        client.force_login(make_member(role))
        assert client.get("/", follow=True).status_code == 200


def test_healthz_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize(
    ("exception", "status", "reason"),
    [
        (RequestDataTooBig(), 413, "That is more than this page accepts."),
        (TooManyFieldsSent(), 400, "That form has more fields than this page accepts."),
        (Exception(), 400, "That request could not be understood."),
    ],
)
def test_bad_request_says_what_was_bad(exception, status, reason):
    answer = views.bad_request(RequestFactory().get("/"), exception)

    assert (answer.status_code, reason in answer.content.decode()) == (status, True)


@pytest.mark.parametrize(("page", "status"), [(views.not_allowed, 403), (views.not_found, 404)])
def test_refusals_are_pages_of_the_organisation(page, status):
    answer = page(RequestFactory().get("/"), Exception())

    assert answer.status_code == status
    assert "Our organisation" in answer.content.decode()


def test_failure_is_told_even_where_the_database_fails(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = views.failed(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.content.decode()


@pytest.mark.django_db
def test_home_says_what_there_is_for_a_role_without_a_room(client):
    client.force_login(make_member(Role.SHOPPER))

    page = client.get("/")

    assert page.status_code == 200
    assert "nothing for your role to do here yet" in page.content.decode()


@pytest.mark.django_db
def test_closed_lets_nobody_change_the_address_to_sign_in_with(client):
    client.force_login(make_member(Role.ADMINISTRATOR))

    assert client.get("/account/email/").status_code == 404
    assert client.post("/account/email/", {"action_add": "", "email": "other@example.org"}).status_code == 404


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/organisation/", 403)])
def test_members_are_refused_in_their_own_frame(client, path, status):
    client.force_login(make_member(Role.MANAGER))

    page = client.get(path)

    assert page.status_code == status
    assert 'class="staff"' in page.content.decode()
    assert 'href="/reports/"' in page.content.decode()


def test_strangers_are_refused_without_one(client):
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "staff" not in page.content.decode()


def test_a_form_from_elsewhere_is_refused_with_the_way_on():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(Role.ADMINISTRATOR))

    page = client.post("/reviews/publish/", {"review": "x"})
    content = page.content.decode()

    assert page.status_code == 403
    assert 'class="staff"' in content
    assert "<style" not in content
    assert "Nothing was saved." in content


def test_a_page_that_names_no_icon_has_one(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.url) == (302, "/static/mark.svg")
