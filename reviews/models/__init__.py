from reviews.models.erasures import Erasure
from reviews.models.files import MentionFile
from reviews.models.labels import Label
from reviews.models.notes import Note
from reviews.models.places import ReviewPlace
from reviews.models.replies import Redaction, Reply
from reviews.models.reviews import Review
from reviews.models.tallies import CommentMove, CommentTally, ReviewTally

__all__ = [
    "CommentMove",
    "CommentTally",
    "Erasure",
    "Label",
    "MentionFile",
    "Note",
    "Redaction",
    "Reply",
    "Review",
    "ReviewPlace",
    "ReviewTally",
]
