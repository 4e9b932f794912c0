from zoneinfo import ZoneInfo

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from organisation.forms.fields import fix_code, helper_of, time_zone_field


class Plain(forms.Form):
    code = forms.CharField()
    name = forms.CharField()


def test_time_zone_field_offers_every_zone_once_in_words():
    offered = dict(time_zone_field().choices)

    assert offered["America/New_York"] == "America/New York"
    assert list(offered) == sorted(offered)
    assert all(ZoneInfo(name) for name in offered)


def test_helper_of_draws_every_field_the_deed_and_the_way_back():
    form = Plain()
    form.helper = helper_of(form, submit="Save form", back="/back/")

    drawn = render_crispy_form(form, context={"csrf_token": "token"})

    found = [drawn.find(part) for part in ('name="code"', 'name="name"', "Save form", 'href="/back/"')]
    assert -1 not in found
    assert found == sorted(found)


@pytest.mark.parametrize(("is_new", "is_closed"), [(True, False), (False, True)])
def test_fix_code_closes_the_field_once_it_is_chosen(is_new, is_closed):
    form = Plain()

    fix_code(form, is_new=is_new)

    assert form.fields["code"].disabled is is_closed
    assert "never changes" in form.fields["code"].help_text
