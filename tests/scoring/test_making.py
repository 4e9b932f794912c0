from datetime import date, timedelta

import pytest

from scoring.actions import (
    MovedMeanwhileError,
    hold_response,
    make_block,
    make_due_blocks,
    move_response,
    recount,
    score_pending,
)
from scoring.models import Block, BlockSum
from surveys.enums import Mode
from tests.factories import make_location, make_published, make_response
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=90)


@pytest.fixture
def version():
    """Responses of two surveys, versions, places and modes, scored."""
    other, version = make_published(questions=[("calm", "overall")]), make_published()
    for day in (1, 2, 3, 20):
        make_response(version, "54x-1", received_on=date(2026, 3, day), mode=Mode.KIOSK)
        make_response(version, "xxxxx", received_on=date(2026, 3, day))
        make_response(other, "3", received_on=date(2026, 3, day), location=make_location())
    score_pending(now=NOW)
    return version


def make_all():
    return make_due_blocks(clock=lambda: LATER)


def test_made_sums_are_what_a_count_from_scratch_makes_them(version):
    made = make_all()

    assert made == Block.objects.made().count() == Block.objects.count()
    assert recount(check=True, now=LATER).differed == 0


def test_sums_over_everything_hold_every_response(version):
    make_all()

    month = BlockSum.objects.get(block__span="month", version=version, location=0, touchpoint=0, mode="")
    assert (month.responses, month.overall_responses, month.quality_mean_sum) == (8, 4, 4 * 5_000_000)


def test_a_change_makes_its_blocks_due_and_only_these(version):
    make_all()
    response = version.responses.filter(mode=Mode.KIOSK).earliest("received_on")

    move_response(response=response, by=None, now=LATER, day=date(2026, 3, 20))

    due = set(Block.objects.due().values_list("survey", "span", "day"))
    assert due == {
        (version.survey_id, "day", date(2026, 3, 1)),
        (version.survey_id, "day", date(2026, 3, 20)),
        (version.survey_id, "week", date(2026, 2, 23)),
        (version.survey_id, "week", date(2026, 3, 16)),
        (version.survey_id, "month", date(2026, 3, 1)),
    }
    assert recount(check=True, now=LATER).differed == 0


def test_blocks_follow_what_was_held(version):
    make_all()
    for response in version.responses.filter(received_on=date(2026, 3, 1)):
        hold_response(response=response, by=None, now=LATER)

    make_due_blocks(clock=lambda: LATER + timedelta(minutes=2))

    assert not BlockSum.objects.filter(block__day=date(2026, 3, 1), block__span="day", version=version)
    assert recount(check=True, now=LATER).differed == 0


def test_recount_finds_and_mends_a_sum_that_is_wrong(version):
    make_all()
    BlockSum.objects.filter(block__span="month", location=0, version=version).update(overall_mean_sum=7)

    assert recount(check=True, now=LATER).differed == 6
    recount(check=False, now=LATER)
    make_all()

    assert recount(check=True, now=LATER).differed == 0


def test_recount_finds_cells_that_no_block_tells_of(version):
    Block.objects.filter(survey=version.survey_id, span="day", day=date(2026, 3, 20)).delete()

    assert recount(check=True, now=LATER).differed == 1
    recount(check=False, now=LATER)

    assert recount(check=True, now=LATER).differed == 0


def test_what_moved_while_it_was_added_up_stays_due(version):
    block = Block.objects.filter(span="month", survey=version.survey_id).get()
    Block.objects.filter(pk=block.pk).update(moved=block.moved + 1)

    with pytest.raises(MovedMeanwhileError):
        make_block(block)

    assert Block.objects.due().filter(pk=block.pk).exists()
    assert not block.sums.exists()


def test_blocks_are_made_when_they_are_over_and_calm(version):
    def made(moment):
        make_due_blocks(clock=lambda: moment)
        return set(Block.objects.made().filter(survey=version.survey_id).values_list("span", flat=True))

    moved = max(Block.objects.values_list("moved_at", flat=True))
    assert made(moved + timedelta(seconds=59)) == set()
    assert "day" in made(max(moved + timedelta(minutes=1), NOW))


def test_responses_that_wait_for_their_scores_go_first(version):
    make_response(version, "11111")

    assert make_all() == 0


def test_nothing_is_made_when_the_time_is_over(version):
    assert make_due_blocks(clock=lambda: LATER, until=LATER) == 0
