"""How long each text may be. SQLite makes the table of reviews anew for that, so the triggers that keep the tallies stand aside."""

from importlib import import_module

import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

tallies = import_module("reviews.migrations.0004_tallies")


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_recipient_days"),
        ("reviews", "0007_erasures"),
        ("surveys", "0007_due_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(tallies.drop, tallies.create),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("text"), 600120
                    )
                ),
                name="reviews_review_text_is_not_too_long",
                violation_error_message="text has at most 600120 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("original"), 200040
                    )
                ),
                name="reviews_review_original_is_not_too_long",
                violation_error_message="original has at most 200040 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("name"), 100
                    )
                ),
                name="reviews_review_name_is_not_too_long",
                violation_error_message="name has at most 100 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("hidden_note"), 300
                    )
                ),
                name="reviews_review_hidden_note_is_not_too_long",
                violation_error_message="hidden_note has at most 300 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("source_name"), 60
                    )
                ),
                name="reviews_review_source_name_is_not_too_long",
                violation_error_message="source_name has at most 60 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("link"), 1000
                    )
                ),
                name="reviews_review_link_is_not_too_long",
                violation_error_message="link has at most 1000 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("author"), 100
                    )
                ),
                name="reviews_review_author_is_not_too_long",
                violation_error_message="author has at most 100 characters.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="reply",
            name="reviews_reply_text_is_not_too_long",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("text"), 10000
                    )
                ),
                name="reviews_reply_text_is_not_too_long",
                violation_error_message="text has at most 10000 characters.",
            ),
        ),
        migrations.RunPython(tallies.create, tallies.drop),
    ]
