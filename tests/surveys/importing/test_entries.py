from datetime import date

from surveys.importing.entries import MAX_ENTRIES, Entries


def test_entries_are_given_by_their_kind():
    entries = Entries(
        {"a": "x", "b": True, "c": date(2026, 1, 31), "d": ["y"], "e": {"f": 5}, "g": {"h": {"i": "j"}}},
        "",
        [],
    )

    given = (entries.text("a"), entries.truth("b"), entries.day("c"), entries.listed("d"))

    assert given == ("x", True, date(2026, 1, 31), ("y",))
    assert (entries.table("e").texts(), entries.table("g").tables_of_texts()) == (
        {"f": "5"},
        {"h": {"i": "j"}},
    )
    assert entries.reasons == []


def test_what_was_not_asked_for_is_a_mistake():
    entries = Entries({"a": "x", "colour": 1}, "file", [])

    entries.text("a")
    entries.end()

    assert entries.reasons == ["[file] colour: nothing of that name belongs here."]


def test_what_is_of_another_kind_is_noted_and_left_out():
    entries = Entries({"a": 1, "b": "yes", "c": "31.1.2026", "d": [1]}, "", [])

    given = (entries.text("a", "default"), entries.truth("b"), entries.day("c"), entries.listed("d"))

    assert (given, len(entries.reasons)) == (("default", False, None, ()), 4)


def test_a_table_has_an_end():
    entries = Entries({str(number): "x" for number in range(MAX_ENTRIES + 1)}, "values", [])

    assert (entries.texts(), entries.reasons) == ({}, ["[values]: it is no table."])
