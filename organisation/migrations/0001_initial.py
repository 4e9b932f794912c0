import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import organisation.models.places


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("name", models.CharField(default="Our organisation", max_length=100)),
                (
                    "colour",
                    models.CharField(
                        default="#1f5f8b",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A#[0-9a-f]{6}\\Z", "Give a colour as # and six hexadecimal digits."
                            )
                        ],
                    ),
                ),
                ("logo", models.BinaryField(blank=True, default=bytes)),
                (
                    "logo_type",
                    models.CharField(
                        blank=True,
                        choices=[("image/png", "PNG"), ("image/jpeg", "JPEG"), ("image/webp", "WebP")],
                        max_length=20,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC", max_length=50, validators=[organisation.models.places.known_time_zone]
                    ),
                ),
                ("minimum_group", models.PositiveSmallIntegerField(default=5)),
                ("minimum_comments", models.PositiveSmallIntegerField(default=8)),
                ("contact_days", models.PositiveSmallIntegerField(default=365)),
                ("recipient_days", models.PositiveSmallIntegerField(default=90)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__gte", 1), ("id__lte", 1)),
                        name="organisation_organisation_id_1_to_1",
                        violation_error_message="id lies between 1 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_group__gte", 3), ("minimum_group__lte", 1000)),
                        name="organisation_organisation_minimum_group_3_to_1000",
                        violation_error_message="minimum_group lies between 3 and 1000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_comments__gte", 3), ("minimum_comments__lte", 1000)),
                        name="organisation_organisation_minimum_comments_3_to_1000",
                        violation_error_message="minimum_comments lies between 3 and 1000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact_days__gte", 0), ("contact_days__lte", 3660)),
                        name="organisation_organisation_contact_days_0_to_3660",
                        violation_error_message="contact_days lies between 0 and 3660.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient_days__gte", 0), ("recipient_days__lte", 3660)),
                        name="organisation_organisation_recipient_days_0_to_3660",
                        violation_error_message="recipient_days lies between 0 and 3660.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("logo_type__in", ["image/png", "image/jpeg", "image/webp", ""])),
                        name="organisation_organisation_logo_type_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=50,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9_-]*\\Z",
                                "Use small letters, digits, hyphens and underscores.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "\\A[a-z0-9][a-z0-9_-]*\\Z")),
                        name="organisation_region_code_is_safe",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=50,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9_-]*\\Z",
                                "Use small letters, digits, hyphens and underscores.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locations",
                        to="organisation.region",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC", max_length=50, validators=[organisation.models.places.known_time_zone]
                    ),
                ),
                ("is_default", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "\\A[a-z0-9][a-z0-9_-]*\\Z")),
                        name="organisation_location_code_is_safe",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="organisation_location_one_default",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("editor", "Editor"),
                            ("manager", "Manager"),
                            ("clerk", "Clerk"),
                            ("shopper", "Shopper"),
                        ],
                        default="clerk",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("all_locations", models.BooleanField(default=False, verbose_name="every location")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "locations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="members",
                        to="organisation.location",
                        verbose_name="locations",
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True, related_name="members", to="organisation.region", verbose_name="regions"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["administrator", "editor", "manager", "clerk", "shopper"])
                        ),
                        name="organisation_member_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["", "en", "cs", "da", "pl", "fil"])),
                        name="organisation_member_language_is_known",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="organisation_member_email_once_whatever_its_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email__contains", "@")),
                        name="organisation_member_email_has_an_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("action", models.CharField(max_length=50)),
                ("kind", models.CharField(max_length=50)),
                ("object_id", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("changes", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "indexes": [models.Index(fields=["kind", "object_id"], name="organisation_audit_of_object")],
            },
        ),
        migrations.CreateModel(
            name="Touchpoint",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=50,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9_-]*\\Z",
                                "Use small letters, digits, hyphens and underscores.",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "Phone"),
                            ("email", "E-mail"),
                            ("website", "Website"),
                            ("social_media", "Social media"),
                            ("post", "Post"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("awareness", "Awareness"),
                            ("consideration", "Consideration"),
                            ("decision", "Decision"),
                            ("after_purchase", "After purchase"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_default", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "\\A[a-z0-9][a-z0-9_-]*\\Z")),
                        name="organisation_touchpoint_code_is_safe",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                ["in_person", "phone", "email", "website", "social_media", "post"],
                            )
                        ),
                        name="organisation_touchpoint_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["awareness", "consideration", "decision", "after_purchase"])
                        ),
                        name="organisation_touchpoint_stage_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="organisation_touchpoint_one_default",
                    ),
                ],
            },
        ),
    ]
