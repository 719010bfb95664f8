"""The tables of an index file, and the key that says whether a file was made by this version.

An index is derived from a library and may be deleted at any time. Row numbers are those of `record` everywhere. A
number says what its record is worth: each kind has a range of its own, and within it the records that matter most
come first, so that a set of numbers in its own order has the best at its head.

Most tables hold sets of numbers, as compressed bitmaps, or runs of them, as arrays of 32 bits (see `numbers`):

| table | holds |
|---|---|
| word | for each folded word, the records with it in their text (`body`) and in what they are called (`names`) |
| beginning | the same for the first letters that many words share |
| choice | for a facet (a value of a field: a country, a year …) the summits and agreements that it leaves in view |
| adjacent | links, both ways, a run of records after the other |
| ordered, place | each list of the explorer in each of its orders: which records, and where each stands |
| held | for each file, its records, what tells their bytes from others, and where they stand |
| phrase | the texts with the places of their words, asked only for words that stand one after the other |

A record holds a mark for each of its countries instead of their names in all languages, which `nation` has, once.
`country` holds the folded names of countries, `meaning` the names that mean the same, and `series_word` the words that
a misspelt series is compared with.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping

import tui
from tui.index import folding

APPLICATION_ID = 0x53756D6D
"""Marks the SQLite files that are ours ("Summ")."""

KEY = f"7.{folding.VERSION}.{tui.__version__}"
"""Versions of these tables and what is written in them, of folding, and of the program with its country names."""

PARTING = "\ue000"
"""A word that no text folds to: stands between texts so that no phrase runs from one into the next."""

NATION = "\ue001"
"""Before the code of a country, the word that stands in a text for all names of the country."""

OWN_LAST = "\uf8ff"
"""The last of the characters that only words of the index itself begin with."""

CODE, ENGLISH, DEMONYM, FOREIGN = range(4)
"""The ranks of the names in `country`: the lowest is the best claim to a name; `FOREIGN` is one in another language."""

RACY_NS = 50_000_000
"""A file changed this shortly before it was read may change again without its time or size showing it."""

SPAN = 1 << 26
"""How many numbers each kind has."""

KINDS = ("summit", "leader", "topic", "agreement", "source")
"""The kinds in the order of their numbers."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL);
CREATE TABLE held (file INTEGER PRIMARY KEY, digests BLOB NOT NULL, numbers BLOB NOT NULL, sections BLOB NOT NULL,
    keys BLOB NOT NULL);
CREATE TABLE content (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    until TEXT NOT NULL,
    status TEXT NOT NULL,
    country TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    mark TEXT NOT NULL,
    disputed INTEGER NOT NULL,
    series TEXT NOT NULL,
    sector TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_group TEXT NOT NULL,
    name_key INTEGER NOT NULL
);
CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT NOT NULL, count INTEGER NOT NULL, called INTEGER NOT NULL,
    body BLOB NOT NULL, names BLOB NOT NULL);
CREATE TABLE beginning (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, body BLOB NOT NULL, names BLOB NOT NULL);
CREATE TABLE choice (number INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, records BLOB NOT NULL,
    UNIQUE (field, value));
CREATE TABLE adjacent (number INTEGER PRIMARY KEY, relation TEXT NOT NULL, chunk INTEGER NOT NULL, ends BLOB NOT NULL,
    targets BLOB NOT NULL, UNIQUE (relation, chunk));
CREATE TABLE ordered (number INTEGER PRIMARY KEY, list INTEGER NOT NULL, chunk INTEGER NOT NULL, numbers BLOB NOT NULL,
    UNIQUE (list, chunk));
CREATE TABLE ordered_size (list INTEGER PRIMARY KEY, sizes BLOB NOT NULL);
CREATE TABLE place (number INTEGER PRIMARY KEY, list INTEGER NOT NULL, chunk INTEGER NOT NULL, places BLOB NOT NULL,
    UNIQUE (list, chunk));
CREATE TABLE dangling (target TEXT NOT NULL, source INTEGER NOT NULL, relation TEXT NOT NULL,
    PRIMARY KEY (target, source, relation)) WITHOUT ROWID;
CREATE TABLE met (number INTEGER NOT NULL, year INTEGER NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (number, year)) WITHOUT ROWID;
CREATE TABLE meaning (name TEXT NOT NULL, number INTEGER NOT NULL, asked INTEGER NOT NULL, found INTEGER NOT NULL,
    PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE TABLE country (name TEXT NOT NULL, rank INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (name, rank, code))
    WITHOUT ROWID;
CREATE TABLE series_word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE phrase USING fts5(text, content='', tokenize='ascii', columnsize=0);
CREATE VIRTUAL TABLE nation USING fts5(text, content='', tokenize='ascii', columnsize=0);
CREATE TABLE nation_code (number INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE VIRTUAL TABLE word_part USING fts5(word, content='', tokenize='trigram', detail='none');
"""

INDEXES = """
CREATE UNIQUE INDEX record_id ON record (id);
CREATE INDEX record_name ON record (name_key);
CREATE INDEX record_until ON record (until) WHERE status = 'scheduled';
CREATE UNIQUE INDEX word_word ON word (word, count, called);
CREATE INDEX meaning_number ON meaning (number);
CREATE INDEX dangling_source ON dangling (source);
"""


def first_number(kind: str) -> int:
    """Return the number before the first that a build gives to a record of a kind; newer records go below it."""
    return KINDS.index(kind) * SPAN + SPAN // 2


def numbers(kind: str) -> tuple[int, int]:
    """Return the first and the last number that a record of a kind may have."""
    return KINDS.index(kind) * SPAN, (KINDS.index(kind) + 1) * SPAN - 1


def kind_of(number: int) -> str:
    """Return the kind of the record with a number."""
    return KINDS[number // SPAN]


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    write_without_journal(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.executescript(TABLES)


def write_without_journal(connection: sqlite3.Connection) -> None:
    """Write as a build may: one that stops is thrown away."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")


def new_mark() -> str:
    """Return what tells a build, or a change, from any other."""
    return f"{time.time_ns()}-{os.getpid()}"


def generation(said: Mapping[str, str]) -> tuple[str, str]:
    """Return by what an index says of itself which build it is, and which change was the last that it took in."""
    return said["build"], said.get("changed", "")


def meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what an index says of itself. Raises sqlite3.DatabaseError when the file is no index of ours."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise sqlite3.DatabaseError("not an index of Summit Explorer")
    return dict(connection.execute("SELECT name, value FROM meta"))
