import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import Organisation
from tests.organisation.pictures import picture
from tests.organisation.trail import trail

pytestmark = pytest.mark.django_db
SETTINGS = {
    "name": "Bakery",
    "colour": "#aa3300",
    "time_zone": "Europe/Prague",
    "minimum_group": 3,
    "minimum_comments": 10,
    "contact_days": 0,
    "recipient_days": 30,
}


def test_overview_shows_what_is_set(signed_in, organisation):
    Organisation.objects.update(name="Bakery <&>", minimum_group=7)

    page = signed_in.get("/organisation/").content.decode()

    assert "Bakery &lt;&amp;&gt;" in page
    assert "<dd>7</dd>" in page


def test_settings_are_saved(signed_in, organisation):
    answer = signed_in.post("/organisation/settings/", SETTINGS, follow=True)

    organisation.refresh_from_db()
    assert {name: getattr(organisation, name) for name in SETTINGS} == SETTINGS
    assert answer.request["PATH_INFO"] == "/organisation/"
    assert "The settings were saved." in answer.content.decode()


def test_settings_that_are_wrong_come_back_with_every_answer(signed_in, organisation):
    answer = signed_in.post("/organisation/settings/", {**SETTINGS, "minimum_group": 2})

    organisation.refresh_from_db()
    assert (answer.status_code, organisation.name, trail()) == (422, "Our organisation", [])
    assert 'value="Bakery"' in answer.content.decode()


def test_logo_is_set_and_removed(signed_in, organisation):
    content = picture("WEBP")
    signed_in.post("/organisation/settings/logo/", {"logo": SimpleUploadedFile("a.png", content)})
    organisation.refresh_from_db()
    kept = bytes(organisation.logo), organisation.logo_type
    signed_in.post("/organisation/settings/logo/remove/")
    organisation.refresh_from_db()

    assert kept == (content, "image/webp")
    assert (bytes(organisation.logo), organisation.logo_type) == (b"", "")


def test_logo_that_is_none_is_refused(signed_in, organisation):
    answer = signed_in.post(
        "/organisation/settings/logo/", {"logo": SimpleUploadedFile("a.png", b"<svg/>", "image/png")}
    )

    organisation.refresh_from_db()
    assert (answer.status_code, bytes(organisation.logo)) == (422, b"")
    assert "The file is no PNG, JPEG or WebP picture." in answer.content.decode()


def test_logo_without_a_file_is_refused(signed_in):
    answer = signed_in.post("/organisation/settings/logo/", {"csrfmiddlewaretoken": "as every form sends"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["logo"])
