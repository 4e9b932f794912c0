"""In PostgreSQL the key of block sums carries the counts: who reads only these never fetches the wide rows."""

from django.db import migrations

NAME = "scoring_blocksum_one_for_each_place"
KEY = "block_id, touchpoint, mode, location, version_id"
COUNTS = "responses, quality_responses, speed_responses, convenience_responses, knowledge_responses, overall_responses"


def widen(apps, schema_editor):
    _replace(schema_editor, f" INCLUDE ({COUNTS})")


def narrow(apps, schema_editor):
    _replace(schema_editor, "")


def _replace(schema_editor, included):
    """The other databases know no such index. Django needs not know: it finds the constraint by its name."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE scoring_blocksum DROP CONSTRAINT {NAME}, "
            f"ADD CONSTRAINT {NAME} UNIQUE ({KEY}){included}"
        )


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial")]

    operations = [migrations.RunPython(widen, narrow)]
