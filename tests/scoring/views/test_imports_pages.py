import pytest
from django.urls import reverse

from surveys.models import Response
from tests.factories import make_member, make_response
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make_member("editor"))
    return client


def undo_of(run):
    return reverse("scoring:undo_import", args=[run.pk])


def test_undoing_is_asked_first(editor):
    run = make_run(state="imported")
    make_response(run.survey.live_version, "5-...", import_run=run)

    page = editor.get(undo_of(run))

    assert (page.status_code, page.context["responses"], Response.objects.count()) == (200, 1, 1)


def test_undoing_says_what_it_did(editor):
    run = make_run(state="imported")
    make_response(run.survey.live_version, "5-...", import_run=run)

    page = editor.post(undo_of(run), follow=True)

    assert [str(message) for message in page.context["messages"]] == ["1 response was deleted."]
    assert (page.context["run"].state, Response.objects.count()) == ("undone", 0)


def test_undoing_what_was_not_imported_is_refused(editor):
    page = editor.post(undo_of(make_run(state="checked")), follow=True)

    assert [str(message) for message in page.context["messages"]] == ["There is nothing to undo."]
