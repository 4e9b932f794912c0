import pytest

from organisation.models import Location, Organisation, Touchpoint
from surveys.queries.snippets import snippet_of
from tests.factories import make_survey

pytestmark = pytest.mark.django_db


def snippet(mode="button", survey=None, **given):
    return snippet_of(
        survey or make_survey(slug="service"),
        **{
            "mode": mode,
            "after": 20,
            "location": Location.objects.get(is_default=True),
            "touchpoint": Touchpoint.objects.get(is_default=True),
            "organisation": Organisation(colour="#2f6b4f"),
            "origin": "http://testserver",
            **given,
        },
    )


def test_snippet_names_the_survey_its_place_and_its_words():
    assert snippet().html == (
        '<script src="http://testserver/s/widget.js" data-survey="service" data-mode="button" data-at="main" '
        'data-tp="service" data-label="Give feedback" data-close="Close" data-colour="#2f6b4f" async></script>'
    )


def test_snippet_is_text_to_be_shown_not_markup_of_ours():
    assert not hasattr(snippet().html, "__html__")


def test_snippet_escapes_what_it_names():
    location = Location(code='"><script>')

    assert 'data-at="&quot;&gt;&lt;script&gt;"' in snippet(location=location).html


def test_only_what_waits_names_seconds():
    assert [
        snippet(mode, make_survey()).attributes.get("after") for mode in ("button", "inline", "timed")
    ] == [
        None,
        None,
        "20",
    ]


def test_snippet_speaks_the_surveys_language():
    assert snippet(survey=make_survey(language="cs")).attributes["label"] != "Give feedback"


def test_snippet_leads_to_the_public_address(settings):
    settings.SITE_URL = "https://ask.example.org"

    assert snippet().source == "https://ask.example.org/s/widget.js"
