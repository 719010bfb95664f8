"""Names of people for generated libraries: real leaders first, then as many distinct invented names as are asked for.

A name follows from its number alone, so that a link to a person can be made without keeping the people in memory.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Person(NamedTuple):
    """A name, the country it is at home in, and the part of an id that it gives."""

    name: str
    country: str
    slug: str


class _Tongue(NamedTuple):
    """The parts that names of one language are made of; a surname is a stem and an ending."""

    countries: tuple[str, ...]
    firsts: tuple[str, ...]
    stems: tuple[str, ...]
    endings: tuple[str, ...]


def _tongue(countries: str, firsts: str, stems: str, endings: str) -> _Tongue:
    parts = (countries.split(), firsts.split(), stems.split(), [end.lstrip("-") for end in endings.split()])
    return _Tongue(*map(tuple, parts))


KNOWN = (
    ("Recep Tayyip Erdoğan", "TR"),
    ("Giorgia Meloni", "IT"),
    ("Emmanuel Macron", "FR"),
    ("Angela Merkel", "DE"),
    ("Kyriakos Mitsotakis", "GR"),
    ("Pedro Sánchez", "ES"),
    ("Viktor Orbán", "HU"),
    ("Donald Tusk", "PL"),
    ("Volodymyr Zelenskyy", "UA"),
    ("Luiz Inácio Lula da Silva", "BR"),
    ("Narendra Modi", "IN"),
    ("Shinzō Abe", "JP"),
    ("İlham Əliyev", "AZ"),
    ("Aleksandar Vučić", "RS"),
    ("Klaus Iohannis", "RO"),
    ("Mette Frederiksen", "DK"),
    ("António Guterres", "PT"),
    ("Nikol Pashinyan", "AM"),
    ("Abdelmadjid Tebboune", "DZ"),
    ("Shehbaz Sharif", "PK"),
)
"""Leaders that searches are made for; in a generated library they attend most."""

_TONGUES = (
    _tongue(
        "TR AZ",
        "Ahmet Ayşe Binali Çağla Doğan Emine Fatma Gökhan Hüseyin İbrahim Işıl Kemal Meryem Mustafa Nurgül Oğuz Özlem "
        "Rıza Selin Süleyman Şule Tuğba Ülkü Volkan Yıldız Zeynep",
        "Ak Alp Arı Bal Boz Çağ Çelik Dağ Demir Doğru Er Gök Gül Gür Ilgaz Kara Kaya Kılıç Kurt Öz Sarı Şahin Taş Tuna "
        "Uzun Yıldır Yüce",
        "-oğlu -han -soy -taş -gil -türk -maz -bey -ören -alp -can -kan -su -tepe -dağ -ışık",
    ),
    _tongue(
        "IT SM",
        "Alessandra Antonio Beatrice Carlo Chiara Dario Elena Fabrizio Francesca Gianluca Giuliano Ilaria Lorenzo "
        "Lucia Marco Matteo Niccolò Paola Raffaele Rosanna Silvio Teresa Umberto Vittoria",
        "Albert Ang Barb Bell Bianch Cald Camp Cast Cavall Coss Fabbr Ferr Frances Gall Giord Lomb Marin Mart Montald "
        "Pasqual Pell Rinald Sant Tedesch Vivald Zan",
        "-ini -oni -etti -ucci -ello -aro -ieri -igo -ante -acci -osi -ato -one -ano -azzi",
    ),
    _tongue(
        "PL",
        "Agnieszka Andrzej Bogdan Czesław Dorota Ewa Grażyna Hanna Jarosław Jerzy Katarzyna Krzysztof Łukasz "
        "Małgorzata Paweł Radosław Rafał Stanisław Tadeusz Wacław Wojciech Zbigniew Zofia",
        "Bąk Brzoz Dąbr Gołęb Górn Jabłoń Jan Kacz Kamiń Kowal Koz Król Lewand Lis Łuk Malin Mich Now Ostr Piotr "
        "Szymań Świerc Wiśn Wójc Zaw Żuraw",
        "-owski -ewicz -czyk -iński -ecki -ak -ik -owicz -icki -as -ewski -orz -uła",
    ),
    _tongue(
        "DE AT CH",
        "Annegret Bärbel Christoph Dietrich Elke Frank Günther Heike Ingrid Jörg Jürgen Karin Lothar Manfred Norbert "
        "Petra Rüdiger Sabine Thomas Ulrike Walter Wolfgang",
        "Acker Bär Berg Birken Brück Eichen Feld Fürsten Gold Grün Hagen Hoch König Lang Linden Müller Neu Ober Rosen "
        "Schön Steg Unter Wald Weiß Wester",
        "-mann -bauer -stein -berger -meier -hofer -dorf -feld -haus -müller -brunn -wald -bach -schmidt",
    ),
    _tongue(
        "FR BE LU",
        "Amélie Aurélien Brigitte Cédric Clémence Didier Élodie Étienne François Gaëlle Hélène Irène Jérôme Laurent "
        "Léa Mathilde Noël Océane Philippe René Sébastien Thérèse Valérie Yves Zoé",
        "Aub Beau Bel Blanch Bour Brun Cham Char Coll Dal Del Du Fav Gir Haute Lam Lav Mar Mont Nor Per Roche Saint "
        "Tour Val Ver",
        "-mont -ville -ois -gnac -lier -bert -court -champ -rieux -tain -eau -ier -don -fort -nac",
    ),
    _tongue(
        "ES MX AR CO CL",
        "Adrián Álvaro Begoña Concepción Cristóbal Dolores Encarna Fermín Germán Inés Íñigo Jesús Joaquín José Leonor "
        "Lucía Ángela Martín Óscar Raúl Rocío Sofía Tomás Verónica",
        "Álvar Benít Domíngu Estév Fernánd Galv Gonzál Gutiérr Hernánd Ibáñ Jimén Llor Márqu Meléndr Narvá Ordóñ Pelá "
        "Quiñon Rodrígu Suár Treviñ Velázqu Yáñ Zúñig",
        "-ez -era -eda -osa -ales -ero -ena -ino -ado -ara -illo -arte",
    ),
    _tongue(
        "PT BR AO",
        "Afonso Anália Aníbal Benedita Caetano Conceição Duarte Estêvão Fátima Gonçalo Graça Heloísa João Lídia Luís "
        "Mário Natália Otávio Patrícia Rogério Simão Tâmara Vânia",
        "Albuqu Aragã Azev Barr Branc Cord Cout Faria Figueir Gouv Guimar Lour Magalh Mend Nogueir Olivei Peix Queir "
        "Ribeir Saldanh Teix Vasconc",
        "-ães -edo -inho -ão -osa -elos -eira -eiro -oso -ade -onça -im",
    ),
    _tongue(
        "GR CY",
        "Anastasia Antonis Charalambos Dimitris Eleni Fotini Giorgos Ioanna Katerina Konstantinos Lefteris Maria Nikos "
        "Olga Panagiotis Roula Sofoklis Stavros Theodora Vasilis Xenia Zisis",
        "Alexandr Anagnost Christ Dim Drak Evangel Georg Haral Kar Kost Lamb Makr Mavr Nikol Pan Papa Petr Samar Stef "
        "Theod Tsol Vasil Xanth",
        "-opoulos -idis -akis -oglou -atos -iadis -ellis -akos -inos -ou -aras -eas",
    ),
    _tongue(
        "DK NO SE IS",
        "Åsa Anders Ásgeir Bjørn Björk Dagný Espen Freyja Gøran Håkon Ingrið Jørgen Kåre Lærke Mårten Nils Øystein "
        "Pernille Ragnhild Søren Torbjörn Ulla Þórdís Yngve",
        "Ås Berg Bjerg Dal Ek Fjeld Granå Hauk Hög Kjær Lind Lund Møl Nord Nygård Øst Rask Sjö Skov Sønder Sten Thor "
        "Vester",
        "-sen -ström -gaard -bø -kvist -lund -holm -rud -vik -dóttir -sson -mark -næs -by",
    ),
    _tongue(
        "RS HR BA SI ME",
        "Aleksandra Bogoljub Boško Danijela Dražen Đorđe Gordana Ivana Jelena Krešimir Ljiljana Miloš Nebojša Nikola "
        "Predrag Radmila Saša Slavica Snežana Tomislav Vesna Vlado Zoran Žarko",
        "Bab Blag Boj Brank Dab Đur Gaj Grg Jov Knež Kraj Luk Mil Mirk Nenad Pav Petr Rad Sav Stoj Šar Tadi Ugr Vuk "
        "Živ",
        "-ović -ević -ić -inac -ski -šek -ar -anović -ulj -ačić -ak",
    ),
    _tongue(
        "CZ SK",
        "Bohuslav Božena Čeněk Dušan Eliška František Hedvika Ctibor Jiří Květa Ladislav Ľubomír Matěj Miroslava "
        "Oldřich Přemysl Radek Růžena Štěpán Tereza Václav Zdeněk Žofie",
        "Bar Čern Dvoř Fial Hájk Hor Hrub Jelín Kadl Koub Kratoch Kuč Mal Moráv Ned Novot Pokor Říh Sedl Svob Šimk "
        "Tich Vesel Zem",
        "-áček -ák -ný -ová -ský -oda -íček -vil -ecký -ina -era -ka",
    ),
    _tongue(
        "EG MA DZ TN JO SA",
        "Abdelaziz Ahmed Amal Bilal Fadwa Faisal Ghassan Hafsa Hassan Iman Karim Khadija Laila Mahmoud Mariam Nabil "
        "Nasser Omar Rashid Salma Samir Tariq Yasmin Youssef Zainab",
        "al-Bagh al-Far al-Ham al-Jab al-Kas al-Mas al-Nah al-Qas al-Ras al-Sab al-Tam al-Zah ben-Am ben-Dri ben-Sli "
        "bou-Kha bou-Ter el-Ash el-Dak el-Gam el-Kho el-Mah el-Sha",
        "-dadi -idi -ari -awi -oudi -imi -mani -rani -arqi -sini -lali -touni",
    ),
    _tongue(
        "UA BG MK",
        "Andriy Bohdana Dmytro Halyna Iryna Kateryna Lesya Mykola Nadiya Oksana Oleksandr Petro Roksolana Serhiy "
        "Solomiya Taras Ulyana Vasyl Viktoriya Yaroslav Yevhen Zlata",
        "Bondar Chorno Dovzh Hnat Hryts Ivan Klym Kovalch Kravch Lysen Melnych Moroz Oliyn Pavl Romanch Savch Shevch "
        "Tkach Tymosh Vasylch Zakhar Zinch",
        "-enko -uk -yshyn -iv -ak -ovych -ko -ytskyi -aichuk -ura",
    ),
    _tongue(
        "VN",
        "Anh Bảo Châu Đức Hải Hạnh Hoàng Hùng Khánh Lâm Linh Minh Nghĩa Phúc Quân Quỳnh Thảo Thủy Tuấn Vân Việt Yến",
        "Nguyễn Trần Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
        "_Thị _Văn _Đình _Hữu _Ngọc _Quang _Thanh _Công _Bá _Duy",
    ),
    _tongue(
        "RO MD",
        "Adriana Alexandru Bogdan Călin Cătălina Dănuț Ecaterina Florin Gheorghe Ileana Ioana Lăcrămioara Mădălin "
        "Mihai Nicușor Ovidiu Răzvan Ruxandra Ștefan Țăndărică Vasilica Violeta",
        "Alb Băl Brăt Cior Constantin Dob Drăg Dumitr Făg Ghiț Ion Lăz Mânt Munt Negr Oprin Păun Popo Roș Stăn Șerb "
        "Ungur Vlăd Zamf",
        "-escu -eanu -ăreanu -iu -ache -oiu -aru -ișan -uța -ăscu -ici",
    ),
)

_OPENED = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
    | {"ə": "e", "Ə": "E", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "–": "-", "’": ""}
)


def plain(text: str) -> str:
    """Return `text` in ASCII, as a typist without the right keyboard writes it."""
    decomposed = unicodedata.normalize("NFD", text.translate(_OPENED))
    return decomposed.encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """Return `text` as the words of an id: lower-case ASCII joined by single hyphens."""
    letters = "".join(letter if letter.isalnum() else " " for letter in plain(text).lower())
    return "-".join(letters.split())


@lru_cache(maxsize=4096)
def person(number: int) -> Person:
    """Return the person of a number from 0 on; no two numbers give the same name."""
    if number < len(KNOWN):
        name, country = KNOWN[number]
        return Person(name, country, slug(name))
    number -= len(KNOWN)
    name, country = _invented(_TONGUES[number % len(_TONGUES)], number // len(_TONGUES))
    return Person(name, country, f"{slug(name)}-{number}")


def _invented(tongue: _Tongue, number: int) -> tuple[str, str]:
    """Return a name of a language. The first ones have no middle name; those follow when all are used up."""
    size = len(tongue.firsts) * len(tongue.stems) * len(tongue.endings)
    middle, place = divmod(number, size)
    # 7919 is a prime that divides no such product, so the order is mixed and yet every name comes once.
    first, rest = divmod((place * 7919 + 13) % size, len(tongue.stems) * len(tongue.endings))
    stem, ending = divmod(rest, len(tongue.endings))
    names = [tongue.firsts[first]]
    if middle:
        names.append(tongue.firsts[(first + middle) % len(tongue.firsts)])
    if middle >= len(tongue.firsts):
        raise ValueError(f"there are no more names for number {number}")
    surname = (tongue.stems[stem] + tongue.endings[ending]).replace("_", " ")
    return " ".join([*names, surname]), tongue.countries[number % len(tongue.countries)]
