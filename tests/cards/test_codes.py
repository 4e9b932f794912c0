import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.codes import MOST_RUNS, MOST_SERIALS, SIGNS, BadCode, CardCode, code_of, read_code
from cards.models.printing import MOST_CARDS

runs = st.integers(0, MOST_RUNS - 1)
serials = st.integers(0, MOST_SERIALS - 1)
# The places of a code's eight signs, past the hyphen.
PLACES = [0, 1, 2, 3, 5, 6, 7, 8]


@given(runs, serials)
def test_code_is_read_as_it_was_made(run, serial):
    code = code_of(run, serial)

    assert read_code(code) == CardCode(run, serial)
    assert read_code(code.replace("-", " ").lower()) == CardCode(run, serial)


@given(runs, serials, st.sampled_from(PLACES), st.sampled_from(SIGNS))
def test_single_wrong_sign_is_found(run, serial, place, sign):
    code = code_of(run, serial)
    wrong = code[:place] + sign + code[place + 1 :]

    if wrong != code:
        with pytest.raises(BadCode):
            read_code(wrong)


@given(runs, serials, st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_two_signs_that_changed_places_are_found(run, serial, one, other):
    signs = list(code_of(run, serial))
    signs[one], signs[other] = signs[other], signs[one]

    if (swapped := "".join(signs)) != code_of(run, serial):
        with pytest.raises(BadCode):
            read_code(swapped)


@given(runs, serials)
def test_code_has_no_sign_that_is_mistaken_for_another(run, serial):
    assert not set("0O1I") & set(code_of(run, serial))


@given(st.text(max_size=60))
def test_whatever_else_was_typed_is_no_code(text):
    try:
        code = read_code(text)
    except BadCode:
        return
    assert code_of(*code).replace("-", "") in text.upper().replace("-", "").replace(" ", "")


def test_code_is_read_from_a_card_s_whole_address():
    address = f"https://example.org/s/service/?at=brno&tp=counter&v=3&card={code_of(12, 45)}"

    assert read_code(address) == CardCode(12, 45)


@pytest.mark.parametrize(("run", "serial"), [(-1, 1), (MOST_RUNS, 1), (1, -1), (1, MOST_SERIALS)])
def test_what_does_not_fit_into_a_code_is_refused(run, serial):
    with pytest.raises(BadCode):
        code_of(run, serial)


def test_largest_run_has_a_code_for_every_card():
    assert MOST_CARDS < MOST_SERIALS
