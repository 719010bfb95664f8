"""Folding is one form: stable, blind to case, and able to say where a word stands."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tui.index.folding import begun, compounds, fold, further, searchable, spans, tokens, words
from tui.index.spelling import STEMS, one_spelling

letters = st.sampled_from("abcdefghIİıiŁłØßẞæÆəƏþĞğşŞçüÅé’'-–­ σςΣΆґйЙ’s土がアـأμητουжћй12.,/\n\u200d")
written = st.one_of(st.text(max_size=40), st.text(alphabet=letters, max_size=40))
spelled = st.tuples(
    st.sampled_from((*STEMS, *STEMS.values(), "organ", "modern", "anal", "rise", "crisis")),
    st.sampled_from(("", "s", "d", "ise", "ize", "ised", "isation", "izations", "yse", "ing", "ly", "me", "isers")),
).map("".join)


@given(written)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(spelled)
def test_a_spelling_that_is_kept_stays(word: str) -> None:
    assert one_spelling(one_spelling(word)) == one_spelling(word)


@given(written)
def test_case_never_matters(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


def test_case_never_matters_for_any_character_there_is() -> None:
    for code in range(0, sys.maxunicode + 1):
        character = chr(code)
        # Those that stand for nothing are all alike: some of them are enough.
        if unicodedata.category(character) in {"Cn", "Co", "Cs"} and code % 97:
            continue
        folded = fold(character)
        assert fold(folded) == folded, hex(code)
        assert fold(character.upper()) == folded, hex(code)
        assert fold(character.lower()) == folded, hex(code)


@given(written)
def test_each_word_stands_where_it_says(text: str) -> None:
    found = tokens(text)
    assert [token.word for token in found] == words(text)
    for token in found:
        assert token.word in words(text[token.start : token.end])
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(written)
def test_the_further_forms_are_the_same_with_and_without_their_places(text: str) -> None:
    assert sorted(further(text)) == sorted(form.word for form in compounds(text))


@given(written, st.data())
def test_spans_cover_what_folds_to_the_word(text: str, data: st.DataObject) -> None:
    for whole in (True, False):
        for word in set(words(text)):
            wanted = word if whole else word[: data.draw(st.integers(1, len(word)))]
            asked = (wanted, "") if whole else (wanted,)
            found = spans(text, asked)
            assert found == sorted(found)
            assert all(0 <= start < end <= len(text) for start, end in found)
            assert found
            for start, end in found:
                held = {*words(text[start:end]), *(form.word for form in compounds(text[start:end]))}
                starts = (wanted,) if whole else begun(wanted)
                assert any(word == wanted if whole else word.startswith(starts) for word in held)


@given(st.one_of(spelled, st.text(alphabet="abcdefgilmnorstuyz", min_size=1)), st.data())
def test_every_beginning_of_a_word_as_typed_leads_to_it(word: str, data: st.DataObject) -> None:
    start = word[: data.draw(st.integers(1, len(word)))]
    assert one_spelling(word).startswith(begun(start)), (word, start, begun(start))


@given(written)
def test_what_the_index_holds_is_plain_for_it(text: str) -> None:
    held = searchable(text, "|").split(" ")
    assert all(part == "|" or not part.isascii() or part.isalnum() or not part for part in held)
    assert not any(character.isspace() for part in held for character in part)
    assert "\0" not in "".join(held)
