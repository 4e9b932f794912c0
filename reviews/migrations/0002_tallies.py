"""The tally of a location follows its reviews, by whatever road they change: an action, a cascade, a database shell."""

from django.db import migrations

SCORES = {f"score_{score}": f"= {score}" for score in range(1, 6)} | {"unscored": "IS NULL"}
REASONS = ("personal", "abusive", "spam", "off_topic", "other")


def counted(row):
    """For each column, whether the review counts in it."""
    shown = f"{row}.state = 'published' AND NOT {row}.is_held"
    hidden = f"{row}.state = 'hidden' AND NOT {row}.is_held"
    yield from ((column, f"{shown} AND {row}.score {which}") for column, which in SCORES.items())
    yield from ((f"hidden_{reason}", f"{hidden} AND {row}.hidden_reason = '{reason}'") for reason in REASONS)


def moved(row, sign):
    changes = ", ".join(
        f"{column} = {column} {sign} CASE WHEN {condition} THEN 1 ELSE 0 END"
        for column, condition in counted(row)
    )
    return f"UPDATE reviews_reviewtally SET {changes} WHERE location_id = {row}.location_id;"  # noqa: S608 (names of ours)


def is_told(row):
    return f"{row}.state IN ('published', 'hidden') AND NOT {row}.is_held"


def opened(conflict):
    columns = ", ".join(column for column, _condition in counted("NEW"))
    zeros = ", ".join("0" for _each in counted("NEW"))
    return f"INSERT INTO reviews_reviewtally (location_id, {columns}) SELECT NEW.location_id, {zeros} {conflict};"


SAME = " AND ".join(
    f"NEW.{column} {{same}} OLD.{column}"
    for column in ("state", "is_held", "score", "hidden_reason", "location_id")
)


def create(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        add = f"IF {is_told('NEW')} THEN {opened('ON CONFLICT DO NOTHING')} {moved('NEW', '+')} END IF;"
        take = f"IF {is_told('OLD')} THEN {moved('OLD', '-')} END IF;"
        same = SAME.format(same="IS NOT DISTINCT FROM")
        body = f"""
            BEGIN
                IF TG_OP = 'UPDATE' THEN IF {same} THEN RETURN NULL; END IF; END IF;
                IF TG_OP <> 'INSERT' THEN {take} END IF;
                IF TG_OP <> 'DELETE' THEN {add} END IF;
                RETURN NULL;
            END"""
        schema_editor.execute(
            f"CREATE FUNCTION reviews_review_moves_tally() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            params=None,
        )
        schema_editor.execute(
            "CREATE TRIGGER reviews_review_moves_tally AFTER INSERT OR UPDATE OR DELETE ON reviews_review "
            "FOR EACH ROW EXECUTE FUNCTION reviews_review_moves_tally()",
            params=None,
        )
        return
    # WHERE true: or SQLite reads the conflict clause as a join's.
    add = f"{opened('WHERE true ON CONFLICT DO NOTHING')} {moved('NEW', '+')}"
    same = SAME.format(same="IS")
    for name, event, when, body in (
        ("insert", "INSERT", is_told("NEW"), add),
        ("delete", "DELETE", is_told("OLD"), moved("OLD", "-")),
        ("leave", "UPDATE", f"{is_told('OLD')} AND NOT ({same})", moved("OLD", "-")),
        ("enter", "UPDATE", f"{is_told('NEW')} AND NOT ({same})", add),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER reviews_review_tally_{name} AFTER {event} ON reviews_review "
            f"FOR EACH ROW WHEN {when} BEGIN {body} END",
            params=None,
        )


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER reviews_review_moves_tally ON reviews_review", params=None)
        schema_editor.execute("DROP FUNCTION reviews_review_moves_tally()", params=None)
        return
    for name in ("insert", "delete", "leave", "enter"):
        schema_editor.execute(f"DROP TRIGGER reviews_review_tally_{name}", params=None)


class Migration(migrations.Migration):
    # Triggers come last: SQLite makes a table anew to change it, and leaves its triggers behind.
    dependencies = [("reviews", "0002_mentions_and_comments")]

    operations = [migrations.RunPython(create, drop)]
