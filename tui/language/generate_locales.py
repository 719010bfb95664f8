"""Write `locales.json` and `countries.LANGUAGE.json` from the Unicode CLDR: `python -m tui.language.generate_locales`.

Needs Babel, which nothing that runs needs.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale as Known

from tui.language import ENGLISH, LANGUAGES, Locale

ORDINALS = {"en": "{}", "it": "{}º", "tr": "{}."}
"""How an ordinal is written in figures; the English ones have endings of their own. Babel does not give these."""

NAMES = {"it": {"UN": "Nazioni Unite", "EU": "Unione europea"}, "tr": {"UN": "Birleşmiş Milletler", "TR": "Türkiye"}}
"""Names that a diplomat would use where the CLDR has another or none."""


def made(language: str) -> Locale:
    """Return how a language writes dates and numbers."""
    known = Known.parse(language)
    symbols = known.number_symbols["latn"]
    months = known.months["format"]["wide"]
    percent = known.percent_formats[None].pattern.replace("#,##0", "{}")
    return Locale(
        months=[months[month] for month in range(1, 13)],
        decimal=symbols["decimal"],
        group=symbols["group"],
        percent=percent,
        ordinal=_ordinal(language),
    )


def _ordinal(language: str) -> str:
    if language not in ORDINALS:
        raise SystemExit(f"ORDINALS in {Path(__file__).name} does not say how {language} writes an ordinal")
    return ORDINALS[language]


def countries(language: str) -> dict[str, str]:
    """Return the names of countries in a language by their codes."""
    names = {code: name for code, name in Known.parse(language).territories.items() if len(code) == 2}
    return dict(sorted({**names, **NAMES.get(language, {})}.items()))


def main(folder: Path) -> None:
    """Write the files into a folder."""
    _write(folder / "locales.json", {language: made(language) for language in LANGUAGES})
    for language in LANGUAGES:
        if language != ENGLISH:
            _write(folder / f"countries.{language}.json", countries(language))


def _write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(__file__).parent)
