import json

from reports.scores_json import scores_of
from tests.reports.samples import empty_report, full_report

SCORE = {"state", "n", "mean", "mean_interval", "share_satisfied", "share_interval", "effective_n"}


def test_the_report_is_told_whole():
    told = scores_of(full_report())

    assert {key: value for key, value in told.items() if key not in {"dimensions", "versions", "marks"}} == {
        "state": "computed",
        "survey": "service",
        "period": {"from": "2026-03-02", "to": "2026-03-29"},
        "compare": "previous",
        "previous_period": {"from": "2026-02-02", "to": "2026-03-01"},
        "by": "week",
        "filters": {},
        "minimum_group": 5,
        "counted_at": "2026-03-29T12:00:00+00:00",
        "data_version": 7,
        "responses": 40,
        "not_yet_counted": 0,
    }
    assert told["versions"] == [{"number": 1, "responses": None}, {"number": 2, "responses": 33}]
    assert [dimension["dimension"] for dimension in told["dimensions"]] == [
        "quality",
        "speed",
        "knowledge",
        "overall",
    ]


def test_marks_are_told_with_their_kind():
    assert scores_of(full_report())["marks"] == [
        {
            "kind": "process_change",
            "number": 1,
            "day": "2026-03-13",
            "words": "Two more <tills> (North)",
            "limits_begin_anew": True,
        },
        {
            "kind": "version",
            "number": 2,
            "day": "2026-03-16",
            "words": "Version 2 first answered, with new words for “How long did you wait?”",
        },
        {
            "kind": "mode_shift",
            "number": 3,
            "day": "2026-03-23",
            "words": "More answers by Kiosk: 12 % before, 45 % now",
            "mode": "kiosk",
            "share_before": 0.12,
            "share_now": 0.45,
        },
    ]


def test_a_score_has_six_decimals_and_its_exact_sums():
    speed = scores_of(full_report())["dimensions"][1]

    assert (speed["n"], speed["mean"], speed["share_satisfied"]) == (7, 3.142857, 0.428571)
    assert speed["sums"] == {
        "mean_sum": 22_000_000,
        "mean_squares": 80_000_000_000,
        "share_sum": 3_000_000,
        "share_squares": 3_000_000_000,
    }
    assert speed["change"] == {
        "verdict": "lower",
        "difference": -0.5,
        "interval": [-0.7, -0.3],
        "p_value": 0.001,
    }
    assert speed["ratings"] == {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


def test_what_is_withheld_has_a_state_and_no_number():
    told = scores_of(full_report())
    speed, knowledge = told["dimensions"][1], told["dimensions"][2]

    assert set(speed["trend"][1]) == {"from", "to", "versions_begun", "control", "state"}
    assert speed["locations"][3] == {
        "location": "few",
        "state": "too_few",
        "against_the_others": {"verdict": "too_few", "difference": None, "interval": None, "p_value": None},
    }
    assert (knowledge["state"], knowledge["ratings"], "n" in knowledge) == ("too_few", None, False)


def test_a_question_brings_its_versions_and_marks():
    (question,) = scores_of(full_report())["dimensions"][1]["questions"]

    assert set(question) == {
        *SCORE,
        "measure",
        "question",
        "ratings",
        "does_not_apply",
        "left_blank",
        "not_asked_in_versions",
        "new_wording_since_versions",
        "versions",
    }
    assert [(line["version"], line["state"]) for line in question["versions"]] == [
        (2, "computed"),
        (1, "too_few"),
    ]


def test_it_is_valid_json():
    for report in (full_report(), empty_report()):
        assert json.loads(json.dumps(scores_of(report), allow_nan=False))["survey"] == "service"
