"""Questions as the builder shows them and as customers meet them."""

from typing import Any

from surveys.enums import Dimension, Kind
from surveys.models import Measure, Question
from surveys.queries.building import Card, Standing

type Example = dict[str, Any]


DRAFT: list[tuple[Example, Example, list[str]]] = [
    (
        {"key": "overall", "kind": Kind.RATING, "dimension": Dimension.OVERALL},
        {
            "text": "How was the service today, all in all?",
            "is_required": True,
            "allows_not_applicable": False,
        },
        [],
    ),
    (
        {"key": "speed", "kind": Kind.RATING, "dimension": Dimension.SPEED},
        {
            "text": "How quickly were you served, and how friendly were we?",
            "help_text": "From when you came in.",
            "weight": 2,
        },
        ["This seems to ask two things at once. Two questions give clearer answers."],
    ),
    (
        {"key": "knowledge", "kind": Kind.RATING, "dimension": Dimension.KNOWLEDGE},
        {"text": "How well did our staff know what you needed?"},
        [],
    ),
    (
        {"key": "way", "kind": Kind.SINGLE_CHOICE},
        {
            "text": "How did you come to us?",
            "options": [{"label": "On foot"}, {"label": "By bicycle"}, {"label": "By car"}],
        },
        [],
    ),
]


def cards() -> list[Card]:
    """Questions of a draft as the builder shows them; none of them is in the database."""
    return [
        Card(
            question=Question(measure=Measure(**measure), position=position, **question),
            hints=hints,
            standing=Standing.PUBLISHED,
            is_first=position == 1,
            is_last=position == len(DRAFT),
        )
        for position, (measure, question, hints) in enumerate(DRAFT, start=1)
    ]


RATING: Example = {"kind": "rating", "allows_not_applicable": True}
QUESTIONS: list[Example] = [
    RATING
    | {
        "key": "overall",
        "position": 1,
        "text": "How was the service today, all in all?",
        "is_required": True,
    }
    | {"section": "Your visit", "allows_not_applicable": False},
    RATING
    | {"key": "speed", "position": 2, "text": "How quickly were you served?"}
    | {"help_text": "Think of the time from when you came in until you were done."},
    RATING | {"key": "knowledge", "position": 3, "text": "How well did our staff know what you needed?"},
    {
        "key": "way",
        "position": 4,
        "kind": "single_choice",
        "text": "How did you come to us?",
        "section": "About you",
        "options": [
            {"key": "a", "label": "On foot"},
            {"key": "b", "label": "By bicycle"},
            {"key": "c", "label": "By car"},
        ],
    },
    {
        "key": "bought",
        "position": 5,
        "kind": "several_choices",
        "text": "What did you come for?",
        "help_text": "Choose all that fit.",
        "options": [
            {"key": "a", "label": "Bread"},
            {"key": "b", "label": "Cakes"},
            {"key": "c", "label": "Coffee"},
        ],
    },
    {"key": "comment", "position": 6, "kind": "text", "text": "What could we do better?"},
]
