import pytest
from django.http import QueryDict
from django.utils import translation

from reports.keeping import keep_rendering, kept_rendering, mark_of
from reports.vocabulary import survey_choices
from tests.factories import make_published
from tests.reports.answers import NOW, administrator


def test_what_is_kept_is_found_again():
    keep_rendering("mark", "the picture")

    assert (kept_rendering("mark"), kept_rendering("other")) == ("the picture", None)


@pytest.mark.django_db
def test_each_language_chart_and_kind_has_a_mark_of_its_own():
    make_published()
    member = administrator()

    def mark(language="en", what=("means", "svg")):
        with translation.override(language):
            return mark_of(what, QueryDict(""), member=member, surveys=survey_choices(member), now=NOW)

    marks = [mark(), mark("da"), mark(what=("trend", "svg")), mark(what=("means", "png"))]
    assert (len(set(marks)), mark()) == (4, marks[0])
