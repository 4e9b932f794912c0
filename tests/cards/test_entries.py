"""Whatever a device sends is an entry or clear words, never an error of ours."""

import json
import uuid
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.codes import code_of
from cards.entries import BadBody, BadCard, OtherMember, desk_of, read_body, read_entry
from cards.enums import Rejection
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_location, make_member, make_print_run, make_published
from tests.factories.cards import DAY

pytestmark = pytest.mark.django_db
FIVES = {key: ["5"] for key in ("quality", "speed", "convenience", "knowledge", "overall")}
KEY = "6f1d0a52-93c4-4f0e-8a27-5b1c9e7d2f40"


@pytest.fixture
def version():
    return make_published()


@pytest.fixture
def clerk():
    return make_clerk()


@pytest.fixture
def desk(version, clerk):
    batch = make_batch(version.survey, collected_from=date(2026, 3, 1), collected_to=DAY)
    return desk_of(batch, clerk)


@pytest.fixture
def sent(version):
    """As a device sends a card of five fives."""
    return {
        "id": str(uuid.uuid4()),
        "revision": 0,
        "version": version.pk,
        "code": "",
        "day": "2026-03-02",
        "given": FIVES,
        "comment_later": False,
        "rejected": "",
    }


def words(desk, card):
    with pytest.raises(BadCard) as bad:
        read_entry(desk, card)
    return bad.value.why, bad.value.words


def test_a_card_is_read_as_it_was_keyed(desk, sent, version):
    entry = read_entry(
        desk, {**sent, "given": {**FIVES, "speed": ["?"], "overall": []}, "comment_later": True}
    )

    assert str(entry.id) == sent["id"]
    assert (entry.version_id, entry.day, entry.answers.ratings) == (version.pk, DAY, "5?55-")
    assert (entry.comment_later, entry.revision, entry.rejection, entry.run, entry.serial) == (
        True,
        0,
        "",
        None,
        None,
    )


def test_choices_and_words_are_read(clerk, sent):
    version = make_mixed()
    given_ = {"quality": ["x"], "speed": [], "way": ["bus"], "ways": ["car", "walked"], "words": [" Fine. "]}

    entry = read_entry(
        desk_of(make_batch(version.survey), clerk), {**sent, "version": version.pk, "given": given_}
    )

    assert entry.answers.ratings == "x-..."
    assert entry.answers.answers == {"way": "bus", "ways": ["walked", "car"], "words": "Fine."}


def test_a_rejected_card_has_no_answers(desk, sent):
    entry = read_entry(desk, {**sent, "rejected": Rejection.TORN.value, "given": "whatever"})

    assert (entry.rejection, entry.answers.ratings) == (Rejection.TORN, "")


def test_a_code_says_run_and_serial(desk, sent, version):
    run = make_print_run(version, copies=9)

    entry = read_entry(desk, {**sent, "code": code_of(run.pk, 9)})

    assert (entry.run, entry.serial) == (run, 9)


def test_a_code_that_was_not_printed_is_refused(desk, sent, version):
    run = make_print_run(version, copies=9)
    other = make_print_run()
    wrong = code_of(run.pk, 1)[:-1] + ("2" if code_of(run.pk, 1)[-1] != "2" else "3")

    why = {
        words(desk, {**sent, "code": code})[0]
        for code in [
            code_of(run.pk, 10),
            code_of(run.pk, 0),
            code_of(other.pk, 1),
            wrong,
            "x",
            7,
            None,
            ["a"],
            "\0",
            "\ud800",
        ]
    }

    assert why == {"code"}


def test_a_card_of_a_location_that_the_clerk_does_not_hold_is_refused(sent, version):
    held, other = make_location(), make_location()
    clerk = make_member("clerk", locations=[held])
    desk = desk_of(make_batch(version.survey, location=held), clerk)
    run = make_print_run(version, location=other)

    assert words(desk, {**sent, "code": code_of(run.pk, 1)}) == (
        "code",
        "This card was printed for a location that you do not hold.",
    )


def test_a_card_of_another_version_than_its_code_says_is_refused(desk, sent, version):
    newer = make_published(version.survey)
    run = make_print_run(version)
    desk = desk_of(desk.batch, desk.by)

    assert words(desk, {**sent, "code": code_of(run.pk, 1), "version": newer.pk})[0] == "version"


def test_an_answer_that_is_none_names_its_question(desk, sent):
    said = words(desk, {**sent, "given": {**FIVES, "speed": ["6"]}})

    assert said == ("given", "Question 2: Please choose one rating from 1 to 5.")


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"], ids=["NUL", "lone surrogate"])
def test_words_that_cannot_be_stored_are_refused(clerk, sent, text):
    version = make_mixed()
    desk = desk_of(make_batch(version.survey), clerk)

    said = words(desk, {**sent, "version": version.pk, "given": {"quality": ["5"], "words": [text]}})

    assert said == (
        "given",
        "Question 5: This text holds a character that cannot be stored. Please remove it.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("id", value) for value in [None, 7, "", "x", f"{{{KEY}}}", KEY.upper()]),
        *(("revision", value) for value in [None, -1, True, 1.5, "0", 10**30, 32_768]),
        *(("version", value) for value in [None, 0, True, "1", 10**30, 1.0, [], {}]),
        *(
            ("day", value)
            for value in [
                None,
                "",
                7,
                "2026-02-28",
                "2026-03-03",
                "20260302",
                "2026-W10-1",
                "2026-13-40",
                "٢٠٢٦-٠٣-٠٢",
            ]
        ),
        *(
            ("given", value)
            for value in [None, [], "x", {"speed": "5"}, {"speed": [5]}, {"speed": [["5"]]}, {"speed": None}]
        ),
        *(
            ("given", value)
            for value in [
                {},
                {"speed": ["5", "4"]},
                {"no-such": ["5"]},
                {"\ud800": ["5"]},
                {"speed": ["5"] * 101},
            ]
        ),
        *(("comment_later", value) for value in [None, 1, "yes"]),
        *(("rejected", value) for value in [None, 0, "lost", ["torn"], {}]),
    ],
)
def test_what_is_wrong_is_said(desk, sent, name, value):
    why, said = words(desk, {**sent, name: value})

    assert why == name
    assert said


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(
        st.sampled_from(["id", "revision", "version", "code", "day", "given", "comment_later", "rejected"]),
        ANYTHING,
        min_size=1,
    )
)
def test_no_card_is_an_error_of_ours(desk, sent, changes):
    card = {**sent, **changes}

    with suppress(BadCard):
        assert str(read_entry(desk, card).id) == card["id"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"member": ' + b"9" * 5000 + b"}", 400),
        (b"[]", 422),
        (b'{"member": null, "cards": [{}]}', 422),
        (b'{"member": true, "cards": [{}]}', 422),
        (b'{"member": "ME", "cards": [{}]}', 422),
    ],
)
def test_a_body_that_is_none_is_refused_whole(clerk, body, status):
    with pytest.raises(BadBody) as bad:
        read_body(body, clerk)

    assert bad.value.status == status


@pytest.mark.parametrize("cards", [None, [], {}, "x", [1], [{}, None], [{}] * 51])
def test_cards_that_are_none_are_refused_whole(clerk, cards):
    with pytest.raises(BadBody):
        read_body(json.dumps({"member": clerk.pk, "cards": cards}).encode(), clerk)


def test_another_member_s_cards_are_refused_whole(clerk):
    with pytest.raises(OtherMember) as other:
        read_body(json.dumps({"member": clerk.pk + 1, "cards": [{}]}).encode(), clerk)

    assert other.value.status == 409
