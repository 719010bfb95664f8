"""Write `countries.json` from the Unicode CLDR: `python -m tui.index.generate_countries`.

Needs Babel, which only this needs. Names are taken in the languages below; a name that folds like one already
taken is left out. The English name and the demonyms that the field uses stand here, by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

from tui.index.folding import fold

LANGUAGES = (
    "en fr de it es pt nl pl tr az sq ro hu cs sk sl hr sr mk bg el sv da fi nb et lt lv mt ga is ru uk be ka hy he ar "
    "fa ur hi bn id vi ja ko zh zh_Hant sw so am"
)

NO_COUNTRIES = "AC CP CQ DG EA EZ IC QO TA XA XB ZZ"
"""Codes that the CLDR has beside those of ISO 3166-1: single islands, test regions."""

ENGLISH = {
    "TR": "Türkiye",
    "CZ": "Czechia",
    "GB": "United Kingdom",
    "US": "United States",
    "MK": "North Macedonia",
    "BA": "Bosnia and Herzegovina",
    "CD": "DR Congo",
    "CG": "Congo",
    "CI": "Côte d’Ivoire",
    "HK": "Hong Kong",
    "MO": "Macao",
    "MM": "Myanmar",
    "PS": "Palestine",
    "SZ": "Eswatini",
    "TL": "Timor-Leste",
    "ST": "São Tomé and Príncipe",
    "TT": "Trinidad and Tobago",
    "AG": "Antigua and Barbuda",
    "KN": "Saint Kitts and Nevis",
    "LC": "Saint Lucia",
    "VC": "Saint Vincent and the Grenadines",
    "UN": "United Nations",
}

FURTHER = {
    "AE": ["UAE", "Emirates"],
    "BA": ["Bosnia"],
    "CD": ["Congo-Kinshasa", "Democratic Republic of the Congo", "DRC"],
    "CG": ["Congo-Brazzaville", "Republic of the Congo"],
    "CI": ["Ivory Coast"],
    "CN": ["People's Republic of China", "PRC"],
    "CZ": ["Czech Republic"],
    "GB": ["UK", "Britain", "Great Britain", "England"],
    "IR": ["Islamic Republic of Iran"],
    "KP": ["DPRK"],
    "KR": ["Korea", "Republic of Korea", "ROK"],
    "MK": ["Macedonia", "FYROM"],
    "MM": ["Burma"],
    "NL": ["Holland"],
    "RU": ["Russian Federation"],
    "SA": ["Kingdom of Saudi Arabia", "KSA"],
    "SZ": ["Swaziland"],
    "SY": ["Syrian Arab Republic"],
    "TL": ["East Timor"],
    "TR": ["Turkey", "Turkiye"],
    "TW": ["Chinese Taipei"],
    "TZ": ["United Republic of Tanzania"],
    "US": ["USA", "United States of America", "America"],
    "VA": ["Holy See", "Vatican"],
    "VN": ["Viet Nam"],
    "XK": ["Kosova"],
    "EU": ["EU"],
    "UN": ["UN"],
}

DEMONYMS = """
AE Emirati
AF Afghan
AL Albanian
AM Armenian
AO Angolan
AR Argentine, Argentinian
AT Austrian
AU Australian
AZ Azerbaijani, Azeri
BA Bosnian
BD Bangladeshi
BE Belgian
BG Bulgarian
BH Bahraini
BO Bolivian
BR Brazilian
BT Bhutanese
BY Belarusian
CA Canadian
CD Congolese
CH Swiss
CI Ivorian
CL Chilean
CM Cameroonian
CN Chinese
CO Colombian
CU Cuban
CY Cypriot
CZ Czech
DE German
DJ Djiboutian
DK Danish, Dane
DZ Algerian
EC Ecuadorian
EE Estonian
EG Egyptian
ER Eritrean
ES Spanish, Spaniard
ET Ethiopian
EU European
FI Finnish, Finn
FR French
GB British, Briton, English, Scottish, Welsh
GE Georgian
GH Ghanaian
GN Guinean
GR Greek
HR Croatian, Croat
HU Hungarian
ID Indonesian
IE Irish
IL Israeli
IN Indian
IQ Iraqi
IR Iranian
IS Icelandic, Icelander
IT Italian
JO Jordanian
JP Japanese
KE Kenyan
KG Kyrgyz
KH Cambodian
KP North Korean
KR South Korean, Korean
KW Kuwaiti
KZ Kazakh, Kazakhstani
LA Lao, Laotian
LB Lebanese
LR Liberian
LT Lithuanian
LU Luxembourgish, Luxembourger
LV Latvian
LY Libyan
MA Moroccan
MD Moldovan
ME Montenegrin
MK Macedonian
ML Malian
MN Mongolian
MR Mauritanian
MT Maltese
MU Mauritian
MX Mexican
MY Malaysian
MZ Mozambican
NE Nigerien
NG Nigerian
NL Dutch
NO Norwegian
NP Nepali, Nepalese
NZ New Zealander
OM Omani
PA Panamanian
PE Peruvian
PH Philippine, Filipino
PK Pakistani
PL Polish, Pole
PS Palestinian
PT Portuguese
QA Qatari
RO Romanian
RS Serbian, Serb
RU Russian
RW Rwandan
SA Saudi, Saudi Arabian
SD Sudanese
SE Swedish, Swede
SG Singaporean
SI Slovenian, Slovene
SK Slovak, Slovakian
SN Senegalese
SO Somali
SR Surinamese
SY Syrian
TD Chadian
TH Thai
TJ Tajik
TM Turkmen
TN Tunisian
TR Turkish, Turk
TW Taiwanese
TZ Tanzanian
UA Ukrainian
UG Ugandan
US American
UZ Uzbek
VE Venezuelan
VN Vietnamese
XK Kosovar, Kosovan
YE Yemeni
ZA South African
ZM Zambian
ZW Zimbabwean
"""


def collect() -> dict[str, dict[str, object]]:
    """Return for each code its name, its other names and its demonyms, as the file holds them."""
    from babel import Locale

    territories = [
        {str(code): str(name) for code, name in Locale.parse(language).territories.items()}
        for language in LANGUAGES.split()
    ]
    demonyms = dict(line.split(" ", 1) for line in DEMONYMS.strip().splitlines())
    countries: dict[str, dict[str, object]] = {}
    for code in sorted(code for code in territories[0] if len(code) == 2 and code not in NO_COUNTRIES.split()):
        name = ENGLISH.get(code, territories[0][code])
        other = [*FURTHER.get(code, ()), *(known[code] for known in territories if code in known)]
        countries[code] = {
            "name": name,
            "names": _distinct(name, other),
            "demonyms": demonyms[code].split(", ") if code in demonyms else [],
        }
    return countries


def write(path: Path) -> None:
    """Write the file, one country a line."""
    lines = [f"{json.dumps(code)}: {json.dumps(entry, ensure_ascii=False)}" for code, entry in collect().items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _distinct(name: str, others: list[str]) -> list[str]:
    seen = {fold(name), ""}
    kept = []
    for other in others:
        if fold(other) not in seen:
            seen.add(fold(other))
            kept.append(other)
    return kept


if __name__ == "__main__":
    write(Path(__file__).with_name("countries.json"))
