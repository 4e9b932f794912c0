import pytest
from django.core.exceptions import ValidationError

from surveys.inviting.addresses import address_hash, normalised


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        ("  anna@example.org\n", "anna@example.org"),
        ("anna+visit@bücher.example", "anna+visit@xn--bcher-kva.example"),
        ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
        ("anna@xn--strae-oqa.example", "anna@xn--strae-oqa.example"),
    ],
)
def test_address_is_stored_in_one_way(given, stored):
    assert normalised(given) == stored


@pytest.mark.parametrize(
    "given",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "anna@example.org\nBcc: all@example.org",
        "anna@example.org, eva@example.org",
        "anna <anna@example.org>",
        '"anna\\r\\nBcc: x"@example.org',
        "an\x00na@example.org",
        "an\u202ena@example.org",
        "an\u200bna@example.org",
        "änna@example.org",
        "anna@exa mple.org",
        "anna@" + "a" * 70 + ".org",
        "a" * 250 + "@example.org",
        "anna@example..org",
        "anna@.org",
        "anna@\ud800.org",
        # The older rules would write to strasse.example, somebody else's.
        "anna@straße.example",
        "anna@βόλος.example",
        "anna@exa\u200dmple.org",
        "anna@\uff45xample.org",
    ],
)
def test_what_is_no_address_is_refused(given):
    with pytest.raises(ValidationError):
        normalised(given)


def test_hash_is_keyed(settings):
    settings.CONTACT_KEY = "one"
    first = address_hash("anna@example.org")
    settings.CONTACT_KEY = "two"

    assert len(first) == 32
    assert address_hash("anna@example.org") != first
