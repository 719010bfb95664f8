"""The JSON of a library file: from bytes to tables of undecoded records, and from tables to bytes.

Reading refuses what cannot be a library and says at which line, column or byte. Writing has one form only, so
that an edit changes the lines of one record and git shows just those.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import msgspec

from tui.language import gettext, later
from tui.library.errors import LibraryError
from tui.records import TABLES

Tables = dict[str, dict[str, Any]]
"""What TinyDB stores: by table name, by TinyDB number (as text), the record as plain JSON values."""

NUMBER = re.compile(r"0|[1-9][0-9]*")
CONFLICT = re.compile(r"^(<<<<<<< |>>>>>>> |=======$)", re.MULTILINE)
BYTE = re.compile(r"\(byte (\d+)\)")
NO_NUMBER = re.compile(r"-?(NaN|Infinity)")
HALF_PAIR = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
OTHER_ENCODINGS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
AS_UTF8 = later("Save the file as UTF-8.")
_FOUND = {"array": later("a list"), "null": "null", "str": later("a text")}
MEND = later("Mend the file there with a text editor.")


_objects = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Entry(NamedTuple):
    """One record as it stands in a file, not yet decoded."""

    table: str
    number: str
    """The key TinyDB gave it: a whole number, as text."""
    raw: msgspec.Raw

    def where(self, record_id: str = "") -> str:
        """Return the place in words: `summits: record 3 (rome-2025)`."""
        return gettext("{table}: record {number}", table=self.table, number=self.number) + (
            f" ({record_id})" if record_id else ""
        )


def entries(raw: bytes, file: Path) -> list[Entry]:
    """Return every record in the bytes of a library file, undecoded; `file` is for the message only.

    Raises LibraryError when the bytes are no JSON, or no object of known tables of numbered records.
    """
    text_bytes = without_mark(raw, file)
    found: list[Entry] = []
    for table, records in _outline(text_bytes, file).items():
        if table not in TABLES:
            raise LibraryError(
                file,
                gettext("unknown table {table}", table=repr(table)),
                where=_table_place(text_bytes, table),
                remedy=_tables(),
            )
        for number, record in _records(records, table, file).items():
            if not NUMBER.fullmatch(number):
                reason = gettext("the key {number} is not a whole number", number=repr(number))
                raise LibraryError(
                    file, reason, where=table, remedy=gettext("TinyDB numbers the records of a table 1, 2, 3 …")
                )
            found.append(Entry(table, number, record))
    return found


def plain_tables(raw: bytes, file: Path) -> Tables:
    """Return the tables in the bytes of a library file as plain JSON values, as TinyDB wants them.

    The shape of a record is not looked at, so that a bad record can be read in order to be mended.
    """
    entries(raw, file)
    try:
        tables: Tables = msgspec.json.decode(without_mark(raw, file))
    except (msgspec.DecodeError, RecursionError) as error:
        raise LibraryError(
            file, gettext("cannot be read: {reason}", reason=str(error).lower()), remedy=gettext(MEND)
        ) from error
    return tables


def serialise(tables: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return tables as the bytes of a library file: indent of two, no escapes beyond JSON's own, a final newline.

    Raises ValueError or TypeError for what JSON cannot hold: NaN, infinity, half a surrogate pair, odd objects.
    """
    compact = json.dumps(tables, ensure_ascii=False, allow_nan=False).encode()
    return msgspec.json.format(compact, indent=2) + b"\n"


def repeated_keys(raw: bytes) -> list[str]:
    """Return the keys that stand twice in one JSON object, of which every reader silently drops the first."""
    repeated: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) != len(pairs):
            keys = [key for key, _ in pairs]
            repeated.extend(key for key in read if keys.count(key) > 1)
        return read

    json.loads(raw.decode("utf-8-sig"), object_pairs_hook=note)
    return repeated


def without_mark(raw: bytes, file: Path) -> bytes:
    """Return the bytes after a UTF-8 byte order mark, once they are known to be UTF-8 and not blank."""
    for mark, encoding in OTHER_ENCODINGS:
        if raw.startswith(mark):
            raise LibraryError(
                file,
                gettext("is {encoding}, not UTF-8", encoding=encoding),
                where=gettext("byte {number}", number=0),
                remedy=gettext(AS_UTF8),
            )
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        wrong = raw[error.start]
        raise LibraryError(
            file,
            gettext("is not UTF-8 (found 0x{wrong:02x})", wrong=wrong),
            where=gettext("byte {number}", number=error.start),
            remedy=gettext(AS_UTF8),
        ) from error
    text_bytes = raw.removeprefix(codecs.BOM_UTF8)
    if not text_bytes.strip():
        raise LibraryError(
            file, gettext("the file is empty"), remedy=gettext("An empty library is a file that holds {}.")
        )
    return text_bytes


def _outline(text_bytes: bytes, file: Path) -> dict[str, msgspec.Raw]:
    try:
        return _objects.decode(text_bytes)
    except msgspec.ValidationError as error:
        found = str(error).rpartition("got ")[2].strip("`")
        article = _FOUND.get(found, later("a single value"))
        raise LibraryError(
            file,
            gettext("holds {found} where an object of tables is expected", found=gettext(article)),
            remedy=_tables(),
        ) from error
    except msgspec.DecodeError as error:
        _explain(text_bytes, str(error), file)
    except RecursionError as error:
        raise LibraryError(file, gettext("the JSON is nested too deeply for a library"), remedy=_tables()) from error


def _records(table_raw: msgspec.Raw, table: str, file: Path) -> dict[str, msgspec.Raw]:
    try:
        return _objects.decode(table_raw)
    except msgspec.ValidationError as error:
        reason = gettext("is no table: an object of numbered records is expected")
        remedy = gettext(
            'Write the table as {{"1": {{…}}, "2": {{…}}}}: {table} must hold an object.', table=repr(table)
        )
        raise LibraryError(file, reason, where=table, remedy=remedy) from error


def _explain(text_bytes: bytes, message: str, file: Path) -> NoReturn:
    """Raise the LibraryError for malformed JSON, with the line and column where it goes wrong."""
    text = text_bytes.decode()
    if conflict := CONFLICT.search(text):
        remedy = gettext("Settle the conflict (git status names the files) and open the library again.")
        raise LibraryError(
            file, gettext("holds the marks of a git conflict"), where=place(text, conflict.start()), remedy=remedy
        )
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated string") or not text[error.pos :].strip():
            where = place(text, len(text.rstrip()))
            raise LibraryError(
                file, gettext("the JSON is cut off"), where=where, remedy=gettext("Restore the whole file.")
            ) from error
        reason = gettext("not JSON: {reason}", reason=_in_a_sentence(gettext(error.msg.removesuffix(" at"))))
        raise LibraryError(file, reason, where=place(text, error.pos), remedy=gettext(MEND)) from error
    _explain_what_python_accepts(text_bytes, message, file)


def _explain_what_python_accepts(text_bytes: bytes, message: str, file: Path) -> NoReturn:
    """Raise the LibraryError for NaN, infinity or half a surrogate pair, which are no JSON but pass in Python."""
    text = text_bytes.decode()
    byte = BYTE.search(message)
    position = len(text_bytes[: int(byte.group(1))].decode(errors="ignore")) if byte else 0
    surrogate = HALF_PAIR.search(text)
    if number := NO_NUMBER.match(text, position) or NO_NUMBER.match(text, max(0, position - 1)):
        position = number.start()
        reason = gettext("{value} is no number; leave the field out when it is unknown", value=number.group())
    elif surrogate:
        position = surrogate.start()
        reason = gettext("{value} is half a character", value=surrogate.group())
    else:
        reason = message
    raise LibraryError(
        file, gettext("not JSON: {reason}", reason=reason), where=place(text, position), remedy=gettext(MEND)
    )


def _in_a_sentence(said: str) -> str:
    return said[:1].lower() + said[1:]


def _tables() -> str:
    return gettext("A library has the tables {tables}.", tables=", ".join(TABLES))


def place(text: str, position: int) -> str:
    """Return `line L, column C`, counted from one in characters."""
    line_start = text.rfind("\n", 0, position) + 1
    line = text.count("\n", 0, position) + 1
    return gettext("line {line}, column {column}", line=line, column=position - line_start + 1)


def _table_place(text_bytes: bytes, table: str) -> str:
    """Return the place where a table begins; empty when its key is written in an unusual way."""
    text = text_bytes.decode()
    position = text.find(json.dumps(table, ensure_ascii=False))
    return place(text, position) if position >= 0 else ""
