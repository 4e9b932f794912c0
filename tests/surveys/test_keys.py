import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.keys import RESERVED, address, keyed_options, measure_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("How would you rate the speed of our service?", "speed_service"),
        ("Overall, how was your visit today?", "overall_visit_today"),
        ("Jak byste ohodnotili kvalitu?", "jak_byste_ohodnotili_kvalitu"),
        ("Πώς ήταν;", "question"),
        ("", "question"),
        ("24 hours enough?", "q_24_hours_enough"),
        ("Website?", "website_2"),
        (
            "Pneumonoultramicroscopicsilicovolcanoconiosis treated?",
            "pneumonoultramicroscopicsilicovolcanocon",
        ),
    ],
)
def test_measure_key_is_made_of_the_telling_words(text, key):
    assert measure_key(text, taken=set()) == key


def test_measure_key_takes_the_first_free_number():
    taken = {"speed_service", "speed_service_2"}

    assert measure_key("Speed of service", taken=taken) == "speed_service_3"


@given(st.text(max_size=500), st.integers(0, 12))
def test_measure_key_is_always_a_free_field_name(text, again):
    taken = set()
    for _ in range(again):
        taken.add(measure_key(text, taken=taken))

    key = measure_key(text, taken=taken)

    assert key not in taken | RESERVED
    assert len(key) <= 40
    assert key.isascii()
    assert key[0].isalpha()
    assert key.replace("_", "").isalnum()
    assert key == key.lower()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("General service survey", "general-service-survey"),
        ("Ăn gì?", "an-gi"),
        ("調査", "survey"),
        ("--", "survey"),
        ("x" * 100, "x" * 50),
    ],
)
def test_address_is_made_of_the_name(name, slug):
    assert address(name, taken=set()) == slug


def test_address_takes_the_first_free_number_within_its_length():
    assert address("x" * 100, taken={"x" * 50}) == "x" * 48 + "-2"


def test_options_get_letters_in_order():
    assert keyed_options(["Yes", "No"], before=()) == [
        {"key": "a", "label": "Yes"},
        {"key": "b", "label": "No"},
    ]


def test_options_keep_their_key_when_order_case_or_spaces_change():
    before = [{"key": "a", "label": "Yes"}, {"key": "b", "label": "No thanks"}]

    assert keyed_options(["no  Thanks", "Yes"], before=before) == [
        {"key": "b", "label": "no  Thanks"},
        {"key": "a", "label": "Yes"},
    ]


def test_a_new_option_never_gets_a_key_that_meant_something_else():
    before = [{"key": "a", "label": "Yes"}, {"key": "c", "label": "No"}]

    assert keyed_options(["Yes", "Perhaps"], before=before, used={"b"}) == [
        {"key": "a", "label": "Yes"},
        {"key": "d", "label": "Perhaps"},
    ]


def test_options_go_on_after_z():
    used = set("abcdefghijklmnopqrstuvwxyz")

    assert keyed_options(["More"], before=(), used=used) == [{"key": "aa", "label": "More"}]
