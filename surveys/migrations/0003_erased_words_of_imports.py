"""What was erased does not come back with the file that brought it, once its import is undone and begun again."""

from django.db import migrations, models

from organisation.triggers import refusal

TABLE = "surveys_response"
MESSAGE = "This response was deleted, and does not come back."
KNOWN = "EXISTS (SELECT 1 FROM surveys_spentkey s WHERE s.key = NEW.id{which})"
before = refusal(
    table=TABLE,
    when={"INSERT": f"NEW.import_run_id IS NULL AND NEW.mode <> 'paper' AND {KNOWN.format(which='')}"},
    message=MESSAGE,
    timing="AFTER",
)
# An import may bring the ratings of an erased response, as the words alone were erased; of a deleted one nothing.
after = refusal(
    table=TABLE,
    when={
        "INSERT": "NOT (NEW.mode = 'paper' AND NEW.import_run_id IS NULL) AND "
        + KNOWN.format(which=" AND (NEW.import_run_id IS NULL OR NOT s.words_only)")
    },
    message=MESSAGE,
    timing="AFTER",
)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_triggers")]

    operations = [
        # SQLite writes the table of the keys anew, which a trigger that names it does not bear.
        migrations.RunPython(before.reverse_code, before.code),
        migrations.AddField("spentkey", "words_only", models.BooleanField(default=False)),
        after,
    ]
