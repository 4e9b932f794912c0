import pytest
from django.http import QueryDict

from surveys.forms.kiosks import KioskForm, OriginForm
from surveys.models import KioskRule


def kiosk_form(rule=None, **given):
    data = QueryDict(mutable=True)
    data.update({"idle_seconds": "60", "at_idle": "submit", "pin": "2468", **given})
    return KioskForm(data, rule=rule)


def origin_form(text):
    data = QueryDict(mutable=True)
    data["origin"] = text
    return OriginForm(data)


@pytest.mark.parametrize("pin", ["123", "1" * 13, "12a4", "٢٤٦٨", "12\x0034", "\ud800123"])
def test_a_pin_is_4_to_12_digits(pin):
    assert "pin" in kiosk_form(pin=pin).errors


def test_a_pin_is_needed_until_there_is_one():
    assert "pin" in kiosk_form(pin="").errors
    assert kiosk_form(KioskRule(pin_hash="x"), pin="").is_valid()


@pytest.mark.parametrize("seconds", ["14", "601", "", "x", "9" * 5000])
def test_idle_seconds_have_bounds(seconds):
    assert "idle_seconds" in kiosk_form(idle_seconds=seconds).errors


@pytest.mark.parametrize(
    ("pasted", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("https://WWW.Example.org/contact?x=1#top", "https://www.example.org"),
        ("www.example.org", "https://www.example.org"),
        ("https://example.org:443/", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("http://localhost:8000/try", "http://localhost:8000"),
        ("https://příklad.example", "https://xn--pklad-zsa96e.example"),
    ],
)
def test_whatever_address_is_pasted_its_origin_is_kept(pasted, origin):
    form = origin_form(pasted)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["origin"] == origin


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "http://example.org",
        "https://*.example.org",
        "https://example.org;script-src",
        "javascript:alert(1)",
        "https://",
        "https://[::1",
        "https://example.org:99999999",
        "https://" + "a" * 300,
        "https://a..b",
        "\0",
        "\ud800",
        "https://\ud800",
    ],
)
def test_what_has_no_origin_is_refused(pasted):
    assert "origin" in origin_form(pasted).errors
