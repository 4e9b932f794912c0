import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.forms.imports import UploadForm
from tests.factories import make_draft, make_member, make_published

pytestmark = pytest.mark.django_db
MAP = b'[questions]\nspeed = "Speed"\n'


def form_of(survey, *, file=b"Speed\n5\n", said=None):
    files = {"file": SimpleUploadedFile("a.csv", file)}
    if said is not None:
        files["map"] = SimpleUploadedFile("map.toml", said)
    return UploadForm({"survey": survey.pk}, files, member=make_member("editor"))


def test_a_file_and_a_map_are_read():
    form = form_of(make_published().survey, said=MAP)

    assert form.is_valid()
    assert form.cleaned_data["map"].questions == {"speed": "Speed"}


def test_a_map_may_be_left_out():
    form = form_of(make_published().survey)

    assert (form.is_valid(), form.cleaned_data["map"]) == (True, None)


def test_only_published_surveys_are_offered():
    assert list(form_of(make_draft().survey).errors) == ["survey"]


def test_a_file_that_is_too_large_is_refused(settings):
    settings.IMPORT_MAX_MB = 0

    assert form_of(make_published().survey).errors["file"] == [
        "The file is larger than 0 MB. Split it, or use the command import_responses."
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"\xff", "The map is not written in UTF-8."),
        (b"[questions]", "[questions] names no column."),
        (b"[questions]\na = 1.5", "[questions] a: it is no text of up to 1000 characters."),
    ],
)
def test_a_map_that_cannot_be_is_refused(said, reason):
    assert form_of(make_published().survey, said=said).errors["map"] == [reason]
