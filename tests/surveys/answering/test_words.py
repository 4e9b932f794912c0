import pytest
from django.utils import translation

from surveys.answering.published import published
from surveys.answering.words import stored, told
from surveys.enums import Kind
from tests.factories import make_draft, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db
OPTIONS = [{"key": "a", "label": "By car"}, {"key": "x", "label": "On foot"}]


@pytest.fixture
def version():
    draft = make_draft(make_survey(), (("speed", "speed"), ("quality", "quality")))
    make_question(draft, 3, key="why", kind=Kind.TEXT)
    make_question(draft, 4, key="ways", kind=Kind.SEVERAL_CHOICES, options=OPTIONS)
    return published(make_published(draft=draft).pk, "en")


def words(found):
    return {one.item.key: one.words for one in found}


def test_told_says_labels_and_keeps_texts(version):
    given = {"why": [" <b> "], "speed": ["1"], "ways": ["a", "x"], "quality": ["x"]}

    found = told(version, given)

    assert [one.item.key for one in found] == ["speed", "quality", "why", "ways"]
    assert words(found) == {
        "speed": ("1 Very poor",),
        "quality": ("Does not apply",),
        "why": (" <b> ",),
        "ways": ("By car", "On foot"),
    }


def test_told_gives_back_what_is_no_answer_and_leaves_out_what_is_empty(version):
    assert words(told(version, {"speed": ["9"], "quality": [""], "why": ["  "], "ways": []})) == {
        "speed": ("9",)
    }


def test_told_speaks_the_active_language(version):
    with translation.override("cs"):
        assert words(told(version, {"speed": ["5"]})) == {"speed": ("5 Skvěle",)}


def test_stored_is_what_a_form_would_give(version):
    given = stored(version, "5-..", {"why": "late", "ways": ["x"]})

    assert given == {"speed": ["5"], "quality": ["-"], "why": ["late"], "ways": ["x"]}
    assert words(told(version, stored(version, "?-..", {}))) == {
        "speed": ("Unreadable",),
        "quality": ("Left blank",),
    }
