from django.utils import translation

from metrics.wording import ADVICE as ENGLISH
from metrics.wording import HintKind
from surveys.wording import ADVICE, advice


def test_every_kind_of_hint_has_advice_with_the_same_words_in_english():
    with translation.override("en"):
        assert {kind: str(ADVICE[kind]) for kind in HintKind} == ENGLISH


def test_advice_names_the_words_it_is_about():
    found = advice("Was it good and fast?", language="en")

    assert found == [
        "“good and fast”: This may ask about two things at once. Ask about one thing in each question."
    ]


def test_advice_on_the_whole_text_names_no_words():
    found = advice("word " * 26, language="fil")

    assert found == [
        "More than 25 words are hard to take in. Shorten it, or move the introduction elsewhere."
    ]


def test_a_plain_question_gets_no_advice():
    assert advice("How would you rate our service?", language="en") == []
