import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from surveys.inviting.lists import Choices, pasted_rows, read_list

NOTHING = Choices(frozenset({"en", "cs"}), {"brno": "Brno"}, {"visit": "Visit"})


def read(text):
    return read_list(pasted_rows(text), NOTHING)


def reasons(text):
    return [flaw.reason for flaw in read(text).flaws]


def test_pasted_lines_are_recipients():
    listed = read("anna@example.org, Anna Novak, cs, Europe/Prague, brno, visit\n\n  EVA@Example.org\n")

    anna, eva = listed.recipients.values()
    assert (anna.email, anna.name, anna.language, anna.time_zone, anna.location, anna.touchpoint) == (
        "anna@example.org",
        "Anna Novak",
        "cs",
        "Europe/Prague",
        "Brno",
        "Visit",
    )
    assert (eva.email, eva.name) == ("eva@example.org", "")
    assert listed.flaws == []


def test_first_row_may_name_the_columns():
    listed = read("Name;E-Mail;Time zone;Loyalty\nAnna;anna@example.org;Europe/Prague;gold")

    assert listed.recipients["anna@example.org"].name == "Anna"
    assert listed.recipients["anna@example.org"].time_zone == "Europe/Prague"


def test_first_row_without_an_address_has_to_name_one():
    with pytest.raises(ValidationError):
        read("Name;Town\nAnna;Brno")


def test_bad_rows_are_listed_and_good_ones_kept():
    listed = read("anna@example.org\nnobody\nanna@example.org\neva@example.org, Eva, xx, Mars/Base, nowhere")

    assert list(listed.recipients) == ["anna@example.org"]
    assert [(flaw.row, flaw.value) for flaw in listed.flaws] == [
        (2, "nobody"),
        (3, "anna@example.org"),
        (4, "eva@example.org"),
    ]
    assert listed.refused == 3


@pytest.mark.parametrize(
    "row",
    [
        "anna@example.org, An\x00na",
        f"anna@example.org, {'x' * 101}",
        "anna@example.org, An\ud800na",
        "anna@example.org" + "x" * 1000,
    ],
)
def test_what_cannot_be_stored_is_refused(row):
    listed = read(f"eva@example.org\n{row}")

    assert list(listed.recipients) == ["eva@example.org"]
    assert listed.refused >= 1


def test_number_of_rows_is_bounded(monkeypatch):
    monkeypatch.setattr("surveys.inviting.lists.MOST_ROWS", 2)

    listed = read("a@example.org\nb@example.org\nc@example.org\nd@example.org")

    assert (len(listed.recipients), listed.refused) == (2, 1)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        listed = read(f"anna@example.org\n{text}")
    except ValidationError:
        return

    for email, recipient in listed.recipients.items():
        assert email == recipient.email
        assert email.isascii()
        assert "\n" not in recipient.name
