"""A strict content policy and one look: nothing inline, nothing from elsewhere, every page in a shell."""

import re

import pytest

from tests.house import ours

TEMPLATES = sorted((ours.ROOT / "templates").rglob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a source": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"\b(?:src|srcset|data|poster)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "a style sheet from elsewhere": re.compile(r"<link\b[^>]*href\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "a string marked safe": re.compile(r"\|\s*safe\b"),
}
SHELLS = {"staff/frame.html", "public/base.html"}


def name_of(path):
    return path.relative_to(ours.ROOT / "templates").as_posix()


def without_comments(text):
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", text)


def parent_of(name):
    path = ours.ROOT / "templates" / name
    found = re.match(r"\s*\{% extends [\"']([^\"']+)[\"'] %\}", without_comments(path.read_text()))
    return found and found.group(1)


def shell_of(name):
    """The template at the top of the chain that this one extends."""
    while (parent := parent_of(name)) and (ours.ROOT / "templates" / parent).exists():
        name = parent
    return name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_nothing_inline(path):
    text = without_comments(path.read_text())

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "<html" in path.read_text()], ids=name_of)
def test_only_shells_begin_a_document(path):
    assert name_of(path) in SHELLS


@pytest.mark.parametrize("path", [path for path in TEMPLATES if parent_of(name_of(path))], ids=name_of)
def test_page_is_in_a_shell(path):
    assert shell_of(name_of(path)) in SHELLS


PAGES = re.compile(r"render(?:_to_string)?\(\s*(?:request,\s*)?[\"']([^\"']+\.html)[\"']")


@pytest.mark.parametrize(
    "name", sorted({name for path in ours.modules() for name in PAGES.findall(path.read_text())})
)
def test_template_that_a_view_draws_exists(name):
    assert (ours.ROOT / "templates" / name).exists()
