import pytest

from surveys.forms.publishing import PublishForm
from tests.factories import make_draft

pytestmark = pytest.mark.django_db


def questions(*keys):
    found = make_draft().questions.select_related("measure")
    return [question for question in found if question.measure.key in keys]


def test_each_reworded_question_is_asked_about():
    form = PublishForm({"continuity-speed": "same", "seen": "abc"}, reworded=questions("speed", "overall"))

    assert list(form.errors) == ["continuity-overall"]


def test_answers_are_by_measure_key():
    form = PublishForm({"continuity-speed": "new_measure", "seen": "abc"}, reworded=questions("speed"))

    assert form.is_valid()
    assert (form.answers, form.cleaned_data["seen"]) == ({"speed": "new_measure"}, "abc")


@pytest.mark.parametrize("data", [{"continuity-speed": "perhaps"}, {"seen": "x" * 65}, {"seen": "nul\x00"}])
def test_nonsense_is_refused(data):
    assert not PublishForm({"continuity-speed": "same", **data}, reworded=questions("speed")).is_valid()


def test_what_nobody_asked_is_passed_over():
    form = PublishForm({"continuity-speed": "same"}, reworded=[])

    assert form.is_valid()
    assert form.answers == {}
