import pytest
from django.http import QueryDict

from organisation.enums import Role
from reports.addresses import said_in
from reports.models import ReportExport
from tests.factories import make_member, make_published
from tests.reports.answers import answer


@pytest.mark.parametrize(
    ("query", "short"),
    [
        ("survey=service&region=&mode=", "survey=service"),
        ("location=a&location=&location=b", "location=a&location=b"),
        ("", ""),
        ("region=%20&from=", "region=+"),
        ("survey=service&period=30", "survey=service&period=30"),
    ],
)
def test_what_was_left_open_is_not_said(query, short):
    assert said_in(QueryDict(query)).urlencode() == short


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "breakdown/", "why/", "flagged/", "exports/"])
def test_a_form_that_is_sent_without_a_script_has_a_short_address_too(client, page):
    client.force_login(make_member(Role.ADMINISTRATOR))
    slug = make_published().survey.slug
    short = f"/reports/{page}?survey={slug}&period=30"

    answer = client.get(f"/reports/{page}?survey={slug}&region=&location=&period=30&from=")

    assert (answer.status_code, answer["Location"]) == (302, short)
    assert client.get(short).status_code == 200


@pytest.mark.django_db
def test_a_file_that_is_asked_for_there_is_asked_for_all_the_same(client):
    client.force_login(make_member(Role.ADMINISTRATOR))
    version = make_published()
    answer(version, "55443")

    client.post("/reports/exports/?region=&period=all", {"kind": "csv"})

    assert ReportExport.objects.count() == 1
