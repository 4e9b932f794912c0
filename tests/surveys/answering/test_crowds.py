from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory

from surveys.answering import crowds
from surveys.answering.crowds import connection_of, is_more_than_a_kiosk_takes, is_one_too_many


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.CROWD_SIZE, settings.CROWD_MINUTES = 3, 10
    crowds.forget()
    yield
    crowds.forget()


def many(count, connection="93.184.216.34", survey=1):
    return [is_one_too_many(connection, survey, uuid4()) for _ in range(count)]


def test_what_exceeds_the_crowd_is_one_too_many():
    assert many(5) == [False, False, False, True, True]


def test_each_connection_and_each_survey_is_counted_by_itself():
    many(3)

    assert many(3, "93.184.216.35") == [False] * 3
    assert many(3, survey=2) == [False] * 3
    assert many(1) == [True]


def test_same_submission_again_is_no_other():
    once = uuid4()

    assert [is_one_too_many("93.184.216.34", 1, once) for _ in range(9)] == [False] * 9


def test_crowd_is_forgotten_after_its_minutes(monkeypatch):
    many(3)
    later = crowds.time.monotonic() + 601
    monkeypatch.setattr(crowds.time, "monotonic", lambda: later)

    assert many(1) == [False]


def test_addresses_of_one_network_of_ipv6_are_one_connection():
    crowd = [f"2a00:1450:4001:0800::{number:x}" for number in range(4)]

    assert [is_one_too_many(one, 1, uuid4()) for one in crowd] == [False, False, False, True]


def test_nothing_is_counted_where_it_is_switched_off_or_unknown(settings):
    assert many(9, "") == [False] * 9
    settings.CROWD_SIZE = 0
    assert many(9) == [False] * 9


@pytest.mark.parametrize(
    ("peer", "forwarded", "behind_proxy", "found"),
    [
        ("93.184.216.34", "", False, "93.184.216.34"),
        ("93.184.216.34", "8.8.8.8", False, "93.184.216.34"),
        ("10.0.0.7", "8.8.8.8", False, ""),
        ("10.0.0.7", "1.1.1.1, 8.8.8.8", True, "8.8.8.8"),
        ("10.0.0.7", "192.168.1.5", True, ""),
        ("10.0.0.7", "", True, ""),
        ("127.0.0.1", "", False, ""),
        ("unix:", "", False, ""),
        ("2a00:1450::1", "", False, "2a00:1450::1"),
        ("10.0.0.7", "8.8.8.8:51234", True, "8.8.8.8"),
        ("10.0.0.7", "1.1.1.1:80, 8.8.8.8:51234", True, "8.8.8.8"),
        ("10.0.0.7", "[2a00:1450::1]:51234", True, "2a00:1450::1"),
        ("10.0.0.7", "[2a00:1450::1]", True, "2a00:1450::1"),
        ("10.0.0.7", '"[2a00:1450::1]:51234"', True, "2a00:1450::1"),
        ("10.0.0.7", "2a00:1450:0:0::1", True, "2a00:1450::1"),
        ("::ffff:8.8.8.8", "", False, "8.8.8.8"),
        ("10.0.0.7", "[::1]:51234", True, ""),
        ("10.0.0.7", "8.8.8.8:port", True, ""),
        ("10.0.0.7", "[]:1", True, ""),
    ],
)
def test_connection_is_the_public_address_that_can_be_believed(
    settings, peer, forwarded, behind_proxy, found
):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert connection_of(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == found


def test_memory_of_crowds_is_bounded(monkeypatch):
    monkeypatch.setattr(crowds, "MOST_REMEMBERED", 2)

    for number in range(9):
        many(1, f"93.184.216.{number}")

    assert len(crowds._recent) <= 2


def test_a_kiosk_takes_so_many_by_the_time_of_their_answering():
    noon = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)

    def taken(count, kiosk="1 main service", at=noon):
        return [is_more_than_a_kiosk_takes(kiosk, uuid4(), at) for _ in range(count)]

    assert taken(11) == [False] * 9 + [True] * 2
    assert taken(9, kiosk="1 elmgate service") == [False] * 9
    # A device that was without a connection for days sends everything at once.
    days = [taken(9, at=noon - timedelta(minutes=10 * span)) for span in range(1, 200)]
    assert not any(any(day) for day in days)


def test_same_answers_of_a_kiosk_again_are_no_others():
    once, noon = uuid4(), datetime(2026, 3, 20, 12, 0, tzinfo=UTC)

    assert not any(is_more_than_a_kiosk_takes("1 main service", once, noon) for _ in range(20))


def test_whoever_brings_many_addresses_makes_nothing_forgotten_that_is_asked_for(monkeypatch):
    monkeypatch.setattr(crowds, "MOST_REMEMBERED", 5)
    many(3)

    for number in range(1, 9):
        many(1, f"93.184.217.{number}")
        assert many(1) == [True]
