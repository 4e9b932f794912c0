"""The audit trail is only ever added to, by whatever road a change may come."""

from django.db import migrations

from organisation.triggers import refusal


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        refusal(
            table="organisation_auditentry",
            when={
                # SQLite's REPLACE is an INSERT that takes the row in its way along.
                "INSERT": "EXISTS (SELECT 1 FROM organisation_auditentry a WHERE a.id = NEW.id)",
                "UPDATE": "1=1",
                "DELETE": "1=1",
            },
            message="The audit trail is only ever added to.",
        ),
    ]
