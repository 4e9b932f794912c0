"""Tallies follow the reviews, by whatever road they change: an action, a cascade, a database shell.

PostgreSQL counts what a statement changed at once, however many rows; SQLite row by row.
"""

from typing import NamedTuple

from django.db import migrations

SCORES = {f"score_{score}": f"= {score}" for score in range(1, 6)} | {"unscored": "IS NULL"}
REASONS = ("personal", "abusive", "spam", "off_topic", "other")
SHOWN = "{row}.state = 'published' AND NOT {row}.is_held"
CONCEALED = "{row}.state = 'hidden' AND NOT {row}.is_held"
PRIVATE = "{row}.state = 'private' AND NOT {row}.is_held AND {row}.survey_id IS NOT NULL AND {row}.text <> ''"


class Tally(NamedTuple):
    """`told` is which reviews count at all, `columns` which count in each column: SQL about {row}."""

    name: str
    keys: tuple[str, ...]
    told: str
    columns: dict[str, str]

    @property
    def table(self):
        return f"reviews_{self.name}tally"

    @property
    def triggers(self):
        return [
            f"reviews_review_{self.name}tally_{event}" for event in ("insert", "delete", "leave", "enter")
        ]


TALLIES = (
    Tally(
        "review",
        ("location_id",),
        "{row}.state IN ('published', 'hidden') AND NOT {row}.is_held",
        {name: f"{SHOWN} AND {{row}}.score {which}" for name, which in SCORES.items()}
        | {f"hidden_{reason}": f"{CONCEALED} AND {{row}}.hidden_reason = '{reason}'" for reason in REASONS},
    ),
    Tally(
        "comment",
        ("survey_id", "location_id"),
        PRIVATE,
        {name: f"{PRIVATE} AND {{row}}.score {which}" for name, which in SCORES.items()},
    ),
)


def of(condition, row):
    return condition.format(row=row)


# Most updates move no tally: these columns decide.
WATCHED = ("state", "is_held", "score", "hidden_reason", "location_id", "survey_id")


def is_same(before, after, same):
    alike = [f"{before}.{column} {same} {after}.{column}" for column in WATCHED]
    return " AND ".join((*alike, f"({before}.text = '') = ({after}.text = '')"))


# SQLite: a trigger for each row.


def moved(tally, row, sign):
    changes = ", ".join(
        f"{column} = {column} {sign} CASE WHEN {of(condition, row)} THEN 1 ELSE 0 END"
        for column, condition in tally.columns.items()
    )
    where = " AND ".join(f"{key} = {row}.{key}" for key in tally.keys)
    return f"UPDATE {tally.table} SET {changes} WHERE {where};"  # noqa: S608 (names of ours)


def opened(tally):
    columns = ", ".join((*tally.keys, *tally.columns))
    values = ", ".join((*(f"NEW.{key}" for key in tally.keys), *("0" for _each in tally.columns)))
    # WHERE true: or SQLite reads the conflict clause as a join's.
    return f"INSERT INTO {tally.table} ({columns}) SELECT {values} WHERE true ON CONFLICT DO NOTHING;"


def sqlite_triggers(tally):
    take, add = moved(tally, "OLD", "-"), opened(tally) + moved(tally, "NEW", "+")
    was, comes = of(tally.told, "OLD"), of(tally.told, "NEW")
    moves = f"NOT ({is_same('OLD', 'NEW', 'IS')})"
    insert, delete, leave, enter = tally.triggers
    for name, event, when, body in (
        (insert, "INSERT", comes, add),
        (delete, "DELETE", was, take),
        (leave, "UPDATE", f"{was} AND {moves}", take),
        (enter, "UPDATE", f"{comes} AND {moves}", add),
    ):
        yield f"CREATE TRIGGER {name} AFTER {event} ON reviews_review FOR EACH ROW WHEN {when} BEGIN {body} END"


# PostgreSQL: a trigger for each statement, with the rows as they were and as they are.


def summed(tally, rows):
    columns = ", ".join(
        f"count(*) FILTER (WHERE {of(condition, 'r')})::integer AS {column}"
        for column, condition in tally.columns.items()
    )
    keys = ", ".join(f"r.{key}" for key in tally.keys)
    return (
        f"SELECT {keys}, {columns} FROM {rows} r WHERE {of(tally.told, 'r')} GROUP BY {keys} ORDER BY {keys}"  # noqa: S608
    )


def taken(tally, rows):
    changes = ", ".join(f"{column} = t.{column} - s.{column}" for column in tally.columns)
    where = " AND ".join(f"t.{key} = s.{key}" for key in tally.keys)
    return f"UPDATE {tally.table} t SET {changes} FROM ({summed(tally, rows)}) s WHERE {where};"  # noqa: S608


def added(tally, rows):
    changes = ", ".join(f"{column} = t.{column} + EXCLUDED.{column}" for column in tally.columns)
    columns, keys = ", ".join((*tally.keys, *tally.columns)), ", ".join(tally.keys)
    return (
        f"INSERT INTO {tally.table} AS t ({columns}) {summed(tally, rows)} "
        f"ON CONFLICT ({keys}) DO UPDATE SET {changes};"
    )


def postgresql_statements():
    functions = {
        "insert": "".join(added(tally, "rows_are") for tally in TALLIES),
        "delete": "".join(taken(tally, "rows_were") for tally in TALLIES),
        "update": (
            "IF NOT EXISTS (SELECT FROM rows_were a JOIN rows_are b USING (id)"
            f" WHERE NOT ({is_same('a', 'b', 'IS NOT DISTINCT FROM')})) THEN RETURN NULL; END IF;"
            + "".join(taken(tally, "rows_were") + added(tally, "rows_are") for tally in TALLIES)
        ),
    }
    rows = {"insert": ("NEW",), "delete": ("OLD",), "update": ("OLD", "NEW")}
    names = {"OLD": "OLD TABLE AS rows_were", "NEW": "NEW TABLE AS rows_are"}
    for event, body in functions.items():
        name = f"reviews_review_tallies_{event}"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON reviews_review "
            f"REFERENCING {' '.join(names[which] for which in rows[event])} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def create(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = list(postgresql_statements())
    else:
        statements = [statement for tally in TALLIES for statement in sqlite_triggers(tally)]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for event in ("insert", "delete", "update"):
            name = f"reviews_review_tallies_{event}"
            schema_editor.execute(f"DROP TRIGGER {name} ON reviews_review", params=None)
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)
        return
    for name in (name for tally in TALLIES for name in tally.triggers):
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    # Triggers come last: SQLite makes a table anew to change it, and leaves its triggers behind.
    dependencies = [("reviews", "0002_search")]

    operations = [migrations.RunPython(create, drop)]
