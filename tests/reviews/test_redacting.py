import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.enums import RedactionKind
from reviews.redacting import MARK, redacted, suggestions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to ana@example.org.", [(RedactionKind.EMAIL, "ana@example.org")]),
        ("Call +45 12 34 56 78 now", [(RedactionKind.PHONE, "+45 12 34 56 78")]),
        ("In 2026 we paid 12.50 for 3", []),
        ("Nobody", []),
    ],
)
def test_suggestions_find_addresses_and_numbers(text, found):
    assert suggestions(text) == found


def test_redacted_takes_out_each_occurrence_whatever_its_case():
    assert redacted("Ana and ANA (ana)", "Ana") == (f"{MARK} and {MARK} ({MARK})", 3)


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_what_was_taken_out_stands_there_no_longer(text, words):
    left, _count = redacted(text, words)

    assert words in MARK or words not in left.replace(MARK, "\0")


@given(st.text(alphabet="a@.1 +-", max_size=2000))
def test_every_suggestion_stands_in_the_text(text):
    assert all(phrase.text in text for phrase in suggestions(text))


def test_marks_are_not_taken_apart():
    assert redacted(f"a {MARK} [b]", "[") == (f"a {MARK} {MARK}b]", 1)
    assert redacted(f"Ana {MARK} Novak", f"ana {MARK} novak") == (MARK, 1)
