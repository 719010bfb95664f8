"""The tables of an index file, and the key that says whether a file was made by this version.

An index is derived from a library and may be deleted at any time. Words are matched in two FTS5 tables fed with
text that `folding` has already made plain: `names` (what a record is called) and `body` (all that it says of
itself). They keep no copy of the text. Row numbers are those of `record` everywhere.

A number says what its record is worth: each kind has a range of its own, and within it the records that matter
most come first. FTS5 finds in the order of numbers, so the first that it finds are the best, and a search may stop
early. `placed` holds each list of the explorer in each of its orders.

A record holds a mark for each of its countries instead of their names in all languages, which `nation` has, once.
`country` holds the folded names of countries, `word` the words that a misspelt one is compared with: of names by
kind, of series and countries, and of all text under the empty kind.
"""

from __future__ import annotations

import sqlite3

import tui
from tui.index import folding, near

APPLICATION_ID = 0x53756D6D
"""Marks the SQLite files that are ours ("Summ")."""

KEY = f"3.{folding.VERSION}.{tui.__version__}"
"""Versions of these tables and what is written in them, of folding, and of the program with its country names."""

PARTING = "\ue000"
"""A word that no text folds to: stands between texts so that no phrase runs from one into the next."""

NATION = "\ue001"
"""Before the code of a country, the word that stands in a text for all names of the country."""

SPAN = 1 << 26
"""How many numbers each kind has."""

KINDS = ("summit", "leader", "topic", "agreement", "source")
"""The kinds in the order of their numbers."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE content (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    file INTEGER NOT NULL,
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
    by_group TEXT NOT NULL
);
CREATE TABLE placed (list INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE link (source INTEGER NOT NULL, relation TEXT NOT NULL, target INTEGER NOT NULL,
    PRIMARY KEY (source, relation, target)) WITHOUT ROWID;
CREATE TABLE dangling (target TEXT NOT NULL, source INTEGER NOT NULL, relation TEXT NOT NULL,
    PRIMARY KEY (target, source, relation)) WITHOUT ROWID;
CREATE TABLE place (record INTEGER NOT NULL, role TEXT NOT NULL, country TEXT NOT NULL,
    PRIMARY KEY (country, role, record)) WITHOUT ROWID;
CREATE TABLE year (year INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (year, record)) WITHOUT ROWID;
CREATE TABLE met (number INTEGER NOT NULL, year INTEGER NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (number, year)) WITHOUT ROWID;
CREATE TABLE country (name TEXT NOT NULL, rank INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (name, rank, code))
    WITHOUT ROWID;
CREATE TABLE word (kind TEXT NOT NULL, length INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (kind, length, word))
    WITHOUT ROWID;
CREATE VIRTUAL TABLE names USING fts5(text, content='', tokenize='ascii', prefix='1 2 3 4');
CREATE VIRTUAL TABLE body USING fts5(text, content='', tokenize='ascii', prefix='1 2 3 4');
CREATE VIRTUAL TABLE nation USING fts5(text, content='', tokenize='ascii', prefix='1 2 3 4');
CREATE TABLE nation_code (number INTEGER PRIMARY KEY, code TEXT NOT NULL);
"""

INDEXES = """
CREATE INDEX link_back ON link (target, relation, source);
CREATE INDEX record_name ON record (by_name);
CREATE INDEX record_status ON record (status, kind);
CREATE INDEX record_sector ON record (sector, kind);
CREATE INDEX word_begun ON word (word) WHERE kind = '';
CREATE INDEX record_file ON record (file);
CREATE UNIQUE INDEX placed_back ON placed (number, list, place);
CREATE INDEX year_back ON year (record);
CREATE INDEX place_back ON place (record);
CREATE INDEX record_series ON record (series) WHERE series <> '';
"""

ID_INDEX = "CREATE UNIQUE INDEX record_id ON record (id);"

VIEW_TABLES = """
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE chosen_summit (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE chosen_agreement (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE chosen_leader (number INTEGER PRIMARY KEY, met INTEGER NOT NULL);
CREATE TEMP TABLE chosen_topic (number INTEGER PRIMARY KEY, met INTEGER NOT NULL);
"""
"""What a connection needs to answer queries; lives with the connection, so that the file may be read-only."""


def first_number(kind: str) -> int:
    """Return the number before the first that a build gives to a record of a kind; newer records go below it."""
    return KINDS.index(kind) * SPAN + SPAN // 2


def numbers(kind: str) -> tuple[int, int]:
    """Return the first and the last number that a record of a kind may have."""
    return KINDS.index(kind) * SPAN, (KINDS.index(kind) + 1) * SPAN - 1


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database. No journal: a build that stops is thrown away."""
    connection.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = {APPLICATION_ID};"
    )
    connection.executescript(TABLES + near.TABLES)


def meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what an index says of itself. Raises sqlite3.DatabaseError when the file is no index of ours."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise sqlite3.DatabaseError("not an index of Summit Explorer")
    return dict(connection.execute("SELECT name, value FROM meta"))
