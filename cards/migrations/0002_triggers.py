"""What was printed and what was keyed never change, and a closed batch takes no more cards."""

from django.db import migrations

from organisation.triggers import refusal

CLOSED = "EXISTS (SELECT 1 FROM cards_batch b WHERE b.id = NEW.batch_id AND b.closed_at IS NOT NULL)"
BEYOND = (
    "EXISTS (SELECT 1 FROM cards_printrun r WHERE r.id = NEW.print_run_id "
    "AND (NEW.serial < 1 OR NEW.serial > r.copies))"
)
# Only texts may be taken out of a keying, so that what a customer wants erased is nowhere.
COLUMNS = ("id", "card_id", "turn", "revision", "by_id", "at", "ratings")
SAME = " AND ".join(f"NEW.{column} = OLD.{column}" for column in COLUMNS)
SHORTER = "length(CAST(NEW.answers AS text)) < length(CAST(OLD.answers AS text))"


class Migration(migrations.Migration):
    dependencies = [("cards", "0001_initial")]

    operations = [
        refusal(table="cards_printrun", when={"UPDATE": "1=1"}, message="A print run never changes."),
        refusal(
            table="cards_keying",
            when={"UPDATE": f"NOT ({SAME} AND {SHORTER})"},
            message="A keying never changes.",
        ),
        refusal(
            table="cards_card",
            when={"INSERT": f"{CLOSED} OR {BEYOND}", "UPDATE": BEYOND},
            message="The batch is closed, or no card with this serial was printed.",
        ),
    ]
