import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="surveys.survey",
                        verbose_name="survey",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
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
                ("collected_from", models.DateField(verbose_name="collected from")),
                ("collected_to", models.DateField(verbose_name="collected until")),
                (
                    "source",
                    models.CharField(
                        choices=[("box", "Box"), ("post", "Post"), ("counter", "Counter")],
                        default="box",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("counted", models.PositiveIntegerField(verbose_name="cards counted")),
                ("due_on", models.DateField(verbose_name="to be keyed by")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="keyed twice, in percent"
                    ),
                ),
                ("keyed", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("waiting", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("missed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
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
                "verbose_name_plural": "batches",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["location", "due_on"],
                        name="cards_batch_open",
                    ),
                    models.Index(fields=["-opened_at", "-id"], name="cards_batch_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("collected_from__lte", models.F("collected_to"))),
                        name="cards_batch_collected_from_not_after_to",
                        violation_error_message="The first day must not come after the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["box", "post", "counter"])),
                        name="cards_batch_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted__gte", 1), ("counted__lte", 10000)),
                        name="cards_batch_counted_1_to_10000",
                        violation_error_message="counted lies between 1 and 10000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share", None), ("share__lte", 100), _connector="OR"),
                        name="cards_batch_share_is_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("keyed__gte", 0),
                            ("rejected__gte", 0),
                            ("waiting__gte", 0),
                            ("waiting__lte", models.F("keyed")),
                        ),
                        name="cards_batch_tally_is_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_batch_closed_at_with_closed_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            models.Q(
                                (
                                    "counted",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("keyed"), "+", models.F("rejected")
                                    ),
                                ),
                                ("waiting", 0),
                            ),
                            _connector="OR",
                        ),
                        name="cards_batch_closes_only_when_it_balances",
                        violation_error_message="A batch closes only when counted = keyed + rejected and no card waits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClerkShare",
            fields=[
                (
                    "clerk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="keying_share",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(verbose_name="keyed twice, in percent")),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
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
                        condition=models.Q(("share__gte", 0), ("share__lte", 100)),
                        name="cards_clerkshare_share_0_to_100",
                        violation_error_message="share lies between 0 and 100.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyerMonth",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "keyer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keyer_months",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("month", models.DateField()),
                ("fields", models.PositiveIntegerField(default=0)),
                ("errors", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("keyer", "month"), name="cards_keyermonth_one_for_each_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="cards_keyermonth_month_is_its_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("errors__lte", models.F("fields"))),
                        name="cards_keyermonth_errors_within_fields",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyingRule",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "fields_needed",
                    models.PositiveIntegerField(
                        default=1000, verbose_name="fields compared before the share may fall"
                    ),
                ),
                (
                    "fair_errors",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="fair: at most so many errors in 1,000 fields"
                    ),
                ),
                (
                    "fair_share",
                    models.PositiveSmallIntegerField(default=20, verbose_name="then keyed twice, in percent"),
                ),
                (
                    "low_errors",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="low: at most so many errors in 1,000 fields"
                    ),
                ),
                (
                    "low_share",
                    models.PositiveSmallIntegerField(default=5, verbose_name="then keyed twice, in percent"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__gte", 1), ("id__lte", 1)),
                        name="cards_keyingrule_id_1_to_1",
                        violation_error_message="id lies between 1 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fields_needed__gte", 0), ("fields_needed__lte", 1000000)),
                        name="cards_keyingrule_fields_needed_0_to_1000000",
                        violation_error_message="fields_needed lies between 0 and 1000000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fair_share__gte", 0), ("fair_share__lte", 100)),
                        name="cards_keyingrule_fair_share_0_to_100",
                        violation_error_message="fair_share lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low_share__gte", 0), ("low_share__lte", 100)),
                        name="cards_keyingrule_low_share_0_to_100",
                        violation_error_message="low_share lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low_errors__lte", models.F("fair_errors")),
                            ("low_share__lte", models.F("fair_share")),
                        ),
                        name="cards_keyingrule_fewer_errors_smaller_share",
                        violation_error_message="Whoever makes fewer errors has no larger share.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="print_runs",
                        to="surveys.version",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.touchpoint",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "paper",
                    models.CharField(
                        choices=[("a4", "A4"), ("us-letter", "Letter")],
                        default="a4",
                        max_length=10,
                        verbose_name="paper",
                    ),
                ),
                ("per_page", models.PositiveSmallIntegerField(default=1, verbose_name="cards on a page")),
                ("copies", models.PositiveIntegerField(verbose_name="number of cards")),
                ("printed_at", models.DateTimeField()),
                (
                    "printed_by",
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
                        condition=models.Q(("paper__in", ["a4", "us-letter"])),
                        name="cards_printrun_paper_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_page__in", [1, 2, 4])),
                        name="cards_printrun_one_two_or_four_a_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copies__gte", 1), ("copies__lte", 10000)),
                        name="cards_printrun_copies_1_to_10000",
                        violation_error_message="copies lies between 1 and 10000.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="cards.batch",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.version",
                    ),
                ),
                (
                    "print_run",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="cards.printrun",
                    ),
                ),
                ("serial", models.PositiveIntegerField(blank=True, null=True)),
                ("day", models.DateField()),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("rejected", "Rejected"),
                            ("awaiting_second", "Waits to be keyed again"),
                            ("differing", "Two keyings differ"),
                            ("settled", "In the scores"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "rejection",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blank", "Blank"),
                            ("unreadable", "Unreadable"),
                            ("wrong_survey", "Of another survey"),
                            ("torn", "Torn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("comment_later", models.BooleanField(default=False)),
                (
                    "first_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("first_at", models.DateTimeField()),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("second_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("fields", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("first_errors", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("second_errors", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["awaiting_second", "differing"])),
                        fields=["batch", "number"],
                        name="cards_card_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("comment_later", True)),
                        fields=["batch", "number"],
                        name="cards_card_comment_later",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "number"), name="cards_card_number_once_in_batch"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("serial__isnull", False)),
                        fields=("print_run", "serial"),
                        name="cards_card_serial_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("print_run__isnull", True), ("serial__isnull", True)),
                            models.Q(("print_run__isnull", False), ("serial__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_card_print_run_with_serial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["rejected", "awaiting_second", "differing", "settled"])
                        ),
                        name="cards_card_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rejection__in", ["blank", "unreadable", "wrong_survey", "torn", ""])
                        ),
                        name="cards_card_rejection_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), models.Q(("rejection", ""), _negated=True)),
                            models.Q(models.Q(("state", "rejected"), _negated=True), ("rejection", "")),
                            _connector="OR",
                        ),
                        name="cards_card_rejected_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_at__isnull", True), ("second_by__isnull", True)),
                            models.Q(("second_at__isnull", False), ("second_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_card_second_by_with_second_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_card_settled_by_with_settled_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            models.Q(("second_by", models.F("first_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="cards_card_second_keyer_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by", None),
                            models.Q(
                                ("second_by__isnull", False),
                                models.Q(("settled_by", models.F("first_by")), _negated=True),
                                models.Q(("settled_by", models.F("second_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cards_card_settled_by_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "differing"), _negated=True),
                            models.Q(("second_by__isnull", False), ("settled_by", None)),
                            _connector="OR",
                        ),
                        name="cards_card_differing_was_keyed_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fields__isnull", True), ("first_errors__isnull", True)),
                            models.Q(("fields__isnull", False), ("first_errors__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_card_fields_with_first_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fields__isnull", True), ("second_errors__isnull", True)),
                            models.Q(("fields__isnull", False), ("second_errors__isnull", False)),
                            _connector="OR",
                        ),
                        name="cards_card_fields_with_second_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fields", None),
                            models.Q(
                                ("first_errors__lte", models.F("fields")),
                                ("second_by__isnull", False),
                                ("second_errors__lte", models.F("fields")),
                                ("state", "settled"),
                            ),
                            _connector="OR",
                        ),
                        name="cards_card_compared_once_settled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Keying",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "card",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keyings",
                        to="cards.card",
                    ),
                ),
                (
                    "turn",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "First keying"), (2, "Second keying"), (3, "Settling")]
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("ratings", models.CharField(max_length=20)),
                ("answers", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("card", "turn", "revision"), name="cards_keying_revision_once_in_turn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__in", [1, 2, 3])), name="cards_keying_turn_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ratings__regex", "\\A[1-5x?.-]{1,20}\\Z")),
                        name="cards_keying_ratings_are_1_to_5_or_a_sign",
                    ),
                ],
            },
        ),
    ]
