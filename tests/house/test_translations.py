"""Every customer is asked in a language of their own: complete, compiled, and with the same numbers in it."""

import ast
import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.formats import date_format

from surveys.actions.lifecycle import change_survey, create_survey
from surveys.actions.publishing import publish_draft
from surveys.answering.references import sealed
from surveys.starters import SERVICE
from tests.house import catalogues, ours

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = [
    *sorted((ours.ROOT / "templates" / "public").rglob("*.html")),
    *sorted((ours.ROOT / "templates" / "components" / "public").rglob("*.html")),
    *(
        ours.ROOT / "templates" / "surveys" / name
        for name in ("answer.html", "thanks.html", "closed.html", "unplaced.html")
    ),
    *ours.modules("surveys/answering"),
]
CUSTOMERS = [
    *PAGE,
    *sorted((ours.ROOT / "templates" / "surveys").glob("kiosk*.html")),
    ours.ROOT / "surveys" / "queries" / "snippets.py",
    ours.ROOT / "feedback_site" / "views.py",
    ours.ROOT / "surveys" / "enums.py",
    ours.ROOT / "surveys" / "starters.py",
    # What is printed is read by customers too.
    ours.ROOT / "cards" / "printing" / "contents.py",
    ours.ROOT / "cards" / "printing" / "signs.py",
]
LABELS = {
    "cs": ["1 Velmi špatně", "2 Špatně", "3 Průměrně", "4 Dobře", "5 Skvěle"],
    "da": ["1 Meget dårligt", "2 Dårligt", "3 Middel", "4 Godt", "5 Meget godt"],
    "pl": ["1 Bardzo źle", "2 Źle", "3 Średnio", "4 Dobrze", "5 Świetnie"],
    "fil": ["1 Napakasama", "2 Masama", "3 Katamtaman", "4 Mahusay", "5 Napakahusay"],
}
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%|</?\w+[^>]*>")
every_language = pytest.mark.parametrize("language", catalogues.LANGUAGES)
every_catalogue = pytest.mark.parametrize(
    "catalogue", catalogues.catalogues(), ids=lambda path: ours.short(path.parents[1])
)


@pytest.fixture(autouse=True)
def speak_as_before():
    """A request leaves its language behind in the thread; the next test is to find the default."""
    yield
    translation.deactivate()


def placeholders(text):
    """What must be the same in every language: places for values, percent signs, and markup."""
    return Counter(PLACEHOLDER.findall(text))


@every_language
def test_customer_strings_are_translated(language):
    said = set().union(*(catalogues.messages_in(path) for path in CUSTOMERS))

    assert len(said) > 150
    assert sorted(said - catalogues.translated(catalogues.of(language))) == []


@every_language
def test_staff_strings_are_translated_but_for_the_newest(language):
    said = catalogues.all_messages()

    missing = said - catalogues.translated(catalogues.of(language))

    assert len(missing) <= 0.05 * len(said), "\n".join(
        ["Run tools/messages and translate:", *sorted(missing)]
    )


def test_what_is_translated_is_called_by_a_name_that_is_looked_for():
    """Gathering strings knows gettext's own names and `_`; what has another is never in a catalogue."""
    other = {
        f"{ours.short(path)}: {name.asname}"
        for path in ours.modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if "gettext" in name.name and name.asname not in {None, "_"}
    }

    assert other == set()


@every_catalogue
def test_compiled_catalogue_is_what_its_source_says(catalogue):
    assert catalogues.compiled(catalogue.with_suffix(".mo")) == catalogues.as_compiled(catalogue), (
        "Run tools/messages."
    )


@every_catalogue
def test_translation_keeps_placeholders_and_markup(catalogue):
    changed = [
        (entry["msgid"], text)
        for entry in catalogues.entries(catalogue)
        for text in catalogues.forms_of(entry)
        if text
        and entry["msgid"]
        # A form for one may say “one question” without the number.
        and placeholders(text)
        not in (placeholders(entry["msgid"]), placeholders(entry.get("msgid_plural", entry["msgid"])))
    ]

    assert changed == []


@every_catalogue
def test_form_for_many_names_the_number(catalogue):
    without = [
        text
        for entry in catalogues.entries(catalogue)
        if "msgid_plural" in entry
        for text in catalogues.forms_of(entry)[1:]
        if placeholders(text) != placeholders(entry["msgid_plural"])
    ]

    assert without == []


@every_catalogue
def test_plural_has_a_form_for_each_number(catalogue):
    header, *rest = catalogues.entries(catalogue)
    count = int(re.search(r"nplurals=(\d)", header["msgstr"]).group(1))

    assert {len(catalogues.forms_of(entry)) for entry in rest if "msgid_plural" in entry} == {count}


@every_catalogue
def test_no_translation_waits_for_a_second_look(catalogue):
    assert [
        entry["msgid"] for entry in catalogues.entries(catalogue) if "fuzzy" in entry.get("flags", "")
    ] == []


# --- What customers see -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Language, text and names of a page, without the field that people do not see."""

    def __init__(self, response) -> None:
        super().__init__()
        self.language, self.texts, self.steps = "", [], []
        self._hidden = self._in_step = False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.language = given["lang"] if tag == "html" else self.language
        self._hidden = given.get("for") == "website"
        self.texts += [given[name] for name in ("aria-label", "data-answered-words") if name in given]
        if tag == "label":
            self.steps.append("")
            self._in_step = True

    def handle_endtag(self, tag):
        self._in_step &= tag != "label"

    def handle_data(self, data):
        if not self._hidden:
            self.texts.append(data)
        if self._in_step:
            self.steps[-1] += data

    @property
    def text(self):
        return " ".join(PLACEHOLDER.sub("", " ".join(self.texts)).split())


def english():
    """What the pages of the general service survey say in English, in pieces between the values."""
    said = set().union(*(catalogues.texts_in(path) for path in PAGE))
    with translation.override("en"):
        said |= {question.text for question in SERVICE.questions()}
        said |= {str(text) for text in (SERVICE.title, SERVICE.intro, SERVICE.thanks_text)}
    pieces = {piece.strip() for text in said for piece in re.split(r"%%?\(\w+\)[sd]", text)}
    return sorted(piece for piece in pieces if re.search(r"\w{4}", piece))


@pytest.fixture(scope="module")
def pieces():
    return english()


def make_service_survey(language, **times):
    survey = create_survey(
        name="service", by=None, now=NOW, starter=SERVICE, language=language, slug="service"
    )
    survey = change_survey(survey=survey, settings=times, by=None, now=NOW)
    publish_draft(survey=survey, by=None, now=NOW)


def in_english(page, pieces):
    return [piece for piece in pieces if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", page.text)]


def test_english_pieces_are_found_on_an_english_page(client, db, pieces):
    make_service_survey("en")

    found = in_english(Page(client.get("/s/service/")), pieces)

    assert {"Send my answers", "questions.", "Overall, how would you rate our service?"} <= set(found)


@pytest.mark.django_db
class TestSurvey:
    pytestmark = every_language

    def test_survey_page_speaks_the_survey_s_language(self, client, pieces, language):
        make_service_survey(language)

        page = Page(client.get("/s/service/", headers={"accept-language": "en"}))

        assert page.language == language
        assert in_english(page, pieces) == []

    def test_survey_page_says_each_rating_in_number_and_word(self, client, language):
        make_service_survey(language)

        page = Page(client.get("/s/service/"))

        assert [" ".join(step.split()) for step in page.steps][:5] == LABELS[language]

    def test_survey_page_explains_mistakes_in_the_survey_s_language(self, client, pieces, language):
        make_service_survey(language)

        response = client.post("/s/service/", {"overall": "7", "comment": "a" * 2001, "no_such": "1"})

        assert response.status_code == 422
        assert Page(response).language == language
        assert in_english(Page(response), pieces) == []

    def test_thanks_page_speaks_the_survey_s_language(self, client, pieces, language):
        make_service_survey(language)

        page = Page(client.get(f"/s/service/thanks/?r={sealed(uuid4())}"))

        assert page.language == language
        assert in_english(page, pieces) == []

    @pytest.mark.parametrize(
        "times",
        [{"closes_at": NOW}, {"opens_at": datetime(2999, 11, 22, tzinfo=UTC)}],
        ids=["closed", "not open yet"],
    )
    def test_closed_page_speaks_the_survey_s_language(self, client, pieces, language, times):
        make_service_survey(language, **times)

        page = Page(client.get("/s/service/"))

        assert page.language == language
        assert in_english(page, [*pieces, "November"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/s/no-such-survey/", "/no-such-page/"])
@every_language
def test_refusal_speaks_the_browser_s_language_whoever_came_before(client, language, address):
    client.get("/account/login/", headers={"accept-language": "en"})
    said = [
        "There is no page at this address.",
        "Please check the address for a typing mistake, or ask whoever gave it to you.",
    ]

    page = Page(client.get(address, headers={"accept-language": language}))

    assert page.language == language
    assert in_english(page, said) == []


@every_language
def test_sign_in_page_speaks_the_browser_s_language(client, db, language):
    page = Page(client.get("/account/login/", headers={"accept-language": language}))

    assert page.language == language
    assert in_english(page, ["Sign in", "Forgotten your password?"]) == []


# --- Days and numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "22 November 2026", "22 Nov 2026, 15:04"),
        ("cs", "22. listopadu 2026", "22. listopadu 2026 15:04"),
        ("da", "22. november 2026", "22. november 2026 15:04"),
        ("pl", "22 listopada 2026", "22 listopada 2026 15:04"),
        ("fil", "Nobyembre 22, 2026", "Nobyembre 22, 2026, 3:04 PM"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, day, moment):
    at = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)

    with translation.override(language):
        written = date_format(at, "DATE_FORMAT"), date_format(at, "DATETIME_FORMAT")

    assert written == (day, moment)
