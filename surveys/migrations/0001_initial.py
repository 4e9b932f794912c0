import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import organisation.models.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("key_hash", models.BinaryField(max_length=32, unique=True)),
                ("begins_with", models.CharField(max_length=12)),
                ("may_add_recipients", models.BooleanField(default=True, verbose_name="adds recipients")),
                ("may_report_bounces", models.BooleanField(default=False, verbose_name="reports bounces")),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("used_on", models.DateField(blank=True, null=True)),
                ("minute", models.DateTimeField(blank=True, null=True)),
                ("calls", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="surveys_accesskey_revoked_at_with_revoked_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("may_add_recipients", True), ("may_report_bounces", True), _connector="OR"
                        ),
                        name="surveys_accesskey_is_good_for_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactMoment",
            fields=[
                ("address_hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("contacted_on", models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SpentKey",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Unsubscribed",
            fields=[
                ("address_hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("unsubscribed_on", models.DateField()),
            ],
            options={
                "verbose_name_plural": "unsubscribed",
            },
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("address_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("smtp", "The mail server, while sending"),
                            ("report", "A report that came back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("bounced_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["smtp", "report"])),
                        name="surveys_bounce_source_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=50,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9_-]*\\Z",
                                "Use small letters, digits, hyphens and underscores.",
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("survey", "Survey"),
                            ("review_form", "Review form"),
                            ("visit_checklist", "Visit checklist"),
                        ],
                        default="survey",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                ("is_anonymous", models.BooleanField(default=True, verbose_name="anonymous")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "\\A[a-z0-9][a-z0-9_-]*\\Z")),
                        name="surveys_survey_slug_is_safe",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["survey", "review_form", "visit_checklist"])),
                        name="surveys_survey_purpose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="surveys_survey_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="surveys_survey_opens_at_before_closes_at",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("archived_at__isnull", True), ("archived_by__isnull", True)),
                            models.Q(("archived_at__isnull", False), ("archived_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="surveys_survey_archived_at_with_archived_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllowedOrigin",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allowed_origins",
                        to="surveys.survey",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|http://localhost)(:[0-9]{1,5})?\\Z",
                                "Give the start of the website’s address, such as https://www.example.org.",
                            )
                        ],
                        verbose_name="website",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "origin"), name="surveys_allowedorigin_once_in_survey"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__regex",
                                "\\A(https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|http://localhost)(:[0-9]{1,5})?\\Z",
                            )
                        ),
                        name="surveys_allowedorigin_is_an_origin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to="surveys.survey",
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="imports")),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waiting for its columns to be mapped"),
                            ("checking", "Checking"),
                            ("checked", "Checked: ready to import"),
                            ("refused", "Refused"),
                            ("importing", "Importing"),
                            ("imported", "Imported"),
                            ("undone", "Undone"),
                            ("failed", "Failed"),
                        ],
                        default="uploaded",
                        max_length=20,
                    ),
                ),
                ("rows_total", models.PositiveIntegerField(blank=True, null=True)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("rows_imported", models.PositiveIntegerField(default=0)),
                ("rows_known", models.PositiveIntegerField(default=0)),
                ("rows_refused", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(blank=True, default=list)),
                ("started_at", models.DateTimeField()),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "uploaded",
                                    "checking",
                                    "checked",
                                    "refused",
                                    "importing",
                                    "imported",
                                    "undone",
                                    "failed",
                                ],
                            )
                        ),
                        name="surveys_importrun_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rows_total", None), ("rows_done__lte", models.F("rows_total")), _connector="OR"
                        ),
                        name="surveys_importrun_done_within_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KioskRule",
            fields=[
                (
                    "survey",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kiosk_rule",
                        serialize=False,
                        to="surveys.survey",
                    ),
                ),
                ("idle_seconds", models.PositiveSmallIntegerField(default=60, verbose_name="idle seconds")),
                (
                    "at_idle",
                    models.CharField(
                        choices=[("submit", "Send what was answered"), ("drop", "Drop it")],
                        default="submit",
                        max_length=10,
                        verbose_name="when idle",
                    ),
                ),
                ("pin_hash", models.CharField(max_length=200)),
                ("edition", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("idle_seconds__gte", 15), ("idle_seconds__lte", 600)),
                        name="surveys_kioskrule_idle_seconds_15_to_600",
                        violation_error_message="idle_seconds lies between 15 and 600.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at_idle__in", ["submit", "drop"])),
                        name="surveys_kioskrule_at_idle_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pin_hash", ""), _negated=True),
                        name="surveys_kioskrule_cannot_be_left_without_pin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="surveys.survey",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
                ("translations", models.JSONField(blank=True, default=dict)),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="organisation.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="organisation.touchpoint",
                        verbose_name="touchpoint",
                    ),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=1, verbose_name="reminders")),
                (
                    "reminder_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="days between mails"),
                ),
                (
                    "cap_days",
                    models.PositiveSmallIntegerField(
                        default=90, verbose_name="days without another invitation"
                    ),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sending", "Sending"),
                            ("paused", "Paused"),
                            ("sent", "Sent"),
                            ("stopped", "Stopped"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("origin", models.CharField(blank=True, max_length=200)),
                ("trouble", models.CharField(blank=True, max_length=300)),
                ("retry_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("body"), 4000
                            )
                        ),
                        name="surveys_mailing_body_is_not_too_long",
                        violation_error_message="body has at most 4000 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sending", "paused", "sent", "stopped"])),
                        name="surveys_mailing_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminders__gte", 0), ("reminders__lte", 3)),
                        name="surveys_mailing_reminders_0_to_3",
                        violation_error_message="reminders lies between 0 and 3.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminder_days__gte", 1), ("reminder_days__lte", 60)),
                        name="surveys_mailing_reminder_days_1_to_60",
                        violation_error_message="reminder_days lies between 1 and 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap_days__gte", 0), ("cap_days__lte", 365)),
                        name="surveys_mailing_cap_days_0_to_365",
                        violation_error_message="cap_days lies between 0 and 365.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="surveys_mailing_quiet_from_with_quiet_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__regex", "\\A[^\\n\\r]+\\Z")),
                        name="surveys_mailing_subject_is_one_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin", ""), ("state", "sending"), _negated=True),
                        name="surveys_mailing_sending_has_an_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ("sent", "stopped"))),
                            models.Q(
                                models.Q(("state__in", ("sent", "stopped")), _negated=True),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="surveys_mailing_ended_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="surveys.mailing",
                    ),
                ),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail")),
                ("address_hash", models.BinaryField(blank=True, max_length=32, null=True)),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        max_length=50,
                        validators=[organisation.models.places.known_time_zone],
                        verbose_name="time zone",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.touchpoint",
                        verbose_name="touchpoint",
                    ),
                ),
                ("nonce", models.BinaryField(max_length=16)),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("bounced", "Bounced"),
                            ("skipped", "Skipped"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "skipped_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cap", "Was invited elsewhere a short time ago"),
                            ("unsubscribed", "Wants no invitations"),
                            ("bounced", "The address bounced before"),
                        ],
                        max_length=20,
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("is_started", models.BooleanField(default=False)),
                ("is_finished", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["mailing", "due_at", "id"],
                        name="surveys_invitation_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "sent", "bounced", "skipped"])),
                        name="surveys_invitation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("skipped_because__in", ["cap", "unsubscribed", "bounced", ""])),
                        name="surveys_invitation_skipped_because_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__gte", 0), ("turn__lte", 3)),
                        name="surveys_invitation_turn_0_to_3",
                        violation_error_message="turn lies between 0 and 3.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("mailing", "email"),
                        name="surveys_invitation_once_in_mailing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address_hash__isnull", True), ("email__regex", "\\A[!-~]+@[!-~]+\\Z")),
                            models.Q(("address_hash__isnull", False), ("email", ""), ("name", "")),
                            _connector="OR",
                        ),
                        name="surveys_invitation_email_is_one_word_or_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("email"), 254
                            )
                        ),
                        name="surveys_invitation_email_is_not_too_long",
                        violation_error_message="email has at most 254 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 100
                            )
                        ),
                        name="surveys_invitation_name_is_not_too_long",
                        violation_error_message="name has at most 100 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "\\A[^\\n\\r]*\\Z")),
                        name="surveys_invitation_name_is_one_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="surveys_invitation_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "skipped"), models.Q(("skipped_because", ""), _negated=True)),
                            models.Q(models.Q(("state", "skipped"), _negated=True), ("skipped_because", "")),
                            _connector="OR",
                        ),
                        name="surveys_invitation_skipped_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_finished", False), ("is_started", True), _connector="OR"),
                        name="surveys_invitation_finished_is_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_started", False), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="surveys_invitation_started_was_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at__isnull", True), ("state", "sent"), _negated=True),
                        name="surveys_invitation_sent_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="surveys.invitation",
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("doubtful", "Sent, without an answer"),
                            ("deferred", "To be tried again"),
                            ("refused", "Refused"),
                        ],
                        default="claimed",
                        max_length=20,
                    ),
                ),
                ("message_id", models.CharField(max_length=120, unique=True)),
                ("claim", models.UUIDField()),
                ("place", models.PositiveSmallIntegerField()),
                ("claimed_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "claimed")),
                        fields=["claim"],
                        name="surveys_mail_claimed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["claimed", "sent", "doubtful", "deferred", "refused"])
                        ),
                        name="surveys_mail_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__gte", 0), ("turn__lte", 3)),
                        name="surveys_mail_turn_0_to_3",
                        violation_error_message="turn lies between 0 and 3.",
                    ),
                    models.UniqueConstraint(
                        fields=("invitation", "turn"), name="surveys_mail_once_for_each_turn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state__in", ["sent", "doubtful"])),
                            models.Q(
                                models.Q(("state__in", ["sent", "doubtful"]), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="surveys_mail_sent_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="surveys.survey",
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rating", "Rating from 1 to 5"),
                            ("single_choice", "One choice"),
                            ("several_choices", "Several choices"),
                            ("text", "Text"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quality", "Quality"),
                            ("speed", "Speed"),
                            ("convenience", "Convenience"),
                            ("knowledge", "Knowledge"),
                            ("overall", "Overall"),
                        ],
                        max_length=20,
                        verbose_name="dimension",
                    ),
                ),
                ("is_reversed", models.BooleanField(default=False, verbose_name="5 is the worst")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "key"), name="surveys_measure_key_once_in_survey"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("key__regex", "\\A[a-z][a-z0-9_]*\\Z"),
                            models.Q(("key__in", ["at", "lang", "token", "tp", "website"]), _negated=True),
                        ),
                        name="surveys_measure_key_is_a_field_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["rating", "single_choice", "several_choices", "text"])
                        ),
                        name="surveys_measure_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dimension__in", ["quality", "speed", "convenience", "knowledge", "overall", ""])
                        ),
                        name="surveys_measure_dimension_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rating"), models.Q(("dimension", ""), _negated=True)),
                            models.Q(
                                models.Q(("kind", "rating"), _negated=True),
                                ("dimension", ""),
                                ("is_reversed", False),
                            ),
                            _connector="OR",
                        ),
                        name="surveys_measure_dimension_for_ratings_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="surveys.survey",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("intro", models.TextField(blank=True, max_length=2000, verbose_name="introduction")),
                ("thanks_title", models.CharField(blank=True, max_length=150, verbose_name="closing title")),
                ("thanks_text", models.TextField(blank=True, max_length=2000, verbose_name="closing text")),
                ("translations", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "number"), name="surveys_version_number_once_in_survey"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", None)),
                        fields=("survey",),
                        name="surveys_version_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("published_at__isnull", True)),
                            models.Q(("number__gte", 1), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="surveys_version_numbered_when_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("intro"), 2000
                            )
                        ),
                        name="surveys_version_intro_is_not_too_long",
                        violation_error_message="intro has at most 2000 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("thanks_text"), 2000
                            )
                        ),
                        name="surveys_version_thanks_text_is_not_too_long",
                        violation_error_message="thanks_text has at most 2000 characters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="surveys.version",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="surveys.measure",
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=150, verbose_name="section heading")),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                ("help_text", models.CharField(blank=True, max_length=500, verbose_name="help")),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "allows_not_applicable",
                    models.BooleanField(default=True, verbose_name="offer “does not apply”"),
                ),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                ("options", models.JSONField(blank=True, default=list)),
                (
                    "continuity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "Same question (a typing mistake was mended)"),
                            ("new_wording", "Same measure, new wording (the trend goes on, with a mark)"),
                            ("new_measure", "New measure (the trend starts afresh)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("translations", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"), name="surveys_question_position_once_in_version"
                    ),
                    models.UniqueConstraint(
                        fields=("version", "measure"), name="surveys_question_measure_once_in_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 20)),
                        name="surveys_question_position_1_to_20",
                        violation_error_message="position lies between 1 and 20.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 10)),
                        name="surveys_question_weight_1_to_10",
                        violation_error_message="weight lies between 1 and 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("continuity__in", ["same", "new_wording", "new_measure", ""])),
                        name="surveys_question_continuity_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="surveys.version",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="organisation.location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="organisation.touchpoint",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("link", "Link"),
                            ("invitation", "Invitation"),
                            ("kiosk", "Kiosk"),
                            ("widget", "Widget"),
                            ("paper", "Paper card"),
                            ("phone", "Phone"),
                            ("import", "Import"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("ratings", models.CharField(max_length=20)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("flags", models.PositiveSmallIntegerField(default=0)),
                ("is_held", models.BooleanField(default=False)),
                ("is_scored", models.BooleanField(default=False)),
                ("is_heard", models.BooleanField(default=False)),
                (
                    "import_run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="surveys.importrun",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "received_on"], name="surveys_response_of_version"),
                    models.Index(
                        condition=models.Q(("is_held", False), ("is_scored", False)),
                        fields=["version", "received_on"],
                        name="surveys_response_unscored",
                    ),
                    models.Index(
                        condition=models.Q(("is_heard", False)),
                        fields=["version", "received_on"],
                        name="surveys_response_unheard",
                    ),
                    models.Index(
                        condition=models.Q(("import_run__isnull", False)),
                        fields=["import_run"],
                        name="surveys_response_imported",
                    ),
                    models.Index(
                        condition=models.Q(("is_held", True)),
                        fields=["version", "received_on", "id"],
                        name="surveys_response_held",
                    ),
                    models.Index(
                        condition=models.Q(("flags__gt", 0)),
                        fields=["version", "received_on", "id", "flags"],
                        name="surveys_response_flagged",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                ["link", "invitation", "kiosk", "widget", "paper", "phone", "import"],
                            )
                        ),
                        name="surveys_response_mode_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ratings__regex", "\\A[1-5x?.-]{1,20}\\Z")),
                        name="surveys_response_ratings_are_1_to_5_or_a_sign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("flags__gte", 0), ("flags__lte", 255)),
                        name="surveys_response_flags_0_to_255",
                        violation_error_message="flags lies between 0 and 255.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_held", False), ("is_scored", False), _connector="OR"),
                        name="surveys_response_held_is_not_scored",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="surveys.response",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("consent_publish", models.BooleanField(default=False, verbose_name="may be published")),
                ("consent_contact", models.BooleanField(default=False, verbose_name="may be contacted")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("name"), 100
                            )
                        ),
                        name="surveys_contact_name_is_not_too_long",
                        violation_error_message="name has at most 100 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("email"), 254
                            )
                        ),
                        name="surveys_contact_email_is_not_too_long",
                        violation_error_message="email has at most 254 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("phone"), 30
                            )
                        ),
                        name="surveys_contact_phone_is_not_too_long",
                        violation_error_message="phone has at most 30 characters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_contact", False),
                            ("consent_publish", False),
                            ("email", ""),
                            ("name", ""),
                            ("phone", ""),
                            _negated=True,
                        ),
                        name="surveys_contact_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent_contact", True),
                                models.Q(("email", ""), ("phone", ""), _negated=True),
                            ),
                            models.Q(("consent_contact", False), ("email", ""), ("phone", "")),
                            _connector="OR",
                        ),
                        name="surveys_contact_reachable_only_with_consent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyDraft",
            fields=[
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="surveys.invitation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.version",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="surveys_surveydraft_language_is_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="bounce",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bounces",
                to="surveys.invitation",
            ),
        ),
        migrations.AddField(
            model_name="survey",
            name="live_version",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.version",
            ),
        ),
    ]
