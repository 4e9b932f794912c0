from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.wording import ADVICE, HintKind, hints

steady = settings(derandomize=True, deadline=None, max_examples=200)
K = HintKind


def kinds(text, language="en"):
    return [hint.kind for hint in hints(text, language)]


# What a careful editor writes: every hint here would be a false alarm.
@pytest.mark.parametrize(
    "text",
    [
        "How satisfied are you with the service overall?",
        "How quickly were you served?",
        "How easy was it to find our shop?",
        "How well did the staff know their products?",
        "How clearly did the staff explain the contract?",
        "How much did the visit cost you?",
        "How likely are you to recommend us to a friend or colleague?",
        "How likely are you to recommend us to friends and family?",
        "How clear are our terms and conditions?",
        "How satisfied are you with our products and services?",
        "How helpful was Marks & Spencer on the phone?",
        "How often do you shop at Fortnum and Mason?",
        "Did you call or write to us?",
        "Which do you use more often, our website or our shop?",
        "Were you able to tell whether the shop was open or closed?",
        "How do you usually come: by bus, tram or on foot?",
        "How likely is it that you would recommend us to a friend or a colleague?",
        "How great is the need for more parking?",
        "Could we have done better and if so, how?",
        "Do you have any other comments, questions, or concerns?",
        "What, if anything, would you change about our menu?",
        "Where 1 is not at all satisfied, how satisfied are you, all in all?",
        "Did the package arrive between Monday and Friday?",
        "How many minutes passed between ordering and delivery?",
        "Did you wait two or three minutes?",
        "How satisfied are you with opening hours (Monday and Tuesday)?",
        "How satisfied are you with payment, for example by card and by phone?",
        "How satisfied are you with extras such as delivery and gift wrapping?",
        "How well do you understand our sign “Pay and display”?",
        "Was your problem solved, yes or no?",
        "How helpful were the staff to you and your family?",
        "If not, what was missing?",
        "You asked for a refund and a call. How satisfied are you with the refund?",
        "You have not visited us since May. How satisfied were you with the last visit?",
        "On a scale from 1 (terrible) to 5 (excellent), how was the service?",
        "From poor to excellent, how was the service?",
        "How good was the service?",
        "How bad was it that the music got louder and louder?",
        "How clear was it whether the shop was open or closed?",
        "I would recommend you to a friend or colleague.",
        "How satisfied are you with the quality of course materials?",
        "Did the delivery come on time, or does this not apply?",
        "How often have you visited us since the move?",
        "Whatever the reason, how satisfied are you with the notice?",
        "How well does the knot hold?",
        "The staff understood my question.",
        "The whole visit took as long as I expected.",
        "Please rate the speed of service.",
        "Would you say the price was fair?",
    ],
)
def test_a_good_question_has_no_hints(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How satisfied are you with the speed and quality of our service?", "speed and quality"),
        ("How satisfied are you with the price, the speed, and the quality?", "speed, and the"),
        ("The staff were friendly and helpful.", "friendly and helpful"),
        ("How easy was it to find and reach us?", "find and reach"),
        ("How good are our phone or e-mail services?", "phone or e-mail"),
        ("How would you rate the bread or cake?", "bread or cake"),
        ("How satisfied are you with delivery and/or returns?", "delivery and/or returns"),
        ("How satisfied are you with parking as well as access?", "parking as well as access"),
        ("How clean were the rooms & toilets?", "rooms & toilets"),
        ("Please rate the food and drinks and the music.", "drinks and the"),
        ("You visited us. How satisfied were you with the staff and the shop?", "staff and the"),
    ],
)
def test_two_things_joined(text, found):
    assert [(hint.kind, hint.found) for hint in hints(text)] == [(K.DOUBLE_BARRELLED, found)]


@pytest.mark.parametrize(
    "text",
    [
        "Don't you agree that the service was fast?",
        "Don’t you think the service was fast?",
        "Wouldn't you say that the price is fair?",
        "Would you agree that the staff were helpful?",
        "Do you not agree that the staff were helpful?",
        "How much did you love the new menu?",
        "How much do you enjoy our shop?",
        "How amazing was your visit?",
        "How satisfied are you with our excellent service?",
        "How do you like this great new menu?",
        "How satisfied are you with our award-winning kitchen?",
        "How annoying was that terrible queue?",
        "Obviously speed matters. How fast were we, obviously?",
        "Of course, we try to be quick. How quick were we, of course?",
        "Most people like our shop, do you?",
        "As everyone knows, waiting is annoying: how long did you wait?",
        "You would agree that the price was fair.",
    ],
)
def test_leading(text):
    assert kinds(text) == [K.LEADING]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The staff did not listen to me.", "not"),
        ("Was the price not clear?", "not"),
        ("Why didn't the parcel arrive?", "didn't"),
        ("I never had to wait.", "never"),
        ("I could neither park.", "neither"),
        ("We cannot be reached by phone, true?", "cannot"),
    ],
)
def test_a_negation(text, found):
    assert [(hint.kind, hint.found) for hint in hints(text)] == [(K.NEGATIVE, found)]


@pytest.mark.parametrize(
    "text",
    [
        "The staff were not unhelpful.",
        "I would not say that the visit was never worth it.",
        "Were you not dissatisfied?",
        "I can't do without the shop.",
        "It isn't unclear how to reach you.",
    ],
)
def test_two_negations(text):
    assert kinds(text) == [K.DOUBLE_NEGATIVE]


def test_a_negative_sense_alone_is_a_fair_word():
    assert kinds("How unpleasant was the wait?") == []


@pytest.mark.parametrize(
    "text",
    [
        "The staff always greet me.",
        "Do you always find a parking space?",
        "Have you ever waited more than an hour?",
        "Are we there every time you call?",
        "The shop is clean at all times.",
    ],
)
def test_an_absolute(text):
    assert kinds(text) == [K.ABSOLUTE]


@pytest.mark.parametrize(
    "text", ["How often have you called ever since?", "Few, if ever, wait long.", "It is hardly ever full."]
)
def test_ever_in_other_phrases_is_no_absolute(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Was it fast? Was it good?",
        "Was it fast? Or slow?!",
        "Byl rychlý? Byl dobrý?",
        "هل كان سريعا؟ هل كان جيدا؟",
    ],
)
def test_several_questions_in_any_language(text):
    assert kinds(text, "xx") == [K.SEVERAL_QUESTIONS]


@pytest.mark.parametrize(
    "text", ["Really??", "Was it fast?!", "How clear is the sign “Lost? Ask us!”?", "Was it fast (or slow?)?"]
)
def test_one_question_with_more_marks_is_one(text):
    assert K.SEVERAL_QUESTIONS not in kinds(text, "xx")


@pytest.mark.parametrize("language", ["en", "cs", "fil"])
def test_more_than_25_words_are_too_long_in_any_language(language):
    assert kinds("word " * 25, language) == []
    assert kinds("word " * 26, language) == [K.TOO_LONG]


@pytest.mark.parametrize("language", ["cs", "da", "pl", "fil", "end"])
def test_english_rules_keep_to_english(language):
    assert kinds("Don't you always love our speed and quality?", language) == []


@pytest.mark.parametrize("language", ["en", "en-gb", "EN-US"])
def test_english_has_variants(language):
    assert kinds("I always wait.", language) == [K.ABSOLUTE]


def test_several_hints_come_once_each_in_order():
    text = (
        "Don't you always love our great food and service, and never wait and never complain?" + " word" * 20
    )

    assert kinds(text) == [K.DOUBLE_BARRELLED, K.LEADING, K.DOUBLE_NEGATIVE, K.ABSOLUTE, K.TOO_LONG]


def test_the_first_of_a_kind_is_shown():
    assert [hint.found for hint in hints("They always wait. Every time.")] == ["always"]


def test_every_kind_has_advice():
    assert set(ADVICE) == set(HintKind)
    assert hints("I always wait.")[0].advice == ADVICE[K.ABSOLUTE]


@pytest.mark.parametrize("text", ["", "   ", "?", "and", "\n"])
def test_nothing_to_read_is_no_hint(text):
    assert hints(text) == []


@given(st.text(max_size=200), st.sampled_from(["en", "cs", ""]))
@steady
def test_any_text_is_read_without_failing(text, language):
    found = kinds(text, language)

    assert len(found) == len(set(found))


@pytest.mark.parametrize("piece", ["men and women ", "((", '" ', "aaaa", "not ", "    "])
def test_long_text_is_read_in_no_time(piece):
    started = process_time()

    hints(piece * 100_000)

    assert process_time() - started < 0.5
