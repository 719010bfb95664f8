"""What people type and what the library spells fold to one form."""

from __future__ import annotations

import pytest

from tui.index.folding import begun, compounds, fold, further, latin, searchable, spans, tokens, words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("erdogan", "Erdoğan"),
        ("ERDOGAN", "ERDOĞAN"),
        ("izmir", "İzmir"),
        ("izmir", "ızmır"),
        ("IZMIR", "İZMİR"),
        ("isparta", "ISPARTA"),
        ("turkiye", "Türkiye"),
        ("türkiye", "TÜRKİYE"),
        ("lodz", "Łódź"),
        ("kilicdaroglu", "Kılıçdaroğlu"),
        ("aliyev", "Əliyev"),
        ("strasse", "Straße"),
        ("orsted", "Ørsted"),
        ("dukanovic", "Đukanović"),
        ("thorbjorg", "Þorbjörg"),
        ("aegis", "Ægis"),
        ("oeuvre", "Œuvre"),
        ("μητσοτακης", "Μητσοτάκης"),
        ("ΜΗΤΣΟΤΑΚΗΣ", "Μητσοτάκης"),
        ("зеленский", "ЗЕЛЕНСКИЙ"),
        ("اردوغان", "أردوغان"),
        ("full", "ｆｕｌｌ"),
        ("defense", "defence"),
        ("Defenses", "defences"),
        ("harbor", "harbour"),
        ("colored", "coloured"),
        ("labor", "labour"),
        ("organization", "organisation"),
        ("digitizing", "digitising"),
        ("analyze", "analyse"),
        ("center", "centre"),
        ("program", "programme"),
        ("programs", "programmes"),
        ("license", "licence"),
        ("traveling", "travelling"),
        ("o'brien", "O’Brien"),
        ("obrien", "O’Brien"),
        ("turkiye", "Türkiye’s"),
        ("italy turkiye", "Italy–Türkiye"),
        ("non proliferation", "Non-Proliferation"),
        ("cooperation", "coop\u00aderation"),
        ("cafe", "cafe\u0301"),
    ],
)
def test_both_fold_alike(typed: str, written: str) -> None:
    assert fold(typed) == fold(written) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("crisis", "criziz"), ("paris", "pariz"), ("prise", "prize"), ("our", "or")]
)
def test_a_spelling_rule_does_not_reach_too_far(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_are_split_at_all_that_is_no_letter_or_digit() -> None:
    assert words("2025-04-29, Villa (Doria) “Pamphilj”/G7_x!") == [
        "2025", "04", "29", "villa", "doria", "pamphilj", "g7", "x",
    ]  # fmt: skip
    assert words("") == words(" –—'’…\0\x1b\udc80 ") == []


def test_scripts_without_spaces_are_words_of_one_character() -> None:
    assert words("石破 茂 G7サミット") == ["石", "破", "茂", "g7", *"サミット"]


def test_a_tied_word_is_found_as_one_and_an_apostrophe_parts_a_name() -> None:
    assert further("non-proliferation") == ["nonproliferation"]
    assert further("a state-of-the-art plan") == ["stateoftheart"]
    assert further("L’Aquila") == ["aquila"]
    assert further("Türkiye’nin") == ["turkiye", "nin"]
    assert further("Rome - Ankara, a--b, ministers’, Italy’s") == []


@pytest.mark.parametrize(
    ("written", "romanised"),
    [
        ("Μητσοτάκης", "mitsotakis"),
        ("Μπακογιάννη", "bakogianni"),
        ("Ευρώπη", "evropi"),
        ("Αντώνης", "antonis"),
        ("Зеленский", "zelensky"),
        ("Зеленський", "zelensky"),
        ("Вучић", "vucic"),
        ("Харків", "kharkiv"),
        ("Първанов", "parvanov"),
    ],
)
def test_greek_and_cyrillic_are_found_in_their_own_letters_and_in_latin_ones(written: str, romanised: str) -> None:
    assert latin(written) == further(written) == [romanised]
    assert fold(written) != romanised
    assert spans(f"x {written}", [romanised]) == spans(f"x {written}", [fold(written)]) == [(2, 2 + len(written))]


@pytest.mark.parametrize("mark", "'’‘‛`´ʼʻʽʹˈ′‵＇ʾʿ՚׳ꞌ")
def test_no_apostrophe_parts_a_word(mark: str) -> None:
    assert words(f"o{mark}brien") == ["obrien"]


@pytest.mark.parametrize("mark", "-‐‑‒–—―−⁃⸺⸻﹘﹣－֊־᠆")
def test_every_dash_ties(mark: str) -> None:
    assert words(f"non{mark}aligned") == ["non", "aligned"]
    assert further(f"non{mark}aligned") == ["nonaligned"]


def test_a_form_says_where_it_stands() -> None:
    text = "on non-proliferation in L’Aquila"
    assert [text[form.start : form.end] for form in compounds(text)] == ["non-proliferation", "Aquila"]
    named = "İzmir’s Łódź"
    assert [named[form.start : form.end] for form in tokens(named)] == ["İzmir’s", "Łódź"]


def test_spans_mark_the_words_in_the_text_as_it_is_written() -> None:
    text = "İzmir hosted the defence ministers of Türkiye; Izmirli is another word"
    assert [text[a:b] for a, b in spans(text, ["izmir", ""])] == ["İzmir"]
    assert [text[a:b] for a, b in spans(text, ["izmir"])] == ["İzmir", "Izmirli"]
    assert [text[a:b] for a, b in spans(text, ["turkiye", "defens"])] == ["defence", "Türkiye"]
    assert spans(text, []) == spans(text, [""]) == spans("", ["izmir"]) == []


def test_spans_of_a_tied_word_do_not_overlap() -> None:
    assert spans("non-proliferation", ["non", "proliferation", "nonproliferation"]) == [(0, 17)]


def test_a_word_being_typed_leads_to_either_spelling() -> None:
    assert begun("erdo") == ("erdo",)
    assert "defence" in begun("defens")
    assert "organiz" in begun("organis")
    assert "harbor" in begun("harbou")


def test_what_the_index_holds_parts_the_text_from_its_further_forms() -> None:
    assert searchable("Non-Aligned summit’s L’Aquila", "|") == "non aligned summit laquila | nonaligned | aquila"
