import pytest
from django.db import IntegrityError, transaction

from organisation.enums import Role
from surveys.models import Contact
from tests.factories import make_location, make_member, make_response, make_review_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken", [{}, {"email": "a@example.org"}, {"phone": "12345"}, {"consent_contact": True}], ids=str
)
def test_the_database_refuses_what_was_not_agreed_to(broken):
    response = make_response(make_review_form(), "55555.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(response=response, **broken)


def test_a_contact_is_seen_where_its_response_is():
    response = make_response(make_review_form(), "55555.", location=make_location())
    Contact.objects.create(response=response, name="Ana")

    assert not Contact.objects.visible_to(make_member(Role.MANAGER)).exists()
