import re

from django.template import Context, Template

from metrics.ratings import Distribution
from reports.results import NotAsked, QuestionResult, Withheld
from reports.templatetags import report_questions
from tests.reports.samples import rated


def written(source, **context):
    libraries = "{% load report_numbers report_questions %}"
    return Template(libraries + source).render(Context(context))


def question(**changes):
    usual = {"not_applicable": 0, "blank": None, "not_asked_in": (), "new_wording_since": ()}
    return QuestionResult("wait", "speed", "How long?", rated(1, 0, 2), lines=(), **usual | changes)


def test_a_rating_bar_is_the_component():
    ratings = Distribution(1, 0, 3, 0, 2)

    component = (
        '{% include "components/distribution.html" with shares=ratings|bar_parts label=ratings|in_words %}'
    )
    between = re.compile(r"\s*\n\s*")
    assert report_questions.rating_bar(ratings) == between.sub("", written(component, ratings=ratings))


def test_every_number_of_a_score_is_opened():
    html = written("{% rated_cells score url %}", score=rated(0, 0, 2, 2, 1200), url="?a&number=wait")

    assert re.findall(r'href="([^"]*)">([^<]*)<', html) == [
        ("?a&amp;number=wait.mean", "5.00"),
        ("?a&amp;number=wait.share", "over 99 %"),
        ("?a&amp;number=wait.n", "1,204"),
        ("?a&amp;number=wait.ratings", ""),
    ]
    assert html.count("<td") == 5


def test_a_score_that_is_not_shown_says_why():
    for score, why in [(Withheld(5), "Too few answers"), (NotAsked(), "Not asked")]:
        html = written("{% rated_cells score url %}", score=score, url="?")

        assert html == f'<td class="muted" colspan="5">{why}</td>'


def test_who_left_a_question_out_and_how_it_was_asked_is_told():
    one = question(not_applicable=1204, blank=1, new_wording_since=(3,), not_asked_in=(1, 2))

    assert written("{% question_marks one url %}", one=one, url="?n=<w>") == (
        '<ul class="marks"><li><a href="?n=&lt;w&gt;.not_applicable">1,204 said that it does not apply</a></li>'
        '<li><a href="?n=&lt;w&gt;.blank">1 left it blank</a></li><li>New wording since version 3</li>'
        "<li>Not asked in version 1</li><li>Not asked in version 2</li></ul>"
    )


def test_a_question_that_all_rated_has_no_marks():
    assert written("{% question_marks one url %}", one=question(), url="?") == ""
