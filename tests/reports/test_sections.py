import pytest

from organisation.enums import Role
from reports.sections import SECTIONS
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_leads_to_the_others(client, section):
    client.force_login(make_member(Role.MANAGER))

    page = client.get(f"/reports/{section}/")

    tabs = {tab["url"]: tab["is_current"] for tab in page.context["tabs"]}
    assert tabs == {f"/reports/{name}/": name == section for name in SECTIONS}
