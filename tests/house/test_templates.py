"""A strict content policy and one look: nothing inline, nothing from elsewhere, every page in a shell."""

import re

import pytest
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode

from tests.house import ours

TEMPLATES = sorted((ours.ROOT / "templates").rglob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a source": re.compile(
        r"<script\b(?![^>]*(\ssrc=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE
    ),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"\b(?:src|srcset|data|poster)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "a style sheet from elsewhere": re.compile(r"<link\b[^>]*href\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "a string marked safe": re.compile(r"\|\s*safe\b"),
}
SHELLS = {"staff/frame.html", "public/base.html"}
# Mail programs load no style sheet, so a mail brings its styles along: in attributes, and in an element what holds in the
# dark only. It stands in no page.
MAILS = ("surveys/mail/", "reports/mail/")
OF_MAILS = {"a style attribute", "a style element"}


def name_of(path):
    return path.relative_to(ours.ROOT / "templates").as_posix()


def without_comments(text):
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", text)


def parent_of(name):
    """The template that this one extends, if it does: ours or a part's."""
    found = get_template(name).template.nodelist.get_nodes_by_type(ExtendsNode)
    return found[0].parent_name.var if found else None


def shell_of(name):
    """The template at the top of the chain."""
    while parent := parent_of(name):
        name = parent
    return name


@pytest.mark.parametrize("what", INLINE)
def test_templates_have_nothing(what):
    found = [name_of(path) for path in TEMPLATES if INLINE[what].search(without_comments(path.read_text()))]

    assert [name for name in found if not (what in OF_MAILS and name.startswith(MAILS))] == []


def test_only_shells_begin_a_document():
    documents = {name_of(path) for path in TEMPLATES if "<html" in path.read_text()}

    assert {name for name in documents if not name.startswith(MAILS)} == SHELLS


def test_every_page_is_in_a_shell():
    tops = {name_of(path): shell_of(name_of(path)) for path in TEMPLATES if parent_of(name_of(path))}

    assert {name: top for name, top in tops.items() if top not in SHELLS} == {}


PAGES = re.compile(r"render(?:_to_string)?\(\s*(?:request,\s*)?[\"']([^\"']+\.html)[\"']")


def test_templates_that_views_draw_exist():
    drawn = {name for path in ours.modules() for name in PAGES.findall(path.read_text())}

    assert drawn - {name_of(path) for path in TEMPLATES} == set()
