from datetime import UTC, datetime

import pytest

from organisation.actions.settings import change_logo, change_settings, remove_logo
from organisation.logo import Logo
from tests.organisation.trail import trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AS_IT_IS = {
    "name": "Our organisation",
    "colour": "#1f5f8b",
    "time_zone": "UTC",
    "minimum_group": 5,
    "minimum_comments": 8,
    "contact_days": 365,
    "recipient_days": 90,
}


def test_change_settings_saves_and_tells_what_changed(administrator, organisation):
    change_settings(**{**AS_IT_IS, "name": "Bakery", "minimum_group": 4}, by=administrator, now=NOW)

    organisation.refresh_from_db()
    assert (organisation.name, organisation.minimum_group, organisation.colour) == ("Bakery", 4, "#1f5f8b")
    changes = {"name": ["Our organisation", "Bakery"], "minimum_group": [5, 4]}
    assert trail() == [("changed", "Bakery", changes)]


def test_change_settings_says_nothing_where_nothing_changed(administrator):
    change_settings(**AS_IT_IS, by=administrator, now=NOW)

    assert trail() == []


def test_change_settings_leaves_the_logo_alone(administrator, organisation):
    change_logo(logo=Logo(b"picture", "image/png"), by=administrator, now=NOW)

    change_settings(**{**AS_IT_IS, "name": "Bakery"}, by=administrator, now=NOW)

    organisation.refresh_from_db()
    assert bytes(organisation.logo) == b"picture"


def test_change_logo_keeps_the_picture_and_tells_its_size(administrator, organisation):
    change_logo(logo=Logo(b"picture", "image/png"), by=administrator, now=NOW)

    organisation.refresh_from_db()
    assert (bytes(organisation.logo), organisation.logo_type) == (b"picture", "image/png")
    assert trail() == [("changed", "Our organisation", {"logo": ["", "image/png, 7 bytes"]})]


def test_remove_logo_leaves_none(administrator, organisation):
    change_logo(logo=Logo(b"picture", "image/png"), by=administrator, now=NOW)

    remove_logo(by=administrator, now=NOW)
    remove_logo(by=administrator, now=NOW)

    organisation.refresh_from_db()
    assert (bytes(organisation.logo), organisation.logo_type) == (b"", "")
    assert [changes for _action, _label, changes in trail()] == [
        {"logo": ["", "image/png, 7 bytes"]},
        {"logo": ["image/png, 7 bytes", ""]},
    ]
