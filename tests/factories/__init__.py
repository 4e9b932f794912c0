"""One maker per model: `make_survey(...)` gives a saved row with plausible values for whatever is not named."""

from tests.factories.cards import (
    make_batch,
    make_card,
    make_clerk_share,
    make_entry,
    make_print_run,
    make_rule,
)
from tests.factories.invitations import make_invitation, make_mailing
from tests.factories.organisation import make_location, make_member, make_region, make_touchpoint
from tests.factories.reports import (
    make_alert,
    make_export,
    make_process_change,
    make_schedule,
    make_sent,
    make_share,
)
from tests.factories.reviews import (
    make_label,
    make_mention,
    make_mention_file,
    make_note,
    make_review,
    make_review_form,
    make_review_place,
    with_comment,
)
from tests.factories.surveys import (
    make_draft,
    make_kiosk,
    make_published,
    make_question,
    make_response,
    make_survey,
)

__all__ = [
    "make_alert",
    "make_batch",
    "make_card",
    "make_clerk_share",
    "make_draft",
    "make_entry",
    "make_export",
    "make_invitation",
    "make_kiosk",
    "make_label",
    "make_location",
    "make_mailing",
    "make_member",
    "make_mention",
    "make_mention_file",
    "make_note",
    "make_print_run",
    "make_process_change",
    "make_published",
    "make_question",
    "make_region",
    "make_response",
    "make_review",
    "make_review_form",
    "make_review_place",
    "make_rule",
    "make_schedule",
    "make_sent",
    "make_share",
    "make_survey",
    "make_touchpoint",
    "with_comment",
]
