import pytest
from django.core.exceptions import ValidationError

from organisation.enums import Role
from reviews.forms.offered import Offered, RowField
from tests.factories import make_label, make_location, make_member

pytestmark = pytest.mark.django_db


def test_labels_and_colleagues_are_offered_by_name():
    mill = make_location(name="A mill")
    queue, bread = make_label(name="Queue"), make_label(name="Bread")
    member, ana = make_member(Role.EDITOR), make_member(Role.EDITOR, name="Ana")

    offered = Offered.to(member)

    assert (offered.labels, offered.colleagues) == ([bread, queue], [ana])
    assert offered.locations[0] == mill
    assert offered.people() == [(str(ana.pk), str(ana))]


def test_a_row_is_known_by_its_key_without_asking_again(django_assert_num_queries):
    here = make_location(code="here")
    field = RowField(key="code", empty_label="All", required=False)
    field.offer([here])

    with django_assert_num_queries(0):
        assert (field.clean("here"), field.clean(""), field.choices) == (
            here,
            None,
            [("", "All"), ("here", str(here))],
        )
        with pytest.raises(ValidationError):
            field.clean("there")
