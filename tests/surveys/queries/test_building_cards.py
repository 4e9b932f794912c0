from datetime import UTC, datetime

import pytest

from surveys.actions.drafts import start_draft
from surveys.enums import Dimension, Kind
from surveys.queries.building import Standing, cards_of, draft_or_live, length_of
from tests.factories import make_draft, make_published, make_question, make_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kinds", "count", "minutes"),
    [
        ([], 0, 0),
        ([Kind.RATING], 1, 1),
        ([Kind.RATING] * 20, 20, 3),
        ([Kind.RATING] * 5 + [Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES, Kind.TEXT], 8, 2),
    ],
)
def test_length_counts_questions_and_whole_minutes(kinds, count, minutes):
    length = length_of(kinds)

    assert (length.count, length.minutes, length.left) == (count, minutes, 20 - count)
    assert length.has_room == (count < 20)


@pytest.mark.django_db
def test_cards_tell_published_reworded_and_new_questions_apart():
    draft = start_draft(survey=make_published().survey, by=None, now=NOW)
    draft.questions.filter(measure__key="speed").update(text="How quick?")
    make_question(draft, 6, key="light", dimension=Dimension.QUALITY)

    cards = {card.question.measure.key: card for card in cards_of(draft)}

    assert [card.standing for card in cards.values()] == [
        Standing.PUBLISHED,
        Standing.REWORDED,
        Standing.PUBLISHED,
        Standing.PUBLISHED,
        Standing.PUBLISHED,
        Standing.NEW,
    ]
    assert [key for key, card in cards.items() if card.is_first] == ["quality"]
    assert [key for key, card in cards.items() if card.is_last] == ["light"]


@pytest.mark.django_db
def test_cards_carry_hints_in_the_language_of_the_survey():
    draft = make_draft(make_survey(language="da"), [("speed", "speed")])
    draft.questions.update(text="Don't you agree that it was good and fast?")
    danish = [card.hints for card in cards_of(draft)]
    draft.survey.language = "en"

    english = [card.hints for card in cards_of(draft)]

    assert (danish, len(english[0])) == ([[]], 2)


@pytest.mark.django_db
def test_an_editor_works_on_the_draft_else_on_what_is_live():
    live = make_published()
    alone = draft_or_live(live.survey)

    draft = start_draft(survey=live.survey, by=None, now=NOW)

    assert (alone, draft_or_live(live.survey)) == (live, draft)
