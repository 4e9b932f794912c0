"""One maker per model: `make_survey(...)` gives a saved row with plausible values for whatever is not named."""

from tests.factories.cards import (
    make_batch,
    make_card,
    make_clerk_share,
    make_entry,
    make_print_run,
    make_rule,
)
from tests.factories.organisation import make_location, make_member, make_region, make_touchpoint
from tests.factories.surveys import (
    make_draft,
    make_kiosk,
    make_published,
    make_question,
    make_response,
    make_survey,
)

__all__ = [
    "make_batch",
    "make_card",
    "make_clerk_share",
    "make_draft",
    "make_entry",
    "make_kiosk",
    "make_location",
    "make_member",
    "make_print_run",
    "make_published",
    "make_question",
    "make_region",
    "make_response",
    "make_rule",
    "make_survey",
    "make_touchpoint",
]
