from django.db import migrations


def add_search(_apps, schema_editor):
    """PostgreSQL finds words by a tsvector of them, which it keeps itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE reviews_review ADD COLUMN search tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        schema_editor.execute("CREATE INDEX reviews_search ON reviews_review USING gin (search)")


def drop_search(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE reviews_review DROP COLUMN search")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(add_search, drop_search)]
