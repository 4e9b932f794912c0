import pytest

from metrics.questionnaire import is_told_in_minutes, minutes_to_answer, straight_line, too_fast


def test_twenty_ratings_take_two_to_four_minutes():
    assert 2 <= minutes_to_answer(20) <= 4


def test_each_kind_of_question_takes_its_time():
    assert minutes_to_answer(10, 3, 1) == pytest.approx((10 * 9 + 3 * 10 + 40) / 60)
    assert minutes_to_answer(0) == 0


@pytest.mark.parametrize("questions", [(-1, 0, 0), (5, -1, 0), (5, 0, -1)])
def test_a_negative_number_of_questions_is_refused(questions):
    with pytest.raises(ValueError, match="negative"):
        minutes_to_answer(*questions)


def test_length_is_told_in_minutes_above_twelve_questions():
    assert [is_told_in_minutes(questions) for questions in (1, 12, 13, 20)] == [False, False, True, True]


@pytest.mark.parametrize("ratings", ["55555", "11111111111111111111", "4x4-4?4.4", "33333xxxxx"])
def test_straight_line_is_five_or_more_equal_ratings(ratings):
    assert straight_line(ratings)


@pytest.mark.parametrize(
    "ratings", ["", "5555", "5555x", "xxxxxxxx", "--------", "55554", "x5555-4", "12345"]
)
def test_straight_line_is_not_few_or_different_ratings(ratings):
    assert not straight_line(ratings)


# Two seconds a question: Huang et al. (2012).
@pytest.mark.parametrize(
    ("seconds", "questions", "flagged"),
    [(39.9, 20, True), (40, 20, False), (9, 5, True), (10, 5, False), (0, 5, True)],
)
def test_too_fast_is_under_two_seconds_a_question(seconds, questions, flagged):
    assert too_fast(seconds, questions) is flagged


@pytest.mark.parametrize(("seconds", "flagged"), [(59, True), (60, False), (41, True)])
def test_too_fast_is_under_half_the_median_where_that_is_known(seconds, flagged):
    assert too_fast(seconds, 20, median_seconds=120) is flagged


def test_a_tap_on_a_kiosk_is_never_too_fast():
    assert not too_fast(0.8, 1)
    assert not too_fast(0.8, 4, median_seconds=60)


def test_a_clock_that_went_backwards_is_no_flag():
    assert not too_fast(-5, 20)
