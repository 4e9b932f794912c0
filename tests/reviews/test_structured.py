from hypothesis import given
from hypothesis import strategies as st

from reviews.structured import as_json


@given(st.text())
def test_no_text_ends_the_element(text):
    said = as_json({"text": text})

    assert not set("<>&") & set(said)
