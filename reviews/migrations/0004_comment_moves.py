"""A row for each time that comments of a survey move, by whatever road: an action, a cascade, a database shell.

PostgreSQL writes one for each statement and survey, SQLite one for each row. Nobody's row is changed, so nobody waits.
"""

import django.db.models.deletion
from django.db import migrations, models

# What a reader of comments, or of words worked out of them, could tell. Handling and labels are nothing of it.
WATCHED = (
    *("text", "words", "name", "score", "quality", "speed", "convenience", "knowledge"),
    *("state", "is_held", "survey_id", "location_id", "touchpoint_id", "said_on", "kind", "response_id"),
)
MOVE = "INSERT INTO reviews_commentmove (survey_id, number) "


def is_same(before, after, same):
    return " AND ".join(f"{before}.{column} {same} {after}.{column}" for column in WATCHED)


def sqlite_triggers():
    moved = f"NOT ({is_same('OLD', 'NEW', 'IS')})"
    for event, when, rows in (
        ("insert", "true", ("NEW",)),
        ("delete", "true", ("OLD",)),
        ("update", moved, ("OLD", "NEW")),
    ):
        body = " ".join(
            f"{MOVE} SELECT {row}.survey_id, 1 WHERE {row}.survey_id IS NOT NULL;" for row in rows
        )
        yield (
            f"CREATE TRIGGER reviews_review_moves_{event} AFTER {event.upper()} ON reviews_review "
            f"FOR EACH ROW WHEN {when} BEGIN {body} END"
        )


def postgresql_statements():
    changed = (
        "SELECT unnest(ARRAY[a.survey_id, b.survey_id]) AS survey_id FROM rows_were a JOIN rows_are b USING (id) "  # noqa: S608 (names of ours)
        f"WHERE NOT ({is_same('a', 'b', 'IS NOT DISTINCT FROM')})"
    )
    rows = {"insert": "rows_are", "delete": "rows_were", "update": f"({changed})"}
    names = {"OLD": "OLD TABLE AS rows_were", "NEW": "NEW TABLE AS rows_are"}
    tables = {"insert": ("NEW",), "delete": ("OLD",), "update": ("OLD", "NEW")}
    for event, source in rows.items():
        name = f"reviews_review_moves_{event}"
        body = f"{MOVE} SELECT DISTINCT r.survey_id, 1 FROM {source} r WHERE r.survey_id IS NOT NULL;"  # noqa: S608
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON reviews_review "
            f"REFERENCING {' '.join(names[which] for which in tables[event])} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def create(_apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql_statements() if is_postgresql else sqlite_triggers():
        schema_editor.execute(statement, params=None)


def drop(_apps, schema_editor):
    for event in ("insert", "delete", "update"):
        name = f"reviews_review_moves_{event}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON reviews_review", params=None)
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_tallies"), ("surveys", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CommentMove",
            fields=[
                (
                    "id",
                    models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.PositiveBigIntegerField(default=1)),
                (
                    "survey",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="reviews_commentmove_number_moves_something",
                    )
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
