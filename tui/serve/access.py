"""Who may come in, and the key by which the host is known."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import asyncssh

from tui.language import both, gettext, system_said
from tui.serve.settings import ServeError, Settings

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_ANY_OTHER = stat.S_IRWXG | stat.S_IRWXO
_KEY_TYPE = "ssh-ed25519"


class Access:
    """The keys and authorities that may log in; read anew by `reload`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.anyone = settings.anyone
        self.keys: asyncssh.SSHAuthorizedKeys | None = None
        self.reload()

    def reload(self) -> None:
        """Read the files again. Raises ServeError, and keeps what was known, when one of them is bad."""
        if self.anyone:
            return
        entries = []
        for name, prefix in ((self._settings.authorized_keys, ""), (self._settings.authorities, "cert-authority ")):
            if name:
                entries += [prefix + line for line in _lines(Path(name))]
        if not entries:
            raise ServeError(
                gettext(
                    "nobody could log in: name a file of keys with --authorized-keys or of authorities with --ca,"
                    " or let everyone in with --anyone"
                )
            )
        try:
            self.keys = asyncssh.import_authorized_keys("\n".join(entries) + "\n")
        except ValueError as error:
            raise ServeError(
                gettext("the file of keys that may log in cannot be read: {reason}", reason=error)
            ) from error

    def described(self) -> str:
        """Return who may come in, in words."""
        if self.anyone:
            return gettext("anyone, without a key")
        files = [name for name in (self._settings.authorized_keys, self._settings.authorities) if name]
        return gettext("the keys of {files}", files=both(files))


def expired(options: Mapping[str, object], now: datetime) -> bool:
    """Tell whether a key's `expiry-time` is past, as OpenSSH writes it; one that can't be read is.

    asyncssh passes this option over. `now` has a time zone; a time without a `Z` is one of this machine.
    """
    said = options.get("expiry-time", [])
    return any(_past(str(one), now) for one in (said if isinstance(said, list) else [said]))


def restricted(options: Mapping[str, object]) -> Mapping[str, object]:
    """Return a key's options with what its `restrict` takes from it, which asyncssh passes over: the terminal."""
    takes = "restrict" in options and "pty" not in options
    return {**options, "no-pty": True} if takes else options


def _past(said: str, now: datetime) -> bool:
    digits = said.removesuffix("Z")
    shapes = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
    try:
        end = datetime.strptime(digits, shapes[len(digits)])
    except (KeyError, ValueError):
        return True
    return now >= (end.replace(tzinfo=UTC) if said.endswith("Z") else end.astimezone())


def _lines(file: Path) -> list[str]:
    """Return the entries of a file of keys. Raises ServeError for one that is missing or that others may write."""
    try:
        if file.stat().st_mode & _WRITABLE_BY_OTHERS:
            raise ServeError(
                gettext("others may write {file}, and so let themselves in; use: chmod go-w {file}", file=file)
            )
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = system_said(error) if isinstance(error, OSError) else gettext("it is not text")
        raise ServeError(
            gettext(
                "the keys in {file} cannot be read ({reason}); name another file or use --anyone",
                file=file,
                reason=reason,
            )
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def host_key(file: Path) -> asyncssh.SSHKey:
    """Return the host's key, made the first time. Raises ServeError when it can't be kept or others may read it."""
    try:
        if not file.exists():
            _make_host_key(file)
        if file.stat().st_mode & _ANY_OTHER:
            raise ServeError(gettext("others may read the host key {file}; use: chmod 600 {file}", file=file))
        return asyncssh.read_private_key(file)
    except (OSError, asyncssh.KeyImportError) as error:
        reason = system_said(error) if isinstance(error, OSError) else str(error)
        raise ServeError(gettext("the host key {file} cannot be used: {reason}", file=file, reason=reason)) from error


def _make_host_key(file: Path) -> None:
    """Write a new key whole and only for its owner; one that another server made meanwhile is kept."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    text = asyncssh.generate_private_key(_KEY_TYPE, comment="summit serve").export_private_key()
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(new, file)
    finally:
        new.unlink(missing_ok=True)
