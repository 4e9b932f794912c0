import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from organisation.models import Region
from organisation.triggers import refusal
from tests.factories import make_region

pytestmark = pytest.mark.django_db(transaction=True)
MESSAGE = "Coasts are never renamed."


@pytest.fixture
def coasts_are_frozen():
    trigger = refusal(
        table="organisation_region",
        when={"UPDATE": "OLD.code = 'coast'", "DELETE": "OLD.code = 'coast'"},
        message=MESSAGE,
    )
    with connection.schema_editor() as editor:
        trigger.database_forwards("organisation", editor, ProjectState(), ProjectState())
    yield
    with connection.schema_editor() as editor:
        trigger.database_backwards("organisation", editor, ProjectState(), ProjectState())
    Region.objects.all().delete()


def test_refusal_holds_where_its_condition_does(coasts_are_frozen):
    make_region(code="coast", name="Coast"), make_region(code="hills")

    with pytest.raises(IntegrityError, match=MESSAGE), transaction.atomic():
        Region.objects.update(name="Shore")
    with pytest.raises(IntegrityError, match=MESSAGE), transaction.atomic():
        Region.objects.filter(code="coast").delete()
    Region.objects.filter(code="hills").update(name="Mountains")

    names = dict(Region.objects.values_list("code", "name"))
    assert names == {"coast": "Coast", "hills": "Mountains"}


def test_refusal_goes_with_its_migration(coasts_are_frozen):
    make_region(code="coast", name="Coast")
    trigger = refusal(table="organisation_region", when={"UPDATE": "1=1"}, message=MESSAGE)

    with connection.schema_editor() as editor:
        trigger.database_backwards("organisation", editor, ProjectState(), ProjectState())
    Region.objects.update(name="Shore")

    assert Region.objects.get().name == "Shore"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_refusal_holds_against_a_table_emptied_at_once(coasts_are_frozen):
    make_region(code="hills")

    for sql in (
        "TRUNCATE organisation_region CASCADE",
        "TRUNCATE organisation_region, organisation_location CASCADE",
    ):
        with (
            pytest.raises(IntegrityError, match=MESSAGE),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    assert Region.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize(
    "table",
    ["surveys_version", "surveys_question", "surveys_measure", "organisation_auditentry", "surveys_survey"],
)
def test_what_is_frozen_is_not_emptied(table):
    with pytest.raises(IntegrityError, match=r"never change|only ever added"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")
