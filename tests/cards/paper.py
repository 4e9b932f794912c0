"""Cards for tests of the keying screen: surveys of ratings, choices and a comment, and how they are keyed."""

from organisation.enums import Role
from surveys.enums import Dimension, Kind
from tests.factories import make_draft, make_member, make_published, make_question, make_survey

OPTIONS = [
    {"key": "walked", "label": "On foot"},
    {"key": "bus", "label": "By bus"},
    {"key": "car", "label": "By car"},
]


def make_clerk(**fields):
    return make_member(Role.CLERK, all_locations=True, **fields)


def make_rated(count=20, survey=None):
    """A published version of `count` ratings."""
    dimensions = list(Dimension)
    questions = [(f"q{at}", dimensions[at % len(dimensions)]) for at in range(1, count + 1)]
    return make_published(survey, questions)


def make_mixed(survey=None):
    """Two ratings, one choice, several choices and a comment."""
    draft = make_draft(survey or make_survey(), [("quality", "quality"), ("speed", "speed")])
    make_question(draft, 3, key="way", kind=Kind.SINGLE_CHOICE, text="How did you come?", options=OPTIONS)
    make_question(
        draft, 4, key="ways", kind=Kind.SEVERAL_CHOICES, text="How do you come at times?", options=OPTIONS
    )
    make_question(draft, 5, key="words", kind=Kind.TEXT, text="What else?")
    return make_published(draft=draft)
