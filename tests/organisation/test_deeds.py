import pytest
from django.utils import translation

from organisation.deeds import DEEDS, deed_told, field_of, part_name
from organisation.models import Member, Region


def test_deed_is_told_as_a_sentence():
    assert (
        deed_told("reset the second factor of", "member", "Ada") == "Reset the second factor of member “Ada”"
    )


def test_deed_of_former_days_is_told_in_its_own_words():
    assert deed_told("painted", "barn", "Red") == "Painted barn “Red”"


@pytest.mark.parametrize("told", DEEDS.values(), ids=list(DEEDS))
def test_each_sentence_says_of_what(told):
    assert str(told).count("%(what)s") == 1
    assert str(told)[0].isupper()


def test_things_are_named_in_the_reader_s_language():
    with translation.override("cs"):
        assert "pobočka" in deed_told("added", "location", "Přístav")
    assert deed_told("added", "location", "Přístav") == "Added location “Přístav”"


def test_part_has_the_name_that_people_gave_it():
    assert part_name("all_locations", Member) == "every location"
    assert part_name("minimum_group", None) == "minimum group"
    assert part_name("hidden_reason", Member) == "reason"
    assert part_name("no_such_part", Region) == "no such part"


def test_field_of_what_comes_from_elsewhere_is_none():
    assert field_of("locations", Region) is None
    assert field_of("nothing", Region) is None
    assert field_of("name", Region) is not None
