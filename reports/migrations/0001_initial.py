import datetime as dt
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import organisation.models.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("reviews", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("filters", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mean_below", "The mean falls below"),
                            ("mean_above", "The mean rises above"),
                            ("share_below", "The share of 4s and 5s, in percent, falls below"),
                            ("share_above", "The share of 4s and 5s, in percent, rises above"),
                            ("signal", "The latest point of the trend stands out"),
                            ("outlier", "A location is out of line with the others"),
                            ("low_score", "A single response scores as low as, or lower than"),
                        ],
                        max_length=20,
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
                    ),
                ),
                ("threshold", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("hours", models.PositiveSmallIntegerField(default=24)),
                ("tells_good", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=10)),
                ("origin", models.CharField(max_length=300)),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "mean_below",
                                    "mean_above",
                                    "share_below",
                                    "share_above",
                                    "signal",
                                    "outlier",
                                    "low_score",
                                ],
                            )
                        ),
                        name="reports_alert_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dimension__in", ["quality", "speed", "convenience", "knowledge", "overall", ""])
                        ),
                        name="reports_alert_dimension_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dimension", ""), _negated=True), ("kind", "low_score"), _connector="OR"
                        ),
                        name="reports_alert_only_a_low_score_is_of_any_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 720)),
                        name="reports_alert_hours_1_to_720",
                        violation_error_message="hours lies between 1 and 720.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("signal", "outlier")), ("threshold", None)),
                            models.Q(
                                ("kind__in", ("mean_below", "mean_above")),
                                ("threshold__gte", 1),
                                ("threshold__isnull", False),
                                ("threshold__lte", 5),
                            ),
                            models.Q(
                                ("kind__in", ("share_below", "share_above")),
                                ("threshold__gte", 0),
                                ("threshold__isnull", False),
                                ("threshold__lte", 100),
                            ),
                            models.Q(
                                ("kind", "low_score"),
                                ("threshold__gte", 1),
                                ("threshold__isnull", False),
                                ("threshold__lte", 4),
                            ),
                            _connector="OR",
                        ),
                        name="reports_alert_threshold_suits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filters__contains", "&from="), _negated=True),
                            ("filters__startswith", "survey="),
                        ),
                        name="reports_alert_period_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="reports_alert_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="reports_alert_language_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertRecipient",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="reports.alert",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("unknown", "Not known yet"), ("calm", "Fine"), ("raised", "Raised")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("raised_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("is_readable", models.BooleanField(default=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("signs", models.JSONField(blank=True, default=list)),
                ("marks", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alert", "member"), name="reports_alertrecipient_each_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["unknown", "calm", "raised"])),
                        name="reports_alertrecipient_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("raised_at__isnull", False), ("state", "raised"), ("told_at__isnull", False)
                            ),
                            models.Q(models.Q(("state", "raised"), _negated=True), ("raised_at", None)),
                            _connector="OR",
                        ),
                        name="reports_alertrecipient_raised_since_and_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raised_at", None), ("raised_at__lte", models.F("told_at")), _connector="OR"
                        ),
                        name="reports_alertrecipient_told_since_it_was_raised",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("doubtful", "Sent, without an answer"),
                            ("failed", "Not sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.UUIDField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_at"],
                        name="reports_delivery_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "claimed")),
                        fields=["claim"],
                        name="reports_delivery_claimed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "claimed", "sent", "doubtful", "failed"])
                        ),
                        name="reports_delivery_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state__in", ["doubtful", "sent"])),
                            models.Q(
                                models.Q(("state__in", ["doubtful", "sent"]), _negated=True),
                                ("sent_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="reports_delivery_sent_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False), ("claimed_at__isnull", False), ("state", "claimed")
                            ),
                            models.Q(
                                models.Q(("state", "claimed"), _negated=True),
                                ("claim", None),
                                ("claimed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="reports_delivery_claimed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertNotice",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="reports.alertrecipient",
                    ),
                ),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alert_notice",
                        to="reports.delivery",
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("lines", models.JSONField(blank=True, default=list)),
                ("link", models.TextField()),
                ("is_good", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LowScore",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="low_scores",
                        to="reports.alertrecipient",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.response"
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["recipient"],
                        name="reports_lowscore_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "response"), name="reports_lowscore_each_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessChange",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.survey",
                        verbose_name="survey",
                    ),
                ),
                ("changed_on", models.DateField(verbose_name="first day")),
                ("words", models.CharField(max_length=200, verbose_name="what changed")),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.touchpoint",
                        verbose_name="touchpoint",
                    ),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locations",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organisation.location", verbose_name="locations"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="reports_processchange_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("changed_on__gte", dt.date(1970, 1, 1)),
                            ("changed_on__lte", dt.date(2199, 12, 31)),
                        ),
                        name="reports_processchange_changed_on_is_a_day_of_reports",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportExport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("csv", "CSV: for programs and spreadsheets"),
                            ("xlsx", "XLSX: a spreadsheet"),
                            ("sav", "SAV: SPSS, with labels and missing values"),
                            ("zip", "ZIP: CSV with a codebook, for statistics programs"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("filters", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a worker"),
                            ("running", "In the making"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("rows_total", models.PositiveIntegerField()),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("bytes_done", models.PositiveBigIntegerField(default=0)),
                ("last_version", models.PositiveIntegerField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
                ("last_key", models.UUIDField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["csv", "xlsx", "sav", "zip"])),
                        name="reports_reportexport_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "ready", "failed"])),
                        name="reports_reportexport_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_at__isnull", True),
                            ("expires_at__isnull", True),
                            ("asked_at__lt", models.F("expires_at")),
                            _connector="OR",
                        ),
                        name="reports_reportexport_asked_at_before_expires_at",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rows_done__lte", models.F("rows_total"))),
                        name="reports_reportexport_done_within_total",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("last_day", None), ("last_key", None), ("last_version", None)),
                            models.Q(
                                ("last_day__isnull", False),
                                ("last_key__isnull", False),
                                ("last_version__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reports_reportexport_last_row_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["ready", "failed"])),
                            models.Q(("ended_at", None), ("state__in", ["waiting", "running"])),
                            _connector="OR",
                        ),
                        name="reports_reportexport_ended_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("filters", models.TextField()),
                ("charts", models.JSONField(blank=True, default=list)),
                (
                    "step",
                    models.CharField(
                        choices=[("day", "Every day"), ("week", "Every week"), ("month", "Every month")],
                        max_length=10,
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("month_day", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("at", models.TimeField()),
                (
                    "time_zone",
                    models.CharField(
                        blank=True, max_length=50, validators=[organisation.models.places.known_time_zone]
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("origin", models.CharField(max_length=300)),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["day", "week", "month"])),
                        name="reports_schedule_step_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                        name="reports_schedule_weekday_0_to_6",
                        violation_error_message="weekday lies between 0 and 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month_day__gte", 1), ("month_day__lte", 31)),
                        name="reports_schedule_month_day_1_to_31",
                        violation_error_message="month_day lies between 1 and 31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("month_day", None), ("step", "day"), ("weekday", None)),
                            models.Q(("month_day", None), ("step", "week"), ("weekday__isnull", False)),
                            models.Q(("month_day__isnull", False), ("step", "month"), ("weekday", None)),
                            _connector="OR",
                        ),
                        name="reports_schedule_day_suits_its_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filters__contains", "&from="), _negated=True),
                            ("filters__startswith", "survey="),
                        ),
                        name="reports_schedule_period_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="reports_schedule_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="reports_schedule_language_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleNotice",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="reports.schedule",
                    ),
                ),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule_notice",
                        to="reports.delivery",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScheduleRecipient",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="reports.schedule",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("next_at", models.DateTimeField(db_index=True)),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner", "Whoever set it up reads no reports any more"),
                            ("member", "Reads no reports any more"),
                            ("places", "Can no longer see all that the report is about"),
                        ],
                        max_length=10,
                    ),
                ),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "member"), name="reports_schedulerecipient_once_in_a_schedule"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_because__in", ["owner", "member", "places", ""])),
                        name="reports_schedulerecipient_stopped_because_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at", None), ("stopped_because", "")),
                            models.Q(
                                models.Q(("stopped_because", ""), _negated=True),
                                ("stopped_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reports_schedulerecipient_stopped_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredReport",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("filters", models.TextField()),
                ("places", models.JSONField(null=True)),
                ("language", models.CharField(max_length=10)),
                ("result", models.BinaryField()),
                ("pdf", models.BinaryField()),
                ("data_version", models.PositiveBigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="reports_storedreport_language_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SentReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sent",
                        to="reports.schedule",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_report",
                        to="reports.delivery",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_report",
                        to="reports.storedreport",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("filters", models.TextField()),
                ("charts", models.JSONField(blank=True, default=list)),
                ("language", models.CharField(max_length=10)),
                ("origin", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("missed", models.PositiveSmallIntegerField(default=0)),
                ("is_by_hand", models.BooleanField(default=False)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("schedule", "member", "due_on"), name="reports_sentreport_once_for_each_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cleared_at", None), ("report", None), _connector="OR"),
                        name="reports_sentreport_cleared_is_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_by_hand", False), ("schedule", None), _connector="OR"),
                        name="reports_sentreport_by_hand_is_of_no_schedule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "cs", "da", "pl", "fil"])),
                        name="reports_sentreport_language_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="share_link",
                        to="reports.storedreport",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("minimum", models.PositiveSmallIntegerField()),
                ("with_comments", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at__isnull", True),
                            ("expires_at__isnull", True),
                            ("made_at__lt", models.F("expires_at")),
                            _connector="OR",
                        ),
                        name="reports_sharelink_made_at_before_expires_at",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="reports_sharelink_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None), ("revoked_at__gte", models.F("made_at")), _connector="OR"
                        ),
                        name="reports_sharelink_revoked_after_it_was_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at", None), ("report__isnull", False)),
                            models.Q(("cleared_at__isnull", False), ("report", None)),
                            _connector="OR",
                        ),
                        name="reports_sharelink_cleared_is_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedComment",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="reports.sharelink",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reviews.review"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("link", "review"), name="reports_sharedcomment_once_behind_a_link"
                    )
                ],
            },
        ),
    ]
