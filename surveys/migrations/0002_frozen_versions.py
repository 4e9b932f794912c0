"""Publishing freezes a version, its questions and their measures, by whatever road a change may come."""

from django.db import migrations

from organisation.triggers import refusal

PUBLISHED = (
    "EXISTS (SELECT 1 FROM surveys_version v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL)"
)
ASKED = (
    "EXISTS (SELECT 1 FROM surveys_question q JOIN surveys_version v ON v.id = q.version_id "
    "WHERE q.measure_id = OLD.id AND v.published_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        refusal(
            table="surveys_version",
            when={"UPDATE": "OLD.published_at IS NOT NULL", "DELETE": "OLD.published_at IS NOT NULL"},
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
            when={"UPDATE": ASKED, "DELETE": ASKED},
            message="A measure that a published version asks never changes.",
        ),
    ]
