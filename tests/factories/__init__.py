"""One maker per model: `make_survey(...)` gives a saved row with plausible values for whatever is not named."""

from tests.factories.organisation import make_location, make_member, make_region, make_touchpoint
from tests.factories.surveys import make_draft, make_published, make_question, make_response, make_survey

__all__ = [
    "make_draft",
    "make_location",
    "make_member",
    "make_published",
    "make_question",
    "make_region",
    "make_response",
    "make_survey",
    "make_touchpoint",
]
