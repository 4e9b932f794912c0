"""Publishing freezes a version, its questions and their measures, and what was deleted does not come back, by whatever
road a change may come.
"""

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
# The responses of imports and cards are brought in anew on purpose.
SPENT = (
    "NEW.import_run_id IS NULL AND NEW.mode <> 'paper' "
    "AND EXISTS (SELECT 1 FROM surveys_spentkey s WHERE s.key = NEW.id)"
)


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
        refusal(
            table="surveys_response",
            when={"INSERT": SPENT},
            message="This response was deleted, and does not come back.",
            timing="AFTER",
        ),
    ]
