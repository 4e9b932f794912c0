"""Run once in a process of its own: an empty database becomes a migrated one with a survey at /s/faults/."""

import os

import django
from django.core.management import call_command

SLUG = "faults"
RATINGS = 10  # enough that the scorer looks for repeated answers too
COMMENT = "comment"


def prepare():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make_survey()


def make_survey():
    """Ten ratings in five dimensions, with weights, one of them reversed, and room for a comment."""
    from surveys.enums import Dimension, Kind
    from tests.factories import make_draft, make_published, make_question, make_survey

    draft = make_draft(make_survey(slug=SLUG), questions=())
    dimensions = list(Dimension)
    for position in range(1, RATINGS + 1):
        make_question(
            draft,
            position,
            key=f"q{position}",
            dimension=dimensions[position % len(dimensions)],
            is_reversed=position == 7,
            weight=1 + position % 3,
        )
    make_question(draft, RATINGS + 1, key=COMMENT, kind=Kind.TEXT)
    make_published(draft=draft)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")
    django.setup()
    prepare()
