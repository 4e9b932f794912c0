import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.forms import LogoForm, SettingsForm
from organisation.logo import MAX_BYTES, Logo
from tests.organisation.pictures import picture

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Bakery",
    "colour": "#1F5F8B",
    "time_zone": "Europe/Prague",
    "minimum_group": "5",
    "minimum_comments": "8",
    "contact_days": "365",
    "recipient_days": "90",
}


def test_settings_form_writes_a_colour_in_small_letters(organisation):
    form = SettingsForm(GIVEN, instance=organisation)

    assert (form.errors, form.cleaned_data["colour"]) == ({}, "#1f5f8b")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "n" * 101),
        ("name", "Bak\x0bery"),
        ("colour", "red"),
        ("colour", "#12345"),
        ("colour", "#123456;}"),
        ("time_zone", "Mars/Olympus"),
        ("minimum_group", "2"),
        ("minimum_group", "1001"),
        ("minimum_group", "-5"),
        ("minimum_group", "9" * 5000),
        ("minimum_comments", "2"),
        ("contact_days", "-1"),
        ("contact_days", "3661"),
        ("recipient_days", "-1"),
        ("recipient_days", "3661"),
        ("recipient_days", ""),
    ],
)
def test_settings_form_refuses(organisation, field, value):
    assert list(SettingsForm({**GIVEN, field: value}, instance=organisation).errors) == [field]


def upload(content, name="logo.png", kind="image/png"):
    return LogoForm({}, {"logo": SimpleUploadedFile(name, content, kind)})


def test_logo_form_trusts_the_bytes_and_neither_name_nor_type():
    content = picture("JPEG")

    form = upload(content, name="logo.html", kind="text/html")

    assert (form.errors, form.cleaned_data["logo"]) == ({}, Logo(content, "image/jpeg"))


def test_logo_form_refuses_what_only_calls_itself_a_picture():
    assert list(upload(b"<script>alert(1)</script>").errors) == ["logo"]


def test_logo_form_refuses_a_large_file():
    assert upload(bytes(MAX_BYTES + 1)).errors["logo"] == ["The file is larger than 200 KB."]


def test_logo_form_needs_a_file():
    assert list(LogoForm({}, {}).errors) == ["logo"]
