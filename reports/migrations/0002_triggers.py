"""A report that was sent or kept stays as it was, by whatever road a change may come."""

from django.db import migrations

from organisation.triggers import refusal


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        refusal(
            table="reports_storedreport",
            when={
                # SQLite's REPLACE is an INSERT that takes the row in its way along.
                "INSERT": "EXISTS (SELECT 1 FROM reports_storedreport s WHERE s.id = NEW.id)",
                "UPDATE": "1=1",
            },
            message="A report that was kept never changes.",
        ),
    ]
