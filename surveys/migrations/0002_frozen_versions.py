"""Publishing freezes a version, its questions and their measures, by whatever road a change may come."""

from django.db import migrations

from organisation.triggers import refusal

PUBLISHED = (
    "EXISTS (SELECT 1 FROM surveys_version v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL)"
)
ASKED = (
    "EXISTS (SELECT 1 FROM surveys_question q JOIN surveys_version v ON v.id = q.version_id "
    "WHERE q.measure_id = {row}.id AND v.published_at IS NOT NULL)"
)
# SQLite's REPLACE is an INSERT that takes the row in its way along, so an INSERT is asked too.
TAKEN = "EXISTS (SELECT 1 FROM surveys_version v WHERE v.id = NEW.id AND v.published_at IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        refusal(
            table="surveys_version",
            when={
                "INSERT": TAKEN,
                "UPDATE": "OLD.published_at IS NOT NULL",
                "DELETE": "OLD.published_at IS NOT NULL",
            },
            message="A published version never changes.",
        ),
        refusal(
            table="surveys_question",
            when={
                "INSERT": PUBLISHED.format(row="NEW"),
                "UPDATE": f"{PUBLISHED.format(row='OLD')} OR {PUBLISHED.format(row='NEW')}",
                "DELETE": PUBLISHED.format(row="OLD"),
            },
            message="The questions of a published version never change.",
        ),
        refusal(
            table="surveys_measure",
            when={
                "INSERT": ASKED.format(row="NEW"),
                "UPDATE": ASKED.format(row="OLD"),
                "DELETE": ASKED.format(row="OLD"),
            },
            message="A measure that a published version asks never changes.",
        ),
    ]
