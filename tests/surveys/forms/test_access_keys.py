from surveys.forms.access_keys import AccessKeyForm


def test_key_is_good_for_something():
    assert AccessKeyForm({"name": "Till", "may_report_bounces": "on"}).is_valid()
    assert not AccessKeyForm({"name": "Till"}).is_valid()
