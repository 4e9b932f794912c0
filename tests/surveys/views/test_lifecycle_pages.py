import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from organisation.models import Organisation
from surveys.models import Survey
from tests.factories import make_draft, make_published, make_survey

SETTINGS = {"name": "New name", "purpose": "survey", "language": "en", "slug": "new", "is_anonymous": "on"}


def url(name, survey):
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_settings_are_saved_by_the_clock_of_the_organisation(client):
    Organisation.objects.update(time_zone="Europe/Copenhagen")
    survey = make_survey()

    answer = client.post(url("settings", survey), {**SETTINGS, "opens_at": "2026-07-15T09:00"})

    survey.refresh_from_db()
    assert answer.url == url("settings", survey)
    assert (survey.name, survey.slug) == ("New name", "new")
    assert survey.opens_at == datetime(2026, 7, 15, 7, 0, tzinfo=UTC)
    assert 'value="2026-07-15T09:00"' in client.get(url("settings", survey)).content.decode()


def test_settings_keep_the_address_that_publishing_settled(client):
    survey = make_published().survey
    slug = survey.slug

    client.post(url("settings", survey), {**SETTINGS, "is_anonymous": ""})

    survey.refresh_from_db()
    assert (survey.name, survey.slug, survey.is_anonymous) == ("New name", slug, True)


@pytest.mark.parametrize(
    "data", [{"name": ""}, {"slug": "taken"}, {"opens_at": "2026-99-99T00:00"}, {"name": "nul\x00"}]
)
def test_settings_with_a_mistake_change_nothing(client, data):
    make_survey(slug="taken")
    survey = make_survey(name="Old")

    answer = client.post(url("settings", survey), {**SETTINGS, **data})

    assert answer.status_code == 422
    assert Survey.objects.get(pk=survey.pk).name == "Old"


def putting_away(client, survey):
    """The heading of what the settings page offers below its form."""
    return re.search(r'id="putting-away">(.*?)<', client.get(url("settings", survey)).content.decode())[1]


def test_settings_name_only_what_can_be_done(client):
    live, changed, unpublished = make_published().survey, make_published().survey, make_draft().survey
    make_draft(changed)
    archived = make_published().survey
    client.post(url("archive", archived))

    assert putting_away(client, live) == "Copy, archive"
    assert putting_away(client, changed) == "Copy, discard, archive"
    assert putting_away(client, unpublished) == "Copy, archive"
    assert putting_away(client, archived) == "Copy"


def test_a_survey_is_archived_and_restored(client):
    survey = make_draft().survey

    client.post(url("archive", survey))
    archived = Survey.objects.get().archived_at
    refused = client.post(url("archive", survey), follow=True)
    client.post(url("restore", survey))

    assert archived
    assert "This survey is archived." in refused.content.decode()
    assert Survey.objects.get().archived_at is None


def test_settings_of_an_archived_survey_are_refused(client):
    survey = make_survey(name="Old")
    client.post(url("archive", survey))

    answer = client.post(url("settings", survey), SETTINGS)

    assert (answer.status_code, Survey.objects.get().name) == (422, "Old")


def test_a_survey_is_copied(client):
    survey = make_published().survey

    answer = client.post(url("copy", survey))

    copy = Survey.objects.exclude(pk=survey.pk).get()
    assert answer.url == url("build", copy)
    assert copy.versions.get().questions.count() == 5


@pytest.mark.parametrize("name", ["archive", "restore", "copy"])
def test_looking_changes_nothing(client, name):
    assert client.get(url(name, make_survey())).status_code == 405
