import pytest

from surveys.answering.published import load, published
from surveys.models import Version
from tests.factories import make_draft, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db


def test_published_is_read_once(django_assert_num_queries):
    version = make_published()
    first = published(version.pk, "en")

    with django_assert_num_queries(0):
        again = published(version.pk, "en")

    assert again is first


def test_published_knows_no_draft():
    with pytest.raises(Version.DoesNotExist):
        published(make_draft().pk, "en")


def test_load_keeps_the_order_and_the_marks():
    draft = make_draft(make_survey(), (("speed", "speed"),))
    options = [{"key": "a", "label": "Shop"}]
    make_question(draft, 2, key="where", kind="single_choice", options=options, is_required=True)

    speed, where = load(draft, "en").items

    assert (speed.key, speed.is_rating, speed.allows_not_applicable, speed.is_required) == (
        "speed",
        True,
        True,
        False,
    )
    assert (where.position, where.is_required, [(o.key, o.label) for o in where.options]) == (
        2,
        True,
        [("a", "Shop")],
    )


def test_load_offers_a_language_only_when_every_question_has_it():
    draft = make_draft(make_survey(), (("speed", "speed"), ("quality", "quality")))
    draft.translations = {"cs": {"title": "Jak?"}, "da": {"title": "Hvordan?"}}
    for question in draft.questions.all():
        question.translations = {"cs": {"text": "Česky"}}
        question.save(update_fields=["translations"])

    assert load(draft, "en").languages == ("en", "cs")
    assert load(draft, "cs").items[0].text == "Česky"
    assert load(draft, "da").language == "en"
