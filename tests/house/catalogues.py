"""What the sources say to people, and what the catalogues make of it: read here without gettext's tools."""

import ast
import re
from collections import defaultdict
from gettext import GNUTranslations

from django.conf import settings
from django.utils.translation.template import templatize

from tests.house import ours

LANGUAGES = sorted(code for code, _name in settings.LANGUAGES if code != "en")
PLACES = ("locale", "feedback_site/locale")
CONTEXT = "\x04"  # as in a compiled catalogue: context, this sign, message
GETTEXT = re.compile(r"^(?:n|p|np)?gettext(?:_lazy|_noop)?$|^_$")
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"(?<!\w)((?:n|p|np)?gettext|_)\(({STRING}(?:,\s*{STRING})*)")
UNTRANSLATED = ("templates/styleguide",)


def catalogues():
    """Each catalogue's source, in all places."""
    return sorted(path for place in PLACES for path in (ours.ROOT / place).glob("*/LC_MESSAGES/django.po"))


def of(language):
    return ours.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def messages_in(path):
    """Every message of a source file, with its context; a plural is known by its singular."""
    return {_key(name, texts) for name, texts in _calls_in(path)}


def texts_in(path):
    """Every text of a source file that is given to be translated, singular and plural."""
    return {text for name, texts in _calls_in(path) for text in texts[_has_context(name) :]}


def all_messages():
    sources = [*ours.modules(), *(ours.ROOT / "templates").rglob("*.*")]
    kept = [path for path in sources if not ours.short(path).startswith(UNTRANSLATED)]
    return {message for path in kept for message in messages_in(path)}


def _calls_in(path):
    reading = _in_module if path.suffix == ".py" else _in_template
    return reading(path.read_text())


def _has_context(name):
    return name.removeprefix("n").startswith("p")


def _key(name, texts):
    return f"{texts[0]}{CONTEXT}{texts[1]}" if _has_context(name) else texts[0]


def _in_module(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and GETTEXT.match(node.func.id):
            yield (
                node.func.id,
                [argument.value for argument in node.args if isinstance(argument, ast.Constant)],
            )


def _in_template(text):
    for name, strings in CALL.findall(templatize(text)):
        yield name, [ast.literal_eval(string) for string in re.findall(STRING, strings)]


def compiled(path):
    """A .mo file as a dict: message, or (message, plural form), to its translation."""
    with path.open("rb") as file:
        return dict(GNUTranslations(file)._catalog)


def entries(path):
    """Each entry of a .po file, by its keywords: {"msgid": …, "msgstr[0]": …, "flags": …}; obsolete ones are left out."""
    for block in re.split(r"\n{2,}", path.read_text().strip()):
        entry, keyword = defaultdict(str), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] += line
            elif not line.startswith("#"):
                word, string = re.fullmatch(r'(\S*?)\s*(".*")', line).groups()
                keyword = word or keyword
                entry[keyword] += ast.literal_eval(string)
        if "msgid" in entry:
            yield dict(entry)


def key_of(entry):
    return f"{entry['msgctxt']}{CONTEXT}{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]


def forms_of(entry):
    """An entry's translations: one, or one for each plural form."""
    return [text for keyword, text in entry.items() if keyword.startswith("msgstr")]


def as_compiled(path):
    """What compiling the .po file gives: fuzzy and empty entries are left out."""
    result = {}
    for entry in entries(path):
        forms = forms_of(entry)
        if "fuzzy" in entry.get("flags", "") or not all(forms):
            continue
        if "msgid_plural" in entry:
            result |= {(key_of(entry), number): text for number, text in enumerate(forms)}
        else:
            result[key_of(entry)] = forms[0]
    return result


def translated(path):
    """The messages that have a translation which is used."""
    return {key if isinstance(key, str) else key[0] for key in as_compiled(path)}
