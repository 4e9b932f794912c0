import pytest

from organisation.models import Organisation
from reports.reading import report_for
from reports.why.reading import is_why_kept, of_all_dimensions, why_for, words_mark
from reviews.models import Review
from tests.factories import make_location, make_member
from tests.reports.answers import administrator, asked, count
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = make_survey_with_comment(is_anonymous=False)
    hear(version, *["slow queue"] * 12, ratings="11111")
    hear(version, *["kind staff"] * 12, ratings="55555")
    count()
    return version


def told(member=None, query="period=all"):
    return why_for(asked(query, member), member or administrator())


def low_words(why):
    return {one.word for one in why.words.low_words}


def test_all_dimensions_are_compared(version):
    assert of_all_dimensions(asked("dimension=speed")).filters.dimension == ()
    assert {one.dimension for one in told(query="period=all&dimension=speed").moving.questions} >= {"quality"}


def test_words_are_read_once(version, django_assert_max_num_queries):
    member, one = administrator(), asked("period=all")
    first = why_for(one, member)

    with django_assert_max_num_queries(9) as seen:
        second = why_for(one, member)

    assert second == first
    assert not any("words" in query["sql"] for query in seen.captured_queries)


def test_what_was_erased_is_nowhere(version):
    before = low_words(told())
    for review in Review.objects.filter(text="slow queue"):
        review.text = review.words = ""
        review.save(update_fields=["text", "words"])

    assert (before, low_words(told())) == ({"slow", "queue"}, set())


def test_another_minimum_is_another_result(version):
    before = told().words.minimum
    Organisation.objects.update(minimum_comments=9)

    assert (before, told().words.minimum) == (8, 9)


def test_a_name_that_became_known_is_no_word(version):
    before = low_words(told())
    make_member(name="Queue")

    assert (before, low_words(told())) == ({"slow", "queue"}, {"slow"})


def test_nobody_is_told_what_was_kept_for_somebody_who_sees_more(version):
    told()
    mine = make_location(code="mine")

    assert told(make_member("manager", locations=[mine])).words.low == 0


def test_the_mark_stands_while_nothing_changes(version):
    assert words_mark([version.survey_id]) == words_mark([version.survey_id])


def test_it_is_kept_until_a_comment_has_gone(version):
    member = administrator()

    def is_kept():
        one = asked("period=all", member)
        return is_why_kept(one, report_for(one))

    before = is_kept()
    told(member)
    after = is_kept()
    Review.objects.filter(text="slow queue").first().delete()

    assert (before, after, is_kept()) == (False, True, False)
