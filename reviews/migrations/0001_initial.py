import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import reviews.models.words


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentTally",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.location",
                    ),
                ),
                ("score_1", models.PositiveIntegerField(default=0)),
                ("score_2", models.PositiveIntegerField(default=0)),
                ("score_3", models.PositiveIntegerField(default=0)),
                ("score_4", models.PositiveIntegerField(default=0)),
                ("score_5", models.PositiveIntegerField(default=0)),
                ("unscored", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "comment tallies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "location"), name="reviews_commenttally_once_for_each_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score_1__gte", 0),
                            ("score_2__gte", 0),
                            ("score_3__gte", 0),
                            ("score_4__gte", 0),
                            ("score_5__gte", 0),
                            ("unscored__gte", 0),
                        ),
                        name="reviews_commenttally_counts_are_possible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("grey", "Grey"),
                            ("blue", "Blue"),
                            ("green", "Green"),
                            ("amber", "Amber"),
                            ("red", "Red"),
                            ("violet", "Violet"),
                        ],
                        default="grey",
                        max_length=10,
                        verbose_name="colour",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="reviews_label_name_once_whatever_its_case",
                        violation_error_message="There is a label of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="reviews_label_name_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("colour__in", ["grey", "blue", "green", "amber", "red", "violet"])
                        ),
                        name="reviews_label_colour_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentionFile",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("file", models.FileField(blank=True, upload_to="mentions")),
                ("file_name", models.CharField(max_length=200)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for its columns to be mapped"),
                            ("checked", "Checked: ready to import"),
                            ("refused", "Refused"),
                            ("imported", "Imported"),
                        ],
                        default="sent",
                        max_length=20,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("rows_new", models.PositiveIntegerField(default=0)),
                ("rows_known", models.PositiveIntegerField(default=0)),
                ("rows_refused", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(blank=True, default=list)),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "checked", "refused", "imported"])),
                        name="reviews_mentionfile_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rows_new"), "+", models.F("rows_known")
                                    ),
                                    "+",
                                    models.F("rows_refused"),
                                ),
                            )
                        ),
                        name="reviews_mentionfile_every_row_is_accounted_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.location",
                        verbose_name="location",
                    ),
                ),
                ("said", models.CharField(max_length=1000, verbose_name="you said")),
                ("did", models.CharField(max_length=1000, verbose_name="we did")),
                ("done_on", models.DateField(verbose_name="day")),
                ("is_published", models.BooleanField(default=True, verbose_name="on the public page")),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_published", True)),
                        fields=["location", "-done_on", "-id"],
                        name="reviews_note_published",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said", ""), _negated=True), models.Q(("did", ""), _negated=True)
                        ),
                        name="reviews_note_says_both",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "Review"), ("comment", "Comment"), ("mention", "Mention")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review",
                        to="surveys.response",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.touchpoint",
                        verbose_name="touchpoint",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="day")),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="score")),
                ("quality", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="quality")),
                ("speed", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="speed")),
                (
                    "convenience",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="convenience"),
                ),
                (
                    "knowledge",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="knowledge"),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("original", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("consent_publish", models.BooleanField(default=False, verbose_name="may be published")),
                ("consent_contact", models.BooleanField(default=False, verbose_name="may be contacted")),
                ("usefulness", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting to be read"),
                            ("published", "Published"),
                            ("hidden", "Hidden"),
                            ("private", "Not for publication"),
                        ],
                        default="private",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("is_held", models.BooleanField(default=False)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "hidden_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal", "Says private things about somebody"),
                            ("abusive", "Insults or threatens somebody"),
                            ("spam", "Advertising, or not from a customer"),
                            ("off_topic", "Not about this service"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "hidden_note",
                    models.CharField(blank=True, max_length=300, verbose_name="note for colleagues"),
                ),
                ("moderated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moderated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_media", "Social media"),
                            ("review_site", "Review site"),
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("letter", "Letter"),
                            ("other", "Elsewhere"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_name",
                    models.CharField(blank=True, max_length=60, verbose_name="name of the source"),
                ),
                ("link", models.CharField(blank=True, max_length=1000, verbose_name="link")),
                ("author", models.CharField(blank=True, max_length=100, verbose_name="author, as given")),
                (
                    "scale_score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="score, as given"
                    ),
                ),
                (
                    "scale_max",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="highest score there"
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
                ("words", reviews.models.words.WordsField(blank=True, editable=False)),
                (
                    "labels",
                    models.ManyToManyField(
                        blank=True, related_name="reviews", to="reviews.label", verbose_name="labels"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_held", False), ("state", "published")),
                        fields=["location", "-said_on", "-id"],
                        name="reviews_published_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_held", False), ("state", "published")),
                        fields=["location", "-usefulness", "-id"],
                        name="reviews_published_useful",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "review"), models.Q(("state", "private"), _negated=True)),
                        fields=["state", "-said_on", "-id"],
                        name="reviews_to_moderate",
                    ),
                    models.Index(fields=["location", "-said_on", "-id"], name="reviews_of_location"),
                    models.Index(fields=["-said_on", "-id"], name="reviews_newest"),
                    models.Index(fields=["kind", "-said_on", "-id"], name="reviews_of_kind"),
                    models.Index(
                        condition=models.Q(("handled_at__isnull", False)),
                        fields=["-said_on", "-id"],
                        name="reviews_handled",
                    ),
                    models.Index(
                        condition=models.Q(("scale_score__isnull", False)),
                        fields=["-said_on", "-id"],
                        name="reviews_on_a_scale",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("quality__lte", 2),
                            ("speed__lte", 2),
                            ("convenience__lte", 2),
                            ("knowledge__lte", 2),
                            _connector="OR",
                        ),
                        fields=["-said_on", "-id"],
                        name="reviews_low_somewhere",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("is_held", False), ("score__lte", 2), models.Q(("text", ""), _negated=True)
                        ),
                        fields=["-said_on", "-id", "survey", "state", "location", "score"],
                        name="reviews_low_overall",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["review", "comment", "mention"])),
                        name="reviews_review_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "published", "hidden", "private"])),
                        name="reviews_review_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_reason__in", ["personal", "abusive", "spam", "off_topic", "other", ""])
                        ),
                        name="reviews_review_hidden_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                ["social_media", "review_site", "email", "phone", "letter", "other", ""],
                            )
                        ),
                        name="reviews_review_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 600120
                            )
                        ),
                        name="reviews_review_text_is_not_too_long",
                        violation_error_message="text has at most 600120 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("original"), 200040
                            )
                        ),
                        name="reviews_review_original_is_not_too_long",
                        violation_error_message="original has at most 200040 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 100
                            )
                        ),
                        name="reviews_review_name_is_not_too_long",
                        violation_error_message="name has at most 100 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("hidden_note"), 300
                            )
                        ),
                        name="reviews_review_hidden_note_is_not_too_long",
                        violation_error_message="hidden_note has at most 300 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("source_name"), 60
                            )
                        ),
                        name="reviews_review_source_name_is_not_too_long",
                        violation_error_message="source_name has at most 60 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("link"), 1000
                            )
                        ),
                        name="reviews_review_link_is_not_too_long",
                        violation_error_message="link has at most 1000 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("author"), 100
                            )
                        ),
                        name="reviews_review_author_is_not_too_long",
                        violation_error_message="author has at most 100 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(("score__gte", 1), ("score__lte", 5)),
                            _connector="OR",
                        ),
                        name="reviews_review_score_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quality__isnull", True),
                            models.Q(("quality__gte", 1), ("quality__lte", 5)),
                            _connector="OR",
                        ),
                        name="reviews_review_quality_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("speed__isnull", True),
                            models.Q(("speed__gte", 1), ("speed__lte", 5)),
                            _connector="OR",
                        ),
                        name="reviews_review_speed_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("convenience__isnull", True),
                            models.Q(("convenience__gte", 1), ("convenience__lte", 5)),
                            _connector="OR",
                        ),
                        name="reviews_review_convenience_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("knowledge__isnull", True),
                            models.Q(("knowledge__gte", 1), ("knowledge__lte", 5)),
                            _connector="OR",
                        ),
                        name="reviews_review_knowledge_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moderated_at__isnull", True), ("moderated_by__isnull", True)),
                            models.Q(("moderated_at__isnull", False), ("moderated_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_review_moderated_at_with_moderated_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_at__isnull", True), ("handled_by__isnull", True)),
                            models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_review_handled_at_with_handled_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "mention"),
                                ("response__isnull", True),
                                models.Q(("source", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "mention"), _negated=True),
                                ("response__isnull", False),
                                ("source", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_mention_or_response",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "mention"),
                            models.Q(
                                ("answered_on__isnull", True),
                                ("author", ""),
                                ("digest", ""),
                                ("link", ""),
                                ("scale_max__isnull", True),
                                ("scale_score__isnull", True),
                                ("source_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_only_mentions_have_an_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "private"),
                            models.Q(("consent_publish", True), ("kind", "review")),
                            _connector="OR",
                        ),
                        name="reviews_review_public_only_with_consent",
                        violation_error_message="Only a review whose customer agreed can be published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), ("consent_publish", True), _connector="OR"),
                        name="reviews_review_named_only_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", False), ("state", "published")),
                            models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("published_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_published_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "hidden"), models.Q(("hidden_reason", ""), _negated=True)),
                            models.Q(
                                models.Q(("state", "hidden"), _negated=True),
                                ("hidden_note", ""),
                                ("hidden_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_hidden_for_a_reason",
                        violation_error_message="Say why it is hidden.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scale_max__isnull", True), ("scale_score__isnull", True)),
                            models.Q(
                                ("scale_max__gte", 1),
                                ("scale_max__isnull", False),
                                ("scale_score__gte", 0),
                                ("scale_score__lte", models.F("scale_max")),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_review_score_within_its_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link", ""),
                            ("link__startswith", "https://"),
                            ("link__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="reviews_review_link_is_a_web_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            ("answered_on__gte", models.F("said_on")),
                            _connector="OR",
                        ),
                        name="reviews_review_answered_after_it_was_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "mention"), ("survey__isnull", True)),
                            models.Q(models.Q(("kind", "mention"), _negated=True), ("survey__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_review_mention_or_of_a_survey",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("digest",),
                        name="reviews_review_digest_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="erasure",
                        serialize=False,
                        to="reviews.review",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("customer", "The customer asks for it"),
                            ("named", "Somebody who is named in it asks for it"),
                            ("ordered", "A court or an authority orders it"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("erased_at", models.DateTimeField()),
                (
                    "erased_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-erased_at"], name="reviews_erased_last")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["customer", "named", "ordered", "other"])),
                        name="reviews_erasure_reason_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="reviews.review",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail address"),
                            ("phone", "Phone number"),
                            ("name", "Name of a person"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("characters", models.PositiveIntegerField()),
                ("took_name", models.BooleanField(default=False)),
                ("redacted_at", models.DateTimeField()),
                (
                    "redacted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["email", "phone", "name", "other"])),
                        name="reviews_redaction_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("characters__gte", 1)),
                        name="reviews_redaction_took_something_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="reviews.review",
                    ),
                ),
                ("text", models.TextField(max_length=10000, verbose_name="reply")),
                ("is_public", models.BooleanField(default=True, verbose_name="show it on the public page")),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "replies",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("review",),
                        name="reviews_reply_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="reviews_reply_text_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 10000
                            )
                        ),
                        name="reviews_reply_text_is_not_too_long",
                        violation_error_message="text has at most 10000 characters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewPlace",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "url",
                    models.CharField(
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Give an address that begins with https://.", schemes=["https"]
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.location",
                        verbose_name="location",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="reviews_reviewplace_name_is_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__startswith", "https://")),
                        name="reviews_reviewplace_url_is_secure",
                        violation_error_message="Give an address that begins with https://.",
                    ),
                    models.UniqueConstraint(
                        fields=("location", "url"), name="reviews_reviewplace_url_once_in_location"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("location", None)),
                        fields=("url",),
                        name="reviews_reviewplace_url_once_for_everywhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewTally",
            fields=[
                (
                    "location",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisation.location",
                    ),
                ),
                ("score_1", models.PositiveIntegerField(default=0)),
                ("score_2", models.PositiveIntegerField(default=0)),
                ("score_3", models.PositiveIntegerField(default=0)),
                ("score_4", models.PositiveIntegerField(default=0)),
                ("score_5", models.PositiveIntegerField(default=0)),
                ("unscored", models.PositiveIntegerField(default=0)),
                ("hidden_personal", models.PositiveIntegerField(default=0)),
                ("hidden_abusive", models.PositiveIntegerField(default=0)),
                ("hidden_spam", models.PositiveIntegerField(default=0)),
                ("hidden_off_topic", models.PositiveIntegerField(default=0)),
                ("hidden_other", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "review tallies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden_abusive__gte", 0),
                            ("hidden_off_topic__gte", 0),
                            ("hidden_other__gte", 0),
                            ("hidden_personal__gte", 0),
                            ("hidden_spam__gte", 0),
                            ("score_1__gte", 0),
                            ("score_2__gte", 0),
                            ("score_3__gte", 0),
                            ("score_4__gte", 0),
                            ("score_5__gte", 0),
                            ("unscored__gte", 0),
                        ),
                        name="reviews_reviewtally_counts_are_possible",
                    )
                ],
            },
        ),
    ]
