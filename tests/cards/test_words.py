"""The scripts have no words of their own, and name none that is not there."""

import re

from cards.words import screen_words
from tests.house import ours

SCRIPTS = sorted((ours.ROOT / "static" / "js" / "cards").glob("*.js"))
# How the server took a request is said by the word of the same name.
KINDS = {"no_answer", "refuses", "signed_out", "somebody_else"}


def named():
    return {name for path in SCRIPTS for name in re.findall(r"\bwords\.(\w+)", path.read_text())}


def test_every_word_that_a_script_names_is_there():
    assert named() - {"trim"} - set(screen_words()) == set()


def test_no_word_is_there_for_nothing():
    pages = " ".join(path.read_text() for path in (ours.ROOT / "templates" / "cards").glob("*.html"))
    in_pages = set(re.findall(r"\bwords\.(\w+)", pages))

    assert set(screen_words()) - named() - in_pages - KINDS == set()
