import pytest

from surveys.details import QuestionDetails, shape_of
from surveys.enums import Dimension, Kind
from tests.factories import make_draft, make_question


@pytest.mark.django_db
def test_details_hold_everything_an_editor_says_about_a_question():
    draft = make_draft(questions=())
    question = make_question(
        draft,
        1,
        key="light",
        dimension=Dimension.QUALITY,
        is_reversed=True,
        text="How dark was it?",
        help_text="In the shop.",
        section="Place",
        is_required=True,
        allows_not_applicable=False,
        weight=3,
    )

    assert QuestionDetails.of(question) == QuestionDetails(
        key="light",
        kind=Kind.RATING,
        dimension=Dimension.QUALITY,
        is_reversed=True,
        text="How dark was it?",
        help_text="In the shop.",
        section="Place",
        is_required=True,
        allows_not_applicable=False,
        weight=3,
    )
    assert shape_of(question.measure) == QuestionDetails.of(question).shape == ("rating", "quality", True)


@pytest.mark.django_db
def test_details_hold_the_labels_of_options():
    draft = make_draft(questions=())
    options = [{"key": "b", "label": "Here"}, {"key": "a", "label": "There"}]
    question = make_question(draft, 1, key="where", kind=Kind.SINGLE_CHOICE, options=options)

    assert QuestionDetails.of(question).options == ("Here", "There")
