"""What generated meetings are about and where they take place: topics, places, sentences."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Place(NamedTuple):
    """A city of a country."""

    city: str
    country: str


PLACES = tuple(
    Place(city.replace("_", " "), line.split()[0])
    for line in (
        "TR Ankara İstanbul İzmir Antalya Şanlıurfa Diyarbakır Eskişehir",
        "IT Roma Milano Taormina Napoli L’Aquila Forlì",
        "FR Paris Évian-les-Bains Besançon Saint-Étienne Biarritz",
        "DE Berlin Köln Düsseldorf Münster Görlitz",
        "ES Madrid Málaga Cádiz León A_Coruña",
        "PT Lisboa Évora Guimarães Setúbal",
        "PL Warszawa Łódź Gdańsk Kraków Wrocław Poznań",
        "GR Athens Thessaloniki Ioánnina Alexandroúpoli",
        "HU Budapest Győr Pécs Székesfehérvár",
        "RO București Iași Timișoara Brașov",
        "RS Beograd Niš Čačak",
        "HR Zagreb Šibenik Požega",
        "CZ Praha České_Budějovice Plzeň",
        "DK København Århus Ærøskøbing",
        "NO Oslo Tromsø Ålesund",
        "SE Stockholm Malmö Växjö",
        "IS Reykjavík Ísafjörður Þingvellir",
        "UA Kyiv Lviv Odesa Kharkiv",
        "AZ Bakı Gəncə Şuşa",
        "AM Yerevan Gyumri",
        "GE Tbilisi Batumi",
        "EG Cairo Alexandria Sharm_el-Sheikh",
        "DZ Algiers Oran Béjaïa",
        "MA Rabat Marrakesh Fès",
        "QA Doha",
        "SA Riyadh Jeddah",
        "JP Tokyo Ōsaka Hiroshima Ise-Shima",
        "KR Seoul Busan",
        "CN Beijing Hangzhou Ürümqi",
        "IN New_Delhi Hyderabad Bengaluru",
        "VN Hà_Nội Đà_Nẵng",
        "BR Brasília São_Paulo Belém",
        "AR Buenos_Aires Córdoba Neuquén",
        "MX Ciudad_de_México Mérida Querétaro",
        "CA Ottawa Montréal Kananaskis",
        "US Washington New_York San_Francisco",
        "GB London Cardiff Edinburgh",
        "ZA Pretoria Johannesburg",
        "KE Nairobi Mombasa",
        "ET Addis_Ababa",
        "NG Abuja Lagos",
        "KZ Astana Almaty",
    )
    for city in line.split()[1:]
)

COUNTRY_NAMES = {
    **{"TR": "Türkiye", "IT": "Italy", "FR": "France", "DE": "Germany", "ES": "Spain", "PT": "Portugal"},
    **{"PL": "Poland", "GR": "Greece", "HU": "Hungary", "RO": "Romania", "RS": "Serbia", "HR": "Croatia"},
    **{"CZ": "Czechia", "DK": "Denmark", "NO": "Norway", "SE": "Sweden", "IS": "Iceland", "UA": "Ukraine"},
    **{"AZ": "Azerbaijan", "AM": "Armenia", "GE": "Georgia", "EG": "Egypt", "DZ": "Algeria", "MA": "Morocco"},
    **{"QA": "Qatar", "SA": "Saudi Arabia", "JP": "Japan", "KR": "Korea", "CN": "China", "IN": "India"},
    **{"VN": "Viet Nam", "BR": "Brazil", "AR": "Argentina", "MX": "Mexico", "CA": "Canada", "US": "United States"},
    **{"GB": "United Kingdom", "ZA": "South Africa", "KE": "Kenya", "ET": "Ethiopia", "NG": "Nigeria"},
    **{"KZ": "Kazakhstan"},
}

GROUPS = (
    "United Nations Security Conference",
    "European Political Community Summit",
    "Mediterranean Dialogue",
    "Black Sea Economic Forum",
    "Council of the Silk Road",
    "G20 Summit",
    "Nordic–Baltic Meeting",
)
"""Series of meetings of many states."""

SUBJECTS = (
    ("energy", "energy"),
    ("energy security", "energy"),
    ("renewable energy", "energy"),
    ("nuclear energy", "energy"),
    ("electricity networks", "energy"),
    ("hydrogen", "energy"),
    ("defence industry", "defence"),
    ("maritime security", "defence"),
    ("arms control", "defence"),
    ("cybersecurity", "security_justice"),
    ("counter-terrorism", "security_justice"),
    ("organised crime", "security_justice"),
    ("migration", "migration"),
    ("readmission and returns", "migration"),
    ("border management", "migration"),
    ("trade", "trade"),
    ("customs", "trade"),
    ("market access", "trade"),
    ("investment", "economy"),
    ("supply chains", "economy"),
    ("small firms", "economy"),
    ("taxation", "finance"),
    ("debt relief", "finance"),
    ("critical minerals", "industry"),
    ("semiconductors", "industry"),
    ("climate change", "environment"),
    ("biodiversity", "environment"),
    ("water management", "environment"),
    ("food security", "agriculture"),
    ("fisheries", "agriculture"),
    ("railways", "transport"),
    ("aviation", "transport"),
    ("ports and shipping", "transport"),
    ("reconstruction", "infrastructure"),
    ("telecommunications", "digital"),
    ("artificial intelligence", "digital"),
    ("satellite navigation", "space"),
    ("higher education", "science_education"),
    ("scientific research", "science_education"),
    ("vaccines", "health"),
    ("pandemic preparedness", "health"),
    ("youth exchange", "social"),
    ("labour mobility", "social"),
    ("cultural heritage", "culture"),
    ("broadcasting", "culture"),
    ("football", "sport"),
    ("tourism", "tourism"),
    ("development finance", "development"),
    ("humanitarian aid", "development"),
    ("disaster relief", "civil_protection"),
    ("consular affairs", "foreign_affairs"),
    ("non-proliferation", "foreign_affairs"),
)
"""Subjects and their sectors."""

ASPECTS = (
    "",
    "cooperation",
    "in the Mediterranean",
    "in the Black Sea",
    "in Africa",
    "standards",
    "dialogue",
    "reform",
)
"""What makes a subject a topic of its own: *energy cooperation*, *energy in Africa*."""

INSTRUMENTS = (
    ("Memorandum of understanding", "memorandum_of_understanding"),
    ("Agreement", "agreement"),
    ("Joint declaration", "joint_declaration"),
    ("Protocol", "protocol"),
    ("Framework agreement", "framework_agreement"),
    ("Action plan", "action_plan"),
    ("Letter of intent", "letter_of_intent"),
    ("Convention", "convention"),
    ("Declaration", "declaration"),
    ("Programme", "programme"),
)

LIVES = (
    ("signed",),
    ("expected", "signed"),
    ("signed", "ratified", "in_force"),
    ("expected",),
    ("announced",),
    ("under_negotiation", "initialled"),
    ("adopted",),
    ("proposed",),
    ("expected", "signed", "in_force", "expired"),
    ("signed", "approved"),
)
"""The ways that the status of an agreement moves, the usual ones first."""

OPENINGS = ("The parties", "Both governments", "The ministers", "The delegations", "Officials", "The leaders")
VERBS = (
    *("reviewed", "welcomed", "agreed to deepen", "postponed", "discussed", "set up a working group on"),
    *(
        "called for progress in",
        "recalled earlier commitments on",
        "underlined the importance of",
        "asked for a report on",
    ),
)
CLOSINGS = (
    *("before the next session", "with the support of the European Union", "in line with United Nations resolutions"),
    *("through a joint commission", "by the end of the year", "on the basis of mutual respect", "at expert level"),
    *("despite open questions about the budget", "together with regional partners", "in the harbour area"),
)
PUBLISHERS = (
    "Anadolu",
    "Corriere",
    "Le Monde",
    "Der Tagesspiegel",
    "Kathimerini",
    "Rzeczpospolita",
    "El País",
    "Público",
)


def topic_name(number: int) -> str:
    """Return the name of the topic of a number from 0 on; no two are the same."""
    edition, rest = divmod(number, len(SUBJECTS) * len(ASPECTS))
    aspect, subject = divmod(rest, len(SUBJECTS))
    name = " ".join(
        part for part in (SUBJECTS[subject][0], ASPECTS[aspect], f"track {edition}" if edition else "") if part
    )
    return name[0].upper() + name[1:]


def topic_sector(number: int) -> str:
    """Return the sector of the topic of a number."""
    return SUBJECTS[number % len(SUBJECTS)][1]


def sentence(random: Random, subject: str) -> str:
    """Return an invented sentence about a subject."""
    opening, verb, closing = random.choice(OPENINGS), random.choice(VERBS), random.choice(CLOSINGS)
    return f"{opening} {verb} {subject[0].lower()}{subject[1:]} {closing}."
