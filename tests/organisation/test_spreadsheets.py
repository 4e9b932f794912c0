import pytest

from organisation.spreadsheets import as_text


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 40", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1"]
)
def test_what_could_be_a_formula_is_marked_as_text(text):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Good", "1 = 1", " =1"])
def test_other_text_stays(text):
    assert as_text(text) == text
