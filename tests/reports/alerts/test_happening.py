"""Low scores in words; tests/reports/alerts/test_low_scores.py has of which of them somebody is told."""

import pytest

from organisation.enums import Role
from reports.alerts.happening import link_to, words_of
from reports.alerts.low_scores import Group, Low, Tellable
from reports.models import Alert
from tests.factories import make_member, make_published
from tests.factories.reports import NOW
from tests.factories.surveys import make_survey
from tests.reports.answers import asked

LOW = Low(None, 1, 1, 1, "link", NOW.date(), "1")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Tellable([LOW], []), "Overall: 1 response scored 1 or lower."),
        (Tellable([LOW], [Group(1, 7, [LOW, LOW])]), "Overall: 3 responses scored 1 or lower."),
    ],
)
def test_how_many_there_are(found, said):
    assert words_of(Alert(kind="low_score", dimension="overall", threshold=1), found) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_anonymous", "dimension", "threshold", "narrowed"),
    [
        (False, "overall", 1, "&score=1"),
        (False, "overall", 2, ""),
        (False, "speed", 2, "&low=speed"),
        (False, "speed", 3, ""),
        (False, "", 1, ""),
        (True, "overall", 1, ""),
        (True, "speed", 1, ""),
    ],
)
def test_the_comment_box_is_narrowed_where_it_leaves_nothing_out(
    is_anonymous, dimension, threshold, narrowed
):
    version = make_published(make_survey(is_anonymous=is_anonymous))
    alert = Alert(kind="low_score", dimension=dimension, threshold=threshold)
    about = asked(f"survey={version.survey.slug}", make_member(Role.ADMINISTRATOR))

    days = "&first=2026-03-31&last=2026-03-31"
    assert link_to(alert, about, Tellable([LOW], [])) == (
        f"/reviews/comments/?survey={version.survey.slug}{days}{narrowed}"
    )


@pytest.mark.django_db
def test_groups_lead_to_the_report():
    version = make_published()
    alert = Alert(kind="low_score", dimension="overall", threshold=1, filters="survey=a&period=30")

    link = link_to(alert, asked(f"survey={version.survey.slug}"), Tellable([], [Group(1, 7, [LOW])]))
    assert link == "/reports/?survey=a&period=30"
