"""Comments behind a shared link: published words from the minimum group up, and never what was erased."""

import zlib
from datetime import date

import pytest
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Organisation
from reports.frozen import thaw
from reports.models import SharedComment, StoredReport
from reports.sharing.actions import LinkWish, revoke_link, share_report
from reports.sharing.comments import comments_behind, offer_of
from reviews.actions.erasing import erase_review
from reviews.enums import ErasureReason, HiddenReason, ReviewState
from reviews.models import Review
from scoring.actions.pending import score_all_pending
from tests.factories import make_location, make_member, make_schedule, make_sent
from tests.factories.reports import NOW
from tests.factories.reviews import make_review, make_review_form
from tests.press.paper import pages, text_of
from tests.reports.answers import asked
from tests.reviews.actions.test_erasing import SECRET, plain, told_of

pytestmark = pytest.mark.django_db
ERASED = f"The {SECRET} again"
TEXTS = [*(f"Word number {at}" for at in range(8)), ERASED]


@pytest.fixture
def place():
    return make_location(name="Harbour", code="harbour")


@pytest.fixture
def version(place):
    """Nine published reviews at the harbour, whose names and contacts nobody is to learn."""
    version = make_review_form()
    for text in TEXTS:
        make_review(text, version=version, location=place, name="Ana Secret")
    publish()
    score_all_pending(clock=timezone.now)
    return version


@pytest.fixture
def owner(place):
    return make_member(Role.MANAGER, locations=[place])


def publish(**chosen):
    Review.objects.filter(**chosen).update(state=ReviewState.PUBLISHED, published_on=date(2026, 3, 2))


def filters(version, more=""):
    return f"survey={version.survey.slug}&period=all{more}"


def share(version, owner, *, with_comments=True, charts=()):
    wish = LinkWish("Board", days=7, charts=charts, with_comments=with_comments)
    return share_report(filters=filters(version), wish=wish, language="en", by=owner, now=timezone.now())


def offer(version, owner, more=""):
    return tuple(offer_of(asked(filters(version, more), owner), owner))


def page(client, token):
    return " ".join(client.get(f"/reports/shared/{token}/").content.decode().split())


def told(text):
    """How many of the texts stand there."""
    return sum(one in text for one in TEXTS)


def test_without_the_tick_there_is_none(client, version, owner):
    _link, token = share(version, owner, with_comments=False)

    assert told(page(client, token)) == 0
    assert not SharedComment.objects.exists()


def test_with_it_strangers_read_the_words_and_neither_names_nor_scores(client, version, owner):
    link, token = share(version, owner)

    text = page(client, token)
    assert told(text) == 9
    assert ("Ana" in text, "Harbour" in text) == (False, True)
    assert comments_behind(link)[0]._fields == ("day", "place", "text")
    assert TEXTS[0] not in plain(link.report.pdf)


def test_the_list_says_so(client, version, owner):
    share(version, owner)
    client.force_login(owner)

    assert "With comments" in client.get("/reports/shares/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"state": ReviewState.HIDDEN, "hidden_reason": HiddenReason.OTHER, "published_on": None},
        {"state": ReviewState.PENDING, "published_on": None},
        {"is_held": True},
    ],
    ids=["hidden", "taken back", "held"],
)
def test_what_is_not_public_any_more_is_gone_from_the_link(client, version, owner, change):
    _link, token = share(version, owner)
    Review.objects.filter(text=TEXTS[3]).update(**change)

    text = page(client, token)
    assert (told(text), TEXTS[3] in text) == (8, False)


def test_what_came_later_is_not_there(client, version, owner, place):
    _link, token = share(version, owner)
    make_review("Later words", version=version, location=place)
    publish()

    assert "Later words" not in page(client, token)


def test_below_the_minimum_there_is_none(client, version, owner):
    _link, token = share(version, owner)
    Review.objects.filter(text__in=TEXTS[:2]).update(state=ReviewState.PENDING, published_on=None)

    text = page(client, token)
    assert told(text) == 0
    assert "Too few of the comments" in text
    assert offer(version, owner) == (0, True)


def test_the_minimum_is_that_of_the_organisation(version, owner):
    Organisation.objects.update(minimum_comments=10)

    assert offer(version, owner) == (0, True)
    share(version, owner)
    assert not SharedComment.objects.exists()


def test_a_report_that_has_too_few_answers_has_no_comments_either(version, owner):
    Organisation.objects.update(minimum_group=10)

    assert offer(version, owner) == (0, True)


def test_words_that_nobody_agreed_to_publish_are_not_offered(version, owner):
    Review.objects.update(state=ReviewState.PRIVATE, published_on=None)

    assert offer(version, owner) == (0, True)


def test_those_of_other_places_are_not_behind_it(version, owner):
    for at in range(9):
        make_review(f"Elsewhere {at}", version=version, location=make_location(name=f"Far {at}"))
    publish()

    link, _token = share(version, owner)
    assert sorted(one.text for one in comments_behind(link)) == sorted(TEXTS)


@pytest.mark.parametrize("more", ["&mode=link", "&stage=consideration"])
def test_what_comments_cannot_be_narrowed_by_offers_none(version, owner, more):
    assert offer(version, owner, more) == (0, False)


def test_whoever_loses_the_place_shares_no_words(version, owner):
    link, _token = share(version, owner)
    owner.locations.clear()

    assert comments_behind(link) == []


def test_revoking_forgets_which_they_were(version, owner):
    link, _token = share(version, owner)

    revoke_link(link=link, by=owner, now=timezone.now())

    assert not SharedComment.objects.exists()


def kept_reports():
    """Results and documents of every report that was kept, as text."""
    for stored in StoredReport.objects.all():
        yield zlib.decompress(stored.result).decode()
        yield " ".join(text_of(one) for one in pages(bytes(stored.pdf)))


def test_what_was_erased_is_gone_from_what_was_shared_and_what_was_sent(client, version, owner):
    _link, token = share(version, owner)
    sent = make_sent(make_schedule(version.survey, owner=owner), is_made=True)
    review = Review.objects.get(text=ERASED)
    assert (SECRET in page(client, token), bool(told_of())) == (True, True)

    erase_review(review=review, reason=ErasureReason.CUSTOMER, by=make_member(Role.EDITOR), now=NOW)

    assert (SECRET in page(client, token), told_of()) == (False, set())
    client.force_login(owner)
    assert SECRET not in client.get(f"/reports/sent/{sent.pk}/").content.decode()
    assert [text for text in kept_reports() if SECRET in text] == []
    assert len(list(kept_reports())) == 4


@pytest.mark.parametrize("with_comments", [True, False])
def test_words_that_tell_go_in_with_the_comments_alone(version, owner, with_comments):
    link, _token = share(version, owner, with_comments=with_comments, charts=["why"])

    (why,) = thaw(bytes(link.report.result)).chapters
    assert why.words.is_left_out != with_comments
