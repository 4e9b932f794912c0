import pytest
from django.urls import reverse

from tests.factories import make_draft, make_published, make_survey


def url(survey, **query):
    return reverse("surveys:translate", args=[survey.pk], query=query)


def test_a_translation_is_stored_and_shown(client):
    draft = make_draft()

    answer = client.post(
        url(draft.survey, language="da"),
        {"version.title": "Hvordan?", "question.speed.text": "Farten?"},
        follow=True,
    )

    draft.refresh_from_db()
    assert draft.translations == {"da": {"title": "Hvordan?"}}
    assert 'value="Farten?"' in answer.content.decode()


def test_every_other_language_can_be_chosen(client):
    answer = client.get(url(make_draft(make_survey(language="da")).survey))

    assert [language.code for language in answer.context["languages"]] == ["en", "cs", "pl", "fil"]


@pytest.mark.parametrize("language", ["en", "xx", "", "\x00"])
def test_a_language_that_cannot_be_chosen_is_no_page(client, language):
    assert client.get(url(make_draft().survey, language=language)).status_code == 404


def test_a_mistake_leaves_everything_typed(client):
    draft = make_draft()

    answer = client.post(
        url(draft.survey, language="da"), {"version.title": "x" * 151, "question.speed.text": "Farten?"}
    )

    assert answer.status_code == 422
    assert 'value="Farten?"' in answer.content.decode()
    assert draft.questions.get(measure__key="speed").translations == {}


def test_without_a_draft_there_is_nothing_to_translate(client):
    answer = client.get(url(make_published().survey))

    assert answer.context["form"] is None
