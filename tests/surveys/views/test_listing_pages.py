from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from surveys.actions.lifecycle import archive_survey, change_survey
from surveys.enums import Purpose
from surveys.models import Survey
from surveys.starters import SERVICE
from tests.factories import make_draft, make_published, make_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIST, NEW = reverse("surveys:list"), reverse("surveys:new")


def names(answer):
    return [row.survey.name for row in answer.context["rows"]]


def test_the_list_shows_each_survey_with_its_state(client):
    make_draft(make_survey(name="Never published"))
    live = make_published(make_survey(name="Published")).survey
    later = make_published(make_survey(name="Later")).survey
    change_survey(survey=later, settings={"opens_at": NOW + timedelta(days=9999)}, by=None, now=NOW)

    answer = client.get(LIST)

    assert {row.survey.name: row.state for row in answer.context["rows"]} == {
        "Never published": "unpublished",
        "Published": "live",
        "Later": "scheduled",
    }
    assert f"/surveys/{live.pk}/share/" in answer.content.decode()


def test_an_empty_list_names_the_next_step(client):
    answer = client.get(LIST)

    assert "Ask your first question" in answer.content.decode()


def test_the_list_of_archived_surveys_is_another(client, editor):
    make_survey(name="In use")
    archive_survey(survey=make_survey(name="Put away"), by=editor, now=NOW)

    assert names(client.get(LIST)) == ["In use"]
    assert names(client.get(LIST, {"archived": "1"})) == ["Put away"]


@pytest.mark.parametrize(
    "query", ["q=nul%00", "q=%ED%A0%80", "page=nonsense", "page=-1", f"page={'9' * 5000}", "archived=%FF"]
)
def test_the_list_answers_any_address(client, query):
    make_survey(name="nul")

    assert client.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("surveys", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(client, surveys, django_assert_num_queries):
    for _ in range(surveys):
        make_draft(make_published().survey)

    # Session, member, organisation; how many there are, the surveys, their last changes, what is held.
    with django_assert_num_queries(7):
        client.get(LIST)


def test_a_long_list_has_pages(client):
    for _ in range(51):
        make_survey()

    assert (len(names(client.get(LIST))), len(names(client.get(LIST, {"page": 2})))) == (50, 1)


def test_a_new_survey_is_made_from_the_starter_that_was_chosen(client):
    answer = client.post(NEW, {"starter": "review", "language": "en", "name": "What they say"})

    survey = Survey.objects.get()
    assert answer.url == reverse("surveys:build", args=[survey.pk])
    assert (survey.name, survey.purpose) == ("What they say", Purpose.REVIEW_FORM)


def test_a_new_survey_without_a_name_is_called_as_its_starter(client):
    client.post(NEW, {"starter": "service", "language": "en", "name": " "})

    assert Survey.objects.get().name == SERVICE.name


@pytest.mark.parametrize("data", [{}, {"starter": "nonsense"}, {"name": "nul\x00", "starter": "service"}])
def test_a_new_survey_that_cannot_be_made_is_asked_for_again(client, data):
    answer = client.post(NEW, {"language": "en", **data})

    assert (answer.status_code, Survey.objects.count()) == (422, 0)


def test_looking_at_new_surveys_makes_none(client):
    assert client.get(NEW).status_code == 200
    assert Survey.objects.count() == 0
