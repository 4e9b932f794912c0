from datetime import UTC, datetime

import pytest

from surveys.forms.surveys import NewSurveyForm, SettingsForm
from surveys.models import Survey
from surveys.starters import PHONE
from tests.factories import make_published, make_survey

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Our service",
    "purpose": "survey",
    "language": "en",
    "slug": "service",
    "is_anonymous": "on",
    "opens_at": "",
    "closes_at": "",
}


def form_of(survey, **data):
    others = Survey.objects.exclude(pk=survey.pk)
    return SettingsForm({**GIVEN, **data}, survey=survey, others=others, zone="Europe/Prague", back="/")


def test_settings_are_read():
    form = form_of(make_survey(), opens_at="2026-07-15T09:00", language="pl")

    assert form.is_valid()
    assert form.cleaned_data == {
        "name": "Our service",
        "purpose": "survey",
        "language": "pl",
        "slug": "service",
        "is_anonymous": True,
        "opens_at": datetime(2026, 7, 15, 7, 0, tzinfo=UTC),
        "closes_at": None,
    }


def test_a_published_survey_keeps_address_promise_and_language_whatever_is_sent():
    survey = make_published().survey

    form = form_of(survey, slug="elsewhere", is_anonymous="", language="pl")

    assert form.is_valid()
    kept = [form.cleaned_data[name] for name in ("slug", "is_anonymous", "language")]
    assert kept == [survey.slug, True, survey.language]
    assert form.fields["language"].help_text.endswith("Settled by publishing.")


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "nul\x00"}, "name"),
        ({"slug": ""}, "slug"),
        ({"slug": "x" * 51}, "slug"),
        ({"slug": "Über uns"}, "slug"),
        ({"slug": "-x"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"language": "de"}, "language"),
        ({"purpose": "spam"}, "purpose"),
        ({"opens_at": "2026-07-15T09:00", "closes_at": "2026-07-15T09:00"}, "closes_at"),
        ({"opens_at": "2026-07-16T09:00", "closes_at": "2026-07-15T09:00"}, "closes_at"),
    ],
)
def test_what_cannot_be_set_is_said_at_its_field(data, wrong):
    make_survey(slug="taken")

    assert list(form_of(make_survey(), **data).errors) == [wrong]


def test_a_new_survey_begins_with_a_starter():
    form = NewSurveyForm({"starter": "phone", "language": "en", "name": ""})

    assert form.is_valid()
    assert form.chosen == PHONE


@pytest.mark.parametrize(
    "data", [{}, {"starter": "nonsense", "language": "en"}, {"starter": "phone", "language": "xx"}]
)
def test_a_new_survey_needs_a_starter_and_a_language(data):
    assert not NewSurveyForm(data).is_valid()
