"""A keying never changes; only texts may be taken out of it, so that what a customer wants erased is nowhere."""

from django.db import migrations

from organisation.triggers import refusal

COLUMNS = ("id", "card_id", "turn", "revision", "by_id", "at", "ratings")
SAME = " AND ".join(f"NEW.{column} = OLD.{column}" for column in COLUMNS)
SHORTER = "length(CAST(NEW.answers AS text)) < length(CAST(OLD.answers AS text))"


def drop(_apps, schema_editor):
    place = " ON cards_keying" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS cards_keying_refuses_update{place}", params=None)


class Migration(migrations.Migration):
    dependencies = [("cards", "0002_frozen_cards")]

    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        refusal(
            table="cards_keying",
            when={"UPDATE": f"NOT ({SAME} AND {SHORTER})"},
            message="A keying never changes.",
        ),
    ]
