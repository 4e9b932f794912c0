import pytest
from django.db import IntegrityError, transaction

from surveys.enums import Mode
from surveys.models import Response, SpentKey
from tests.factories import make_member, make_published, make_response
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    response = make_response(make_published())
    Response.objects.all().delete()
    SpentKey.objects.create(key=response.pk)
    return response


@pytest.mark.parametrize("mode", set(Mode) - {Mode.PAPER})
def test_the_database_refuses_what_was_deleted_by_whatever_road(response, mode):
    response.mode = mode

    with pytest.raises(IntegrityError, match="does not come back"), transaction.atomic():
        Response.objects.bulk_create([response])
    assert Response.objects.count() == 0


def test_a_card_is_keyed_again_on_purpose(response):
    response.mode = Mode.PAPER

    Response.objects.bulk_create([response])

    assert Response.objects.count() == 1


@pytest.mark.parametrize("mode", [Mode.IMPORT, Mode.PAPER])
def test_an_import_brings_back_no_more_than_what_was_not_erased(response, mode):
    response.mode, response.import_run = mode, make_run()

    with pytest.raises(IntegrityError, match="does not come back"), transaction.atomic():
        Response.objects.bulk_create([response])
    SpentKey.objects.update(words_only=True)
    Response.objects.bulk_create([response])

    assert Response.objects.count() == 1


def test_no_page_brings_back_what_was_erased(response):
    SpentKey.objects.update(words_only=True)

    with pytest.raises(IntegrityError, match="does not come back"), transaction.atomic():
        Response.objects.bulk_create([response])


def test_nobody_has_anything_to_look_at(response):
    assert not SpentKey.objects.visible_to(make_member("administrator")).exists()
