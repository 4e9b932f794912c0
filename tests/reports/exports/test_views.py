from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.enums import Role
from reports.enums import ExportKind
from reports.exports import views
from reports.models import ReportExport
from tests.factories import make_export, make_member, make_published
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db
EXPORTS = "/reports/exports/"


@pytest.fixture
def member(client):
    member = make_member(Role.EDITOR)
    client.force_login(member)
    return member


@pytest.fixture
def version(member):
    version = make_published()
    counted(version, *["55443"] * 3)
    return version


@pytest.fixture
def handed(monkeypatch):
    found = []
    monkeypatch.setattr(views, "hand_over", lambda _task, key: found.append(key) or True)
    return found


def address(export, what="file"):
    return reverse(f"reports:export_{what}", args=[export.pk])


def words(response):
    return " ".join(response.content.decode().split())


def test_the_page_says_how_many_are_behind_a_choice(client, version):
    assert f"3 responses of {version.survey.name}" in words(client.get(EXPORTS, {"period": "all"}))
    none = words(client.get(EXPORTS, {"from": "2020-01-01", "to": "2020-01-02"}))
    assert "No counted response is behind this choice." in none


def test_a_file_is_asked_for_and_handed_to_a_worker(client, version, handed):
    response = client.post(f"{EXPORTS}?period=all&mode=link", {"kind": "zip"})

    export = ReportExport.objects.get()
    assert response["Location"] == EXPORTS
    assert (handed, export.kind, "mode=link" in export.filters) == ([str(export.pk)], ExportKind.ZIP, True)


def test_looking_makes_nothing(client, version):
    client.get(f"{EXPORTS}?period=all&kind=csv")

    assert not ReportExport.objects.exists()


@pytest.mark.parametrize("kind", ["", "exe", "csv\0", "x" * 5000])
def test_an_unknown_kind_is_refused_with_words(client, version, handed, kind):
    response = client.post(f"{EXPORTS}?period=all", {"kind": kind}, follow=True)

    assert "Choose what kind of file it is to be." in words(response)
    assert not ReportExport.objects.exists()


def test_without_a_worker_it_waits_and_says_so(client, version, monkeypatch):
    monkeypatch.setattr(views, "hand_over", lambda _task, _key: False)

    response = client.post(f"{EXPORTS}?period=all", {"kind": "csv"}, follow=True)

    assert "No worker could be reached." in words(response)
    assert ReportExport.objects.exists()


def test_too_many_are_refused_with_words(client, version, member, handed):
    for _ in range(5):
        make_export(version.survey, owner=member)

    response = client.post(f"{EXPORTS}?period=all", {"kind": "csv"}, follow=True)

    assert "5 of your files are not ready yet." in words(response)


def test_the_file_comes_as_it_is_and_stays_in_no_cache(client, version, member):
    export = make_export(version.survey, owner=member, content=b"response,day\r\n")

    response = client.get(address(export))

    assert b"".join(response.streaming_content) == b"response,day\r\n"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith(
        f'attachment; filename="{version.survey.slug}-responses-'
    )


@pytest.mark.parametrize("what", ["file", "progress", "remove"])
def test_somebody_elses_file_reads_like_one_that_is_not_there(client, version, what):
    export = make_export(version.survey, owner=make_member(Role.EDITOR), content=b"secret")
    method = client.post if what == "remove" else client.get

    assert method(address(export, what)).status_code == HTTPStatus.NOT_FOUND
    assert ReportExport.objects.filter(pk=export.pk).exists()


def test_a_file_that_has_expired_is_not_given_out_even_before_the_sweep(client, version, member):
    export = make_export(version.survey, owner=member, content=b"old")
    ReportExport.objects.update(
        asked_at=export.asked_at - timedelta(days=8), expires_at=export.expires_at - timedelta(days=8)
    )

    assert client.get(address(export)).status_code == HTTPStatus.NOT_FOUND


def test_a_file_that_is_not_ready_or_lost_is_not_found(client, version, member):
    waiting = make_export(version.survey, owner=member)
    lost = make_export(version.survey, owner=member, content=b"lost")
    lost.path.unlink()

    found = [client.get(address(one)).status_code for one in (waiting, lost)]

    assert found == [HTTPStatus.NOT_FOUND] * 2
    assert client.get(EXPORTS).status_code == HTTPStatus.OK


def test_progress_is_shown_until_the_page_is_loaded_anew(client, version, member):
    waiting = make_export(version.survey, owner=member, rows_total=1000, rows_done=500)
    ready = make_export(version.survey, owner=member, content=b"")

    assert "500 of 1,000" in words(client.get(address(waiting, "progress")))
    assert client.get(address(ready, "progress"))["HX-Refresh"] == "true"


def test_a_file_is_removed(client, version, member):
    export = make_export(version.survey, owner=member, content=b"answers")

    client.post(address(export, "remove"))

    assert not export.path.exists()
    assert not ReportExport.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_files_as_for_one(
    client, version, member, count, django_assert_num_queries
):
    for _ in range(count):
        make_export(version.survey, owner=member, content=b"")
    client.get(EXPORTS)

    with django_assert_num_queries(9):
        client.get(EXPORTS)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["survey", "from", "location", "kind", "page"]), st.text(max_size=20)))
def test_no_address_breaks_the_page(client, version, query):
    encodable = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}

    assert client.get(EXPORTS, encodable, follow=True).status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}
