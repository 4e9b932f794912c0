"""What the keying screen's script says. It has no words of its own: they travel with the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def screen_words() -> dict[str, str]:
    """By the name that the script knows them by; %(…)s as everywhere."""
    return _of_keys() | _of_cards() | _of_sending() | _of_refused()


def _of_keys() -> dict[str, str]:
    return {
        "blank": _("Left blank"),
        "unreadable": _("Two marks, or unreadable"),
        "not_applicable": _("Does not apply"),
        "keyed": _("%(value)s."),
        "asked": _("Question %(number)s: %(text)s"),
        "was": _("Keyed as %(value)s."),
        "several": _("Several may be marked."),
        "no_such_key": _("“%(key)s” is no answer to this question."),
        "keys_on": _("Single keys are on."),
        "keys_off": _("Single keys are off: choose with the mouse, or with Tab and Space."),
    }


def _of_cards() -> dict[str, str]:
    return {
        "card": _("Card %(number)s"),
        "new_card": _("New card"),
        "recalled": _("Card recalled: change it and press Enter, or Escape to leave it as it is."),
        "left_as_it_was": _("The card stays as it was."),
        "nothing_to_recall": _("There is no earlier card to recall."),
        "sent_for_good": _("A second keying that is on its way cannot be changed."),
        "complete": _("Every question is keyed."),
        "press_enter": _("Enter saves the card and opens the next."),
        "questions_left": _("Not keyed yet: %(numbers)s. Press Enter again to leave them blank."),
        "saved": _("Card saved."),
        "rejected": _("Card rejected: %(reason)s."),
        "nothing_on_it": _("No answer on this card can be counted. Reject it with R."),
        "nothing_on_it_second": _(
            "No answer on this card can be counted. Press Enter again if that is what you see."
        ),
        "comment_later": _("Comment later"),
        "comment_later_off": _("No comment later."),
        "no_text_question": _("This card has no room for a comment."),
        "straight_line": _("The same rating throughout"),
        "same_as_last": _("The same answers as the last card"),
        "more_than_counted": _("More cards than were counted"),
        "just_keyed": _("This code is on a card that you keyed a moment ago."),
        "bad_code": _("No card has this code: a sign is wrong or missing."),
        "unknown_code": _(
            "No card of this survey with this code was printed for your locations. If it was printed just now, load the page again."
        ),
        "code_read": _("Code %(code)s: version %(version)s, %(location)s."),
        "scan_refused": _("The scanned code was not taken, because the card before it is not finished."),
        "no_more_cards": _("No card waits for you here. Load the page again later."),
        "put_aside": _("Put aside for now."),
        "first_keyed": _("First keyed by %(by)s, %(when)s"),
        "without_code": _("without a code"),
    }


def _of_sending() -> dict[str, str]:
    return {
        "all_sent": _("Every card is sent."),
        "sending": _("Sending: %(count)s"),
        "unsent_title": _("(%(count)s not sent)"),
        "unsent": _("Not sent: %(count)s. Kept on this device."),
        "no_answer": _("The server does not answer. They are sent by themselves."),
        "refuses": _("The server does not take them (%(status)s)."),
        "signed_out": _("You are signed out."),
        "somebody_else": _("Somebody else is signed in on this device."),
        "not_kept": _(
            "This browser keeps nothing on the device: do not close the page while cards are unsent."
        ),
        "per_hour": _("%(count)s an hour"),
        "is_sent": _("sent"),
        "is_unsent": _("on this device"),
        "is_keyed_twice": _("keyed twice"),
    }


def _of_refused() -> dict[str, str]:
    return {
        "refused_title": _("(%(count)s not taken)"),
        "recall": _("Recall"),
        "correct": _("Correct"),
        "reject": _("Reject"),
        "send_again": _("Send again"),
        "discard": _("Discard"),
        "of_batch": _("batch %(batch)s"),
        "sure": _("Discard this card? What was keyed is lost; the paper has to be keyed anew."),
    }
