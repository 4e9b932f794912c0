import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="surveys.survey",
                    ),
                ),
                (
                    "span",
                    models.CharField(
                        choices=[("day", "Day"), ("week", "Week"), ("month", "Month")], max_length=5
                    ),
                ),
                ("day", models.DateField()),
                ("moved", models.PositiveBigIntegerField(default=1)),
                ("moved_at", models.DateTimeField()),
                ("made", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("made__lt", models.F("moved"))),
                        fields=["day"],
                        name="scoring_block_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "span", "day"), name="scoring_block_one_for_each_span_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made__lte", models.F("moved"))),
                        name="scoring_block_made_of_what_moved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["day", "week", "month"])),
                        name="scoring_block_span_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockSum",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "block",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sums",
                        to="scoring.block",
                    ),
                ),
                ("touchpoint", models.PositiveIntegerField(default=0)),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("link", "Link"),
                            ("invitation", "Invitation"),
                            ("kiosk", "Kiosk"),
                            ("widget", "Widget"),
                            ("paper", "Paper card"),
                            ("phone", "Phone"),
                            ("import", "Import"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("location", models.PositiveIntegerField(default=0)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.version",
                    ),
                ),
                ("responses", models.IntegerField(default=0)),
                ("ratings", models.BinaryField(default=b"")),
                ("quality_responses", models.BigIntegerField(default=0)),
                ("quality_mean_sum", models.BigIntegerField(default=0)),
                ("quality_mean_squares", models.BigIntegerField(default=0)),
                ("quality_share_sum", models.BigIntegerField(default=0)),
                ("quality_share_squares", models.BigIntegerField(default=0)),
                ("speed_responses", models.BigIntegerField(default=0)),
                ("speed_mean_sum", models.BigIntegerField(default=0)),
                ("speed_mean_squares", models.BigIntegerField(default=0)),
                ("speed_share_sum", models.BigIntegerField(default=0)),
                ("speed_share_squares", models.BigIntegerField(default=0)),
                ("convenience_responses", models.BigIntegerField(default=0)),
                ("convenience_mean_sum", models.BigIntegerField(default=0)),
                ("convenience_mean_squares", models.BigIntegerField(default=0)),
                ("convenience_share_sum", models.BigIntegerField(default=0)),
                ("convenience_share_squares", models.BigIntegerField(default=0)),
                ("knowledge_responses", models.BigIntegerField(default=0)),
                ("knowledge_mean_sum", models.BigIntegerField(default=0)),
                ("knowledge_mean_squares", models.BigIntegerField(default=0)),
                ("knowledge_share_sum", models.BigIntegerField(default=0)),
                ("knowledge_share_squares", models.BigIntegerField(default=0)),
                ("overall_responses", models.BigIntegerField(default=0)),
                ("overall_mean_sum", models.BigIntegerField(default=0)),
                ("overall_mean_squares", models.BigIntegerField(default=0)),
                ("overall_share_sum", models.BigIntegerField(default=0)),
                ("overall_share_squares", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("block", "touchpoint", "mode", "location", "version"),
                        name="scoring_blocksum_one_for_each_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("convenience_mean_squares__gte", 0),
                            ("convenience_mean_sum__gte", 0),
                            ("convenience_responses__gte", 0),
                            ("convenience_share_squares__gte", 0),
                            ("convenience_share_sum__gte", 0),
                            ("knowledge_mean_squares__gte", 0),
                            ("knowledge_mean_sum__gte", 0),
                            ("knowledge_responses__gte", 0),
                            ("knowledge_share_squares__gte", 0),
                            ("knowledge_share_sum__gte", 0),
                            ("overall_mean_squares__gte", 0),
                            ("overall_mean_sum__gte", 0),
                            ("overall_responses__gte", 0),
                            ("overall_share_squares__gte", 0),
                            ("overall_share_sum__gte", 0),
                            ("quality_mean_squares__gte", 0),
                            ("quality_mean_sum__gte", 0),
                            ("quality_responses__gte", 0),
                            ("quality_share_squares__gte", 0),
                            ("quality_share_sum__gte", 0),
                            ("responses__gte", 0),
                            ("speed_mean_squares__gte", 0),
                            ("speed_mean_sum__gte", 0),
                            ("speed_responses__gte", 0),
                            ("speed_share_squares__gte", 0),
                            ("speed_share_sum__gte", 0),
                        ),
                        name="scoring_blocksum_sums_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                ["link", "invitation", "kiosk", "widget", "paper", "phone", "import", ""],
                            )
                        ),
                        name="scoring_blocksum_mode_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                (
                    "survey",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="data_version",
                        serialize=False,
                        to="surveys.survey",
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("moved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DimensionCell",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                ("day", models.DateField()),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="surveys.survey",
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
                (
                    "dimension",
                    models.CharField(
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
                ("responses", models.IntegerField(default=0)),
                ("mean_sum", models.BigIntegerField(default=0)),
                ("mean_squares", models.BigIntegerField(default=0)),
                ("share_sum", models.BigIntegerField(default=0)),
                ("share_squares", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "dimension", "day", "location", "touchpoint", "mode", "version"),
                        name="scoring_dimensioncell_one_for_each_place_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mean_squares__gte", 0),
                            ("mean_sum__gte", 0),
                            ("responses__gte", 0),
                            ("share_squares__gte", 0),
                            ("share_sum__gte", 0),
                        ),
                        name="scoring_dimensioncell_counts_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                ["link", "invitation", "kiosk", "widget", "paper", "phone", "import"],
                            )
                        ),
                        name="scoring_dimensioncell_mode_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dimension__in", ["quality", "speed", "convenience", "knowledge", "overall"])
                        ),
                        name="scoring_dimensioncell_dimension_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureCell",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.location",
                    ),
                ),
                (
                    "touchpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                ("day", models.DateField()),
                (
                    "measure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="surveys.measure",
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
                ("n1", models.IntegerField(default=0)),
                ("n2", models.IntegerField(default=0)),
                ("n3", models.IntegerField(default=0)),
                ("n4", models.IntegerField(default=0)),
                ("n5", models.IntegerField(default=0)),
                ("not_applicable", models.IntegerField(default=0)),
                ("blank", models.IntegerField(default=0)),
                ("unreadable", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "day", "location", "touchpoint", "mode", "version"),
                        name="scoring_measurecell_one_for_each_place_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blank__gte", 0),
                            ("n1__gte", 0),
                            ("n2__gte", 0),
                            ("n3__gte", 0),
                            ("n4__gte", 0),
                            ("n5__gte", 0),
                            ("not_applicable__gte", 0),
                            ("unreadable__gte", 0),
                        ),
                        name="scoring_measurecell_counts_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                ["link", "invitation", "kiosk", "widget", "paper", "phone", "import"],
                            )
                        ),
                        name="scoring_measurecell_mode_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("drained_at", models.DateTimeField()),
                ("recounted_at", models.DateTimeField(blank=True, null=True)),
                ("cells_that_differed", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__gte", 1), ("id__lte", 1)),
                        name="scoring_scoringstate_id_1_to_1",
                        violation_error_message="id lies between 1 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cells_that_differed__isnull", True), ("recounted_at__isnull", True)),
                            models.Q(("cells_that_differed__isnull", False), ("recounted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="scoring_scoringstate_recounted_at_with_cells_that_differed",
                    ),
                ],
            },
        ),
    ]
