import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.matching import LONGEST, MOST_ASKED, Asked, words_asked, words_of

SAME = [
    ("Děkuji", "dekuji"),
    ("ČEKAL", "čekal"),
    ("STRASSE", "Straße"),
    ("Łódź", "lodz"),
    ("SØREN", "soren"),
    ("cafe\N{COMBINING ACUTE ACCENT}", "CAFÉ"),
    ("que\N{SOFT HYPHEN}ue", "queue"),
    ("q\N{ZERO WIDTH SPACE}ueue", "queue"),
    ("\N{RIGHT-TO-LEFT OVERRIDE}queue", "queue"),
    ("ﬁne", "fine"),
    ("İstanbul", "istanbul"),
    ("ΟΔΟΣ", "οδος"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_and_unseen_signs_make_no_difference(one, other):
    assert words_of(one) == words_of(other) != ""


def test_words_are_runs_of_letters_and_digits():
    text = "Queue: 40 min., two-tills_open (sic)! mail@example.org 2nd"

    assert words_of(text) == "2nd 40 example mail min open org queue sic tills two"


def test_each_word_is_kept_once_whichever_text_has_it():
    assert words_of("good good", "Good people") == "good people"


def test_a_long_word_counts_as_its_beginning():
    assert words_asked("x" * 500) == [Asked(words_of("x" * 900))]
    assert len(words_of("x" * 900)) == LONGEST


def test_words_asked_are_read_alike_and_may_only_begin():
    assert words_asked("  Děkuji queu* queu* ") == [Asked("dekuji"), Asked("queu", begins=True)]


@pytest.mark.parametrize("text", ["", "   ", "***", "_ _", "!?", "\N{ZERO WIDTH SPACE}"])
def test_nothing_that_is_a_word_is_nothing_asked(text):
    assert words_asked(text) == []


def test_more_words_than_that_are_left_out():
    assert len(words_asked(" ".join(map(str, range(50))))) == MOST_ASKED


@given(st.text())
def test_words_are_safe_to_search_for_whatever_the_text(text):
    words = words_of(text).split(" ") if words_of(text) else []

    assert words == sorted(set(words))
    assert all(word.isalnum() and word == word.casefold() for word in words)


@given(st.text())
def test_every_word_of_a_text_finds_it(text):
    has = set(words_of(text).split())

    assert {asked.word for asked in words_asked(text)} <= has


@given(st.text())
def test_words_of_words_are_the_same(text):
    assert words_of(words_of(text)) == words_of(text)
