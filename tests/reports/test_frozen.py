import json
import zlib

import pytest

from reports.frozen import Unreadable, freeze, thaw
from tests.factories import make_published
from tests.reports.answers import EVERY_DAY, asked, counted, report
from tests.reports.samples import empty_report, full_report, scope


@pytest.mark.parametrize("made", [full_report, empty_report])
def test_a_result_comes_back_equal_in_every_part(made):
    kept = scope(made())

    assert thaw(freeze(kept)) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("query", [EVERY_DAY, "from=2026-03-01&to=2026-03-31&by=day", "period=90&mode=link"])
def test_a_report_from_the_database_comes_back_equal(query):
    from reports.exports.scope import scope_of

    version = make_published()
    counted(version, *["55443", "12345", "3x-33"] * 4)
    query = f"survey={version.survey.slug}&{query}"
    kept = scope_of(asked(query), report(query))

    assert thaw(freeze(kept)) == kept


def changed(kept, change):
    text = zlib.decompress(kept).decode()
    return zlib.compress(change(text).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("reports.results:Computed", "reports.results:Gone"),
        lambda text: text.replace('"survey_name"', '"name_of_the_survey"'),
        lambda text: text.replace("reports.results:Computed", "os:system"),
        lambda text: text.replace("reports.results:Computed", "reports.frozen:thaw"),
        lambda text: text[:-5],
        lambda _text: json.dumps({}),
    ],
    ids=["a class", "a field", "of elsewhere", "no result", "cut off", "nothing"],
)
def test_what_is_made_of_other_parts_is_said_to_be_unreadable(change):
    with pytest.raises(Unreadable):
        thaw(changed(freeze(scope(full_report())), change))


def test_what_is_no_text_at_all_is_unreadable():
    with pytest.raises(Unreadable):
        thaw(b"nothing")
