"""One spelling for words that British and American English write differently.

Works on folded words (lower-case, without accents). Both the index and the query go through it, so it does
not matter which of the two spellings is the one kept; what matters is that it is always the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OUR = (
    "arm behavi clam col demean endeav fav ferv flav glam harb hon hum lab neighb od parl ranc rig rum sav splend "
    "tum val vap vig"
)
_DOUBLED = "cancel channel counsel dial enrol fuel fulfil instal jewel label level marvel model signal total travel"
_PAIRS = {
    "acknowledgement": "acknowledgment",
    "aeroplane": "airplane",
    "aluminium": "aluminum",
    "analogue": "analog",
    "anaemi": "anemi",
    "artefact": "artifact",
    "calibre": "caliber",
    "catalogue": "catalog",
    "centre": "center",
    "centred": "centered",
    "cheque": "check",
    "defense": "defence",
    "dialogue": "dialog",
    "encyclopaedia": "encyclopedia",
    "fibre": "fiber",
    "grey": "gray",
    "judgement": "judgment",
    "kilometre": "kilometer",
    "license": "licence",
    "litre": "liter",
    "manoeuvre": "maneuver",
    "metre": "meter",
    "offense": "offence",
    "orthopaedic": "orthopedic",
    "paediatric": "pediatric",
    "practise": "practice",
    "pretense": "pretence",
    "programme": "program",
    "sceptic": "skeptic",
    "skillful": "skilful",
    "sulphur": "sulfur",
    "theatre": "theater",
} | {f"{stem}our": f"{stem}or" for stem in _OUR.split()}
STEMS: dict[str, str] = _PAIRS | {stem + stem[-1]: stem for stem in _DOUBLED.split()}
"""The beginning of a word as it may be written, and as it is kept: *harbour* → *harbor*, *defense* → *defence*."""

_LONGEST = max(map(len, STEMS))
_SHORTEST = min(map(len, STEMS))
_FIRST_LETTERS = frozenset(stem[:_SHORTEST] for stem in STEMS)
_ISE = re.compile(r"([a-z]{3,})(i|y)s(e|ed|er|ers|es|ing|ation|ations|ational)")
_ISE_BEGUN = re.compile(r"([a-z]{3,})(i|y)s(|e|ed|er|ers|es|i|in|ing|a|at|ati|atio|ation|ationa|ational|ations)")


@lru_cache(maxsize=1 << 14)
def one_spelling(word: str) -> str:
    """Return `word` in the spelling that is kept: *organisation* → *organization*, *colour* → *color*."""
    while True:
        kept = _stem(word)
        if kept == word:
            break
        word = kept
    if (ending := _ISE.fullmatch(word)) is not None:
        return f"{ending[1]}{ending[2]}z{ending[3]}"
    return word


def spellings_begun(begun: str) -> set[str]:
    """Return what the kept spelling of a word that begins with `begun` may begin with, `begun` itself included.

    *defens* may become *defense*, kept as *defence*; *organis* may become *organise*, kept as *organize*.
    """
    found = {begun, one_spelling(begun)}
    found.update(kept for written, kept in STEMS.items() if written.startswith(begun))
    for word in tuple(found):
        if (ending := _ISE_BEGUN.fullmatch(word)) is not None:
            found.add(f"{ending[1]}{ending[2]}z{ending[3]}")
    return found


def _stem(word: str) -> str:
    # Nearly all words end here, and all words of a library come by.
    if word[:_SHORTEST] not in _FIRST_LETTERS:
        return word
    for length in range(min(_LONGEST, len(word)), _SHORTEST - 1, -1):
        kept = STEMS.get(word[:length])
        if kept is not None:
            return kept + word[length:]
    return word
