"""Comments for tests: what customers of a survey wrote, heard by the sweep."""

from reviews.actions.hearing import hear_all_pending
from reviews.models import Review
from tests.factories import make_response, make_survey
from tests.factories.reviews import with_comment
from tests.factories.surveys import NOW


def make_survey_with_comment(**fields):
    """A published version of five ratings and a text."""
    return with_comment(make_survey(**fields))


def hear(version, *texts, ratings="55555", **fields):
    """The comments of responses with these texts, in their order."""
    made = [make_response(version, f"{ratings}.", answers={"comment": text}, **fields) for text in texts]
    hear_all_pending(clock=lambda: NOW)
    found = {review.response_id: review for review in Review.objects.filter(response__in=made)}
    return [found[response.pk] for response in made]
