import pytest
from django.urls import reverse

from cards.models import Batch
from organisation.enums import Role
from tests.factories import make_batch, make_member

pytestmark = pytest.mark.django_db
PAGES = ["batch", "change_batch", "key", "second", "settle", "comment"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_about_a_batch_is_there_for_whoever_holds_its_location(sign_in, clerk, here, elsewhere, page):
    mine, other = make_batch(location=here), make_batch(location=elsewhere)
    browser = sign_in(clerk)

    answers = {
        key: browser.get(reverse(f"cards:{page}", args=[key])).status_code
        for key in (mine.pk, other.pk, other.pk + 1, 2**31, 10**30)
    }

    assert answers == {mine.pk: 200, other.pk: 404, other.pk + 1: 404, 2**31: 404, 10**30: 404}


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.CLERK, ["Batches", "Keyers"]),
        (Role.MANAGER, ["Batches", "Print", "Keyers"]),
        (Role.ADMINISTRATOR, ["Batches", "Print", "Keyers"]),
    ],
)
def test_each_role_finds_the_sections_it_may_open(sign_in, role, tabs):
    shown = sign_in(make_member(role)).get("/cards/").context["tabs"]

    assert [str(tab["label"]) for tab in shown] == tabs


def test_a_long_list_is_parted(sign_in, clerk, here):
    first = make_batch(location=here)
    Batch.objects.bulk_create(
        Batch(
            **{
                field.attname: getattr(first, field.attname)
                for field in Batch._meta.fields
                if field.name != "id"
            }
        )
        for _ in range(30)
    )
    browser = sign_in(clerk)

    pages = [browser.get("/cards/", {"page": page}).context["page"] for page in ("", "2", "99")]

    assert [len(page) for page in pages] == [30, 1, 1]
