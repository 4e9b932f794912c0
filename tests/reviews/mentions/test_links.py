import pytest
from django.core.exceptions import ValidationError

from reviews.mentions.links import plain_address, web_address


@pytest.mark.parametrize(
    "text", ["https://stars.example/1?a=b#c", "http://localhost:8000/", "https://čaj.example/"]
)
def test_web_addresses_are_taken(text):
    web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "https://",
        "https://a b",
        "https://a\nb",
        "JaVaScRiPt://example.org/%0aalert(1)",
    ],
)
def test_nothing_else_is(text):
    with pytest.raises(ValidationError):
        web_address(text)


@pytest.mark.parametrize("text", ["HTTPS://stars.example/A?b=HTTPS://", "https://stars.example/A?b=HTTPS://"])
def test_the_scheme_is_in_small_letters_and_the_rest_as_it_was(text):
    assert plain_address(text) == "https://stars.example/A?b=HTTPS://"
