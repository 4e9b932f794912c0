import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Location
from organisation.text import NameField, StorableCharField, shown_text, storable_text


@pytest.mark.parametrize("text", ["", "Žluťoučký kůň", "one\ntwo\tthree", "😀", "\ufffd", "a" * 100_000])
def test_plain_text_is_storable(text):
    storable_text(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("half \ud800", "half_character"),
        ("\udfff", "half_character"),
        ("nul\x00", "control_character"),
        ("bell\x07", "control_character"),
        ("escape\x1b[31m", "control_character"),
        ("tab\x0bulator", "control_character"),
        ("delete\x7f", "control_character"),
        ("no character \ufffe", "control_character"),
        ("\uffff", "control_character"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(text, code):
    with pytest.raises(ValidationError) as refusal:
        storable_text(text)
    assert refusal.value.code == code


@pytest.mark.django_db
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_what_passes_can_be_stored_and_read_back(text):
    try:
        storable_text(text)
    except ValidationError:
        return

    Location.objects.filter(is_default=True).update(name=text)

    assert Location.objects.get(is_default=True).name == text


class NoteForm(forms.Form):
    note = StorableCharField(max_length=5, required=False)


@pytest.mark.parametrize(("given", "note"), [(" a\r\nb ", "a\nb"), ("a\rb", "a\nb"), ("", ""), (None, "")])
def test_a_field_strips_and_has_plain_line_ends(given, note):
    form = NoteForm({"note": given})

    assert form.is_valid()
    assert form.cleaned_data == {"note": note}


@pytest.mark.parametrize("given", ["nul\x00", "half\ud800", "longer"])
def test_a_field_refuses_what_cannot_be_stored(given):
    assert not NoteForm({"note": given}).is_valid()


@pytest.mark.parametrize(
    ("given", "shown"),
    [("  bakery ", "bakery"), ("ba\x00kery\ud800", "bakery"), ("x" * 300, "x" * 200)],
)
def test_words_of_an_address_are_made_fit_to_search_with(given, shown):
    assert shown_text(given) == shown


@pytest.mark.parametrize("given", ["  Old\ttown ", "Old \r\n  town"])
def test_a_name_stands_on_one_line(given):
    assert NameField().clean(given) == "Old town"
