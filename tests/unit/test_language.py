"""The languages of the screens: every word is translated, with the same gaps to fill, and found by the locale."""

from __future__ import annotations

import ast
import re
import string
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Message

from tui import language
from tui.exchange.dates import edition, ordinal, spoken, spoken_span
from tui.explorer.commands import COMMANDS
from tui.index import countries
from tui.language import catalogues, generate_locales
from tui.vocabulary import STATUSES, label

OTHERS = [code for code in language.LANGUAGES if code != language.ENGLISH]
FOLDER = Path(language.__file__).parent


def messages(code: str) -> list[Message]:
    return [message for message in catalogues.catalogue(code) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def words(compiled: bytes) -> dict[object, str]:
    """Return what a compiled catalogue says, and how it counts; its other headers differ with who wrote it."""
    read = GNUTranslations(BytesIO(compiled))
    return {**{text: said for text, said in read._catalog.items() if text}, None: read.info()["plural-forms"]}  # type: ignore[attr-defined]


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_template_has_all_words_of_the_code() -> None:
    assert catalogues.TEMPLATE.read_bytes() == catalogues.written(catalogues.template()), "make words"


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str) -> None:
    there = {forms(message.id)[0]: message for message in messages(code)}
    wanted = {forms(message.id)[0] for message in catalogues.template() if message.id}
    assert wanted - set(there) == set(), "make words"
    assert [name for name, message in there.items() if not all(forms(message.string))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_have_the_same_gaps_lines_and_ends(code: str) -> None:
    wrong = []
    for message in messages(code):
        english = forms(message.id)[-1]
        for text in forms(message.string):
            same = gaps(text) in map(gaps, forms(message.id)) and text.count("\n") == english.count("\n")
            ends = [(part.startswith(" "), part.endswith((" ", ".", "…"))) for part in (text, english)]
            if not same or ends[0] != ends[1] or (text != text.strip() and english == english.strip()):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_plurals_are_those_of_the_language(code: str) -> None:
    counted = [message for message in messages(code) if isinstance(message.id, tuple | list)]
    assert counted
    assert {len(forms(message.string)) for message in counted} == {{"it": 2, "tr": 1}[code]}


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    whole = catalogues.catalogue(code)
    of_click = catalogues.words_of_click(whole)
    assert words((FOLDER / f"{code}.mo").read_bytes()) == words(catalogues.compiled(whole)), "make words"
    assert words(catalogues.place_for_click(code).read_bytes()) == words(catalogues.compiled(of_click)), "make words"


def test_the_files_of_the_cldr_are_as_they_would_be_made() -> None:
    for code in language.LANGUAGES:
        language.use(code)
        assert language.locale() == generate_locales.made(code)
    for code in OTHERS:
        language.use(code)
        made = generate_locales.countries(code)
        assert all(language.country(country) == name for country, name in made.items())


def test_no_word_is_put_together_from_pieces_of_formatted_strings() -> None:
    """A message is a whole: what is formatted before it is looked up is never found."""
    wrong = []
    for path in catalogues.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id in {"gettext", "ngettext", "later"}:  # type: ignore[attr-defined]
                wrong += [path.name for part in node.args if isinstance(part, ast.JoinedStr)]  # type: ignore[attr-defined]
    assert wrong == []


def test_words_numbers_and_dates_are_said_in_each_language() -> None:
    assert (spoken("2025-04-29"), language.number(1234.5)) == ("29 April 2025", "1,234.5")
    assert language.ngettext("{count} agreement", "{count} agreements", 1) == "1 agreement"
    language.use("it")
    assert spoken("2025-04-29") == "29 aprile 2025"
    assert spoken_span("2022-07-05", "2022-07-06") == "5–6 luglio 2022"
    assert spoken_span("", "2022-07") == "fino al luglio 2022"
    assert (language.number(1234567), language.number(32.25)) == ("1.234.567", "32,25")
    assert (ordinal(4), edition("21st"), edition("governo.it")) == ("4º", "21º", "governo.it")
    assert label(STATUSES, "signed") == "firmato"
    assert countries.name("TR") == "Turchia"
    assert language.ngettext("{count} agreement", "{count} agreements", 1) == "1 accordo"
    assert language.ngettext("{count} agreement", "{count} agreements", 1200) == "1.200 accordi"
    language.use("tr")
    assert spoken("2025-08") == "Ağustos 2025"
    assert language.number(1234.5) == "1.234,5"
    assert ordinal(4) == "4."
    assert countries.name("IT") == "İtalya"
    for count in (0, 1, 2, 21):
        assert language.ngettext("{count} agreement", "{count} agreements", count) == f"{count} anlaşma"
    language.use("xx")
    assert spoken("2025-04") == "April 2025"


def test_what_is_not_translated_is_said_in_english() -> None:
    language.use("it")
    assert language.gettext("a word that no catalogue has") == "a word that no catalogue has"
    assert language.gettext("") == ""


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "tr"}, "tr"),
        ({"LANG": "it_IT.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:tr:en"}, "tr"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "tr"}, "en"),
        ({"LC_ALL": "", "LANG": "tr_TR@euro"}, "tr"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], code: str) -> None:
    assert language.of_environment(environment) == code


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_labels_stand_beside_their_rows(code: str) -> None:
    """The column of labels of a page has room for twelve cells and a blank."""
    language.use(code)
    pages = [path for path in catalogues.PACKAGE.glob("exchange/*.py") if path.name != "disagreement.py"]
    labels = {
        word for path in pages for word in re.findall(r'Block\(gettext\("(.*?)"\)', path.read_text(encoding="utf-8"))
    }
    assert len(labels) > 10
    assert {word: language.gettext(word) for word in labels if len(language.gettext(word)) > 12} == {}


def test_languages_are_known_to_the_cldr_and_commands_are_translated() -> None:
    for code in OTHERS:
        assert Locale.parse(code).language == code
        language.use(code)
        same = {command.help for command in COMMANDS if language.gettext(command.help) == command.help}
        assert same == set()
