from dataclasses import replace

from reports.tables import shown_rows
from reports.why.tables import moving_table, words_table
from reports.why.words import WordsResult
from tests.reports.why.samples import WORDS, why

NOTHING = WordsResult(3, 0, 8)


def test_each_question_is_a_row_and_one_of_too_few_has_no_number():
    rows = shown_rows(moving_table(why()), 9)

    assert rows[1] == [
        *("Speed", "How long?", "40", "+0.50", "+0.20 to +0.70", "Moves with overall"),
    ]
    assert rows[2][-1] == "Not told from chance"
    assert rows[3] == ["Quality", "Asked of a few", "Too few answers", "–", "–", "–"]


def test_where_overall_is_not_shown_there_is_no_row():
    assert shown_rows(moving_table(why(moving=None)), 9) == []


def test_a_word_of_a_few_on_the_other_side_has_no_number_there():
    rows = shown_rows(words_table(why()), 9)

    assert rows == [
        ["queue", "1 and 2", "20", "50 %", "–", "–", "+5.10"],
        ["slow", "1 and 2", "12", "30 %", "0", "0 %", "+4.00"],
        ["kind", "4 and 5", "10", "25 %", "150", "75 %", "−4.20"],
    ]


def test_too_few_comments_have_no_words():
    assert shown_rows(words_table(why(words=NOTHING)), 9) == []
    assert shown_rows(words_table(why(words=replace(WORDS, low=7))), 9) == []
