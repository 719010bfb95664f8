"""Who may come in, and the key of the host."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import asyncssh
import pytest

from tui.serve.access import Access, expired, host_key
from tui.serve.settings import ServeError, Settings


def written(file: Path, *entries: str) -> str:
    file.write_text("\n".join(entries) + "\n", encoding="utf-8")
    file.chmod(0o600)
    return str(file)


def a_key() -> tuple[asyncssh.SSHKey, str]:
    key = asyncssh.generate_private_key("ssh-ed25519")
    return key.convert_to_public(), key.export_public_key().decode().strip()


def test_the_host_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "key"
    made = host_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert host_key(file).get_fingerprint() == made.get_fingerprint()
    assert [path.name for path in file.parent.iterdir()] == ["key"]


def test_a_host_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    host_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(ServeError, match="chmod 600"):
        host_key(tmp_path / "key")


def test_a_host_key_that_is_none_is_refused_and_kept(tmp_path: Path) -> None:
    written(tmp_path / "key", "not a key")
    with pytest.raises(ServeError, match="cannot be used"):
        host_key(tmp_path / "key")
    assert (tmp_path / "key").read_text(encoding="utf-8") == "not a key\n"


def test_keys_of_the_file_come_in_and_no_others(tmp_path: Path) -> None:
    known, line = a_key()
    stranger, _ = a_key()
    access = Access(Settings("library", authorized_keys=written(tmp_path / "keys", "# people", "", line)))
    assert access.keys is not None
    assert access.keys.validate(known, "host", "127.0.0.1") is not None
    assert access.keys.validate(stranger, "host", "127.0.0.1") is None


def test_an_authority_is_not_a_key(tmp_path: Path) -> None:
    authority, line = a_key()
    access = Access(Settings("library", authorities=written(tmp_path / "ca", line)))
    assert access.keys is not None
    assert access.keys.validate(authority, "host", "127.0.0.1") is None
    assert access.keys.validate(authority, "host", "127.0.0.1", None, True) is not None


def test_keys_that_others_may_write_are_refused(tmp_path: Path) -> None:
    _, line = a_key()
    file = written(tmp_path / "keys", line)
    (tmp_path / "keys").chmod(0o666)
    with pytest.raises(ServeError, match="chmod go-w"):
        Access(Settings("library", authorized_keys=file))


@pytest.mark.parametrize("text", ["", "# nobody yet", "not a key at all"])
def test_a_file_without_keys_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ServeError):
        Access(Settings("library", authorized_keys=written(tmp_path / "keys", text)))


def test_a_host_that_nobody_could_enter_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="--anyone"):
        Access(Settings("library"))
    with pytest.raises(ServeError, match="--anyone"):
        Access(Settings("library", authorized_keys=str(tmp_path / "none")))


def test_a_bad_file_changes_nothing_when_it_is_read_again(tmp_path: Path) -> None:
    known, line = a_key()
    access = Access(Settings("library", authorized_keys=written(tmp_path / "keys", line)))
    written(tmp_path / "keys", "broken")
    with pytest.raises(ServeError):
        access.reload()
    assert access.keys is not None
    assert access.keys.validate(known, "host", "127.0.0.1") is not None


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("20300101", False),
        ("20200101", True),
        ("203001011200Z", False),
        ("20260615120001Z", False),
        ("20260615120000Z", True),
        ("20261332", True),
        ("never", True),
        ("", True),
    ],
)
def test_a_key_may_end(tmp_path: Path, said: str, gone: bool) -> None:
    known, line = a_key()
    access = Access(Settings("library", authorized_keys=written(tmp_path / "keys", f'expiry-time="{said}" {line}')))
    assert access.keys is not None
    options = access.keys.validate(known, "host", "127.0.0.1")
    assert options is not None
    assert expired(options, datetime(2026, 6, 15, 12, tzinfo=UTC)) is gone


def test_a_key_without_an_end_stays() -> None:
    assert not expired({}, datetime(2026, 6, 15, 12, tzinfo=UTC))
