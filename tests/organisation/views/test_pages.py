import pytest
from django.core.paginator import Page

from organisation.models import Location
from organisation.views import pages
from tests.factories import make_location

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "given"), [("", 1), ("2", 2), ("99", 3), ("x", 1), ("-3", 3), ("0", 3)])
def test_page_of_is_the_one_asked_for_or_the_nearest(rf, monkeypatch, asked, given):
    monkeypatch.setattr(pages, "ROWS_ON_A_PAGE", 2)
    for _ in range(4):
        make_location()

    page = pages.page_of(Location.objects.order_by("pk"), rf.get("/", {"page": asked}))

    assert isinstance(page, Page)
    assert page.number == given


@pytest.mark.parametrize("section", pages.SECTIONS)
def test_section_page_marks_where_one_is(signed_in, section):
    address = "/organisation/" if section == "overview" else f"/organisation/{section}/"

    tabs = signed_in.get(address).context["tabs"]

    assert [tab["url"] for tab in tabs if tab["is_current"]] == [address]
    assert len(tabs) == 6
