"""Keys under which nothing is stored again, and how long each text may be. SQLite makes the table of versions anew for
that, so the triggers that freeze them stand aside.
"""

from importlib import import_module

import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from organisation.triggers import refusal

frozen = import_module("surveys.migrations.0002_frozen_versions").Migration.operations
# The responses of imports and cards are brought in anew on purpose.
SPENT = (
    "NEW.import_run_id IS NULL AND NEW.mode <> 'paper' "
    "AND EXISTS (SELECT 1 FROM surveys_spentkey s WHERE s.key = NEW.id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_recipient_days"),
        ("surveys", "0007_due_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RunPython(one.reverse_code, one.code) for one in frozen),
        migrations.CreateModel(
            name="SpentKey",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("name"), 100
                    )
                ),
                name="surveys_contact_name_is_not_too_long",
                violation_error_message="name has at most 100 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("email"), 254
                    )
                ),
                name="surveys_contact_email_is_not_too_long",
                violation_error_message="email has at most 254 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("phone"), 30
                    )
                ),
                name="surveys_contact_phone_is_not_too_long",
                violation_error_message="phone has at most 30 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("email"), 254
                    )
                ),
                name="surveys_invitation_email_is_not_too_long",
                violation_error_message="email has at most 254 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("name"), 100
                    )
                ),
                name="surveys_invitation_name_is_not_too_long",
                violation_error_message="name has at most 100 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("body"), 4000
                    )
                ),
                name="surveys_mailing_body_is_not_too_long",
                violation_error_message="body has at most 4000 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("intro"), 2000
                    )
                ),
                name="surveys_version_intro_is_not_too_long",
                violation_error_message="intro has at most 2000 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("thanks_text"), 2000
                    )
                ),
                name="surveys_version_thanks_text_is_not_too_long",
                violation_error_message="thanks_text has at most 2000 characters.",
            ),
        ),
        *(migrations.RunPython(one.code, one.reverse_code) for one in frozen),
        refusal(
            table="surveys_response",
            when={"INSERT": SPENT},
            message="This response was deleted, and does not come back.",
            timing="AFTER",
        ),
    ]
