"""`summit serve`: its options, what they mean where they are not given, and what is printed when it is ready."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.mistake import Mistake
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import gettext, ngettext
from tui.library import shipped_library

if TYPE_CHECKING:
    from tui.serve.settings import Ready, Settings

_FILE = click.Path(path_type=Path)


@command("serve", short_help="Give a team the explorer over SSH.")
@click.argument("library", required=False, type=_FILE, envvar="SUMMIT_LIBRARY")
@option("--cache", type=_FILE, metavar="FOLDER", envvar="SUMMIT_CACHE", help="Where the index is kept.")
@option("--authorized-keys", type=_FILE, metavar="FILE", help="Keys that may log in. Yours if not given.")
@option("--ca", "authorities", type=_FILE, metavar="FILE", help="Keys whose certificates may log in.")
@option("--anyone", is_flag=True, help="Let everyone in, without a key.")
@option("--host-key", type=_FILE, metavar="FILE", help="The host's key; made the first time.")
@option("--listen", default="", metavar="ADDRESS", help="The address to listen on. All if not given.")
@option("--port", type=click.IntRange(0, 65535), metavar="N", default=2222, show_default=True, help="0: any free one.")
@option(
    "--max-sessions", type=click.IntRange(1), metavar="N", default=200, show_default=True, help="Connections at a time."
)
@option(
    "--per-address",
    type=click.IntRange(1),
    metavar="N",
    default=20,
    show_default=True,
    help="Of these, from one address.",
)
@option(
    "--failed-logins",
    type=click.IntRange(0),
    metavar="N",
    default=20,
    show_default=True,
    help="From one address in two minutes; 0: any.",
)
@option("--idle", type=click.FloatRange(0.01), metavar="MINUTES", default=60, show_default=True, help="Without a key.")
@option("--login-grace", type=click.FloatRange(1), metavar="SECONDS", default=20, show_default=True, help="To log in.")
@option("--workers", type=click.IntRange(0), metavar="N", default=0, help="Processes. One a core if not given.")
def serve(
    library: Path | None,
    cache: Path | None,
    authorized_keys: Path | None,
    authorities: Path | None,
    host_key: Path | None,
    idle: float,
    workers: int,
    **given: bool | str | int | float,
) -> int:
    """Serve the explorer over SSH, read-only, to who has a key. The shipped library if none is given.

    SIGTERM ends it, SIGHUP reads keys and library again. docs/serving.md says what guards it.

    \b
    summit serve ~/summits --listen 10.0.0.5
    ssh -p 2222 10.0.0.5                        then, from anywhere in the team
    ssh -p 2222 -t 10.0.0.5 'leader:erdogan'
    ssh -p 2222 10.0.0.5 search energy --json
    """
    from tui.serve.run import serve as run
    from tui.serve.settings import ServeError, Settings

    settings = Settings(
        library=str((library.expanduser() if library else shipped_library()).resolve()),
        cache=str(cache.expanduser().resolve()) if cache else None,
        authorized_keys=_keys(authorized_keys, authorities, bool(given["anyone"])),
        authorities=_absolute(authorities) if authorities else None,
        places=str(_places(cache)),
        host_key=_absolute(host_key or _own_host_key()),
        idle=idle * 60,
        workers=workers or os.cpu_count() or 1,
        **given,  # type: ignore[arg-type]
    )
    try:
        run(settings, sys.stderr, lambda ready: _say_ready(settings, ready))
    except ServeError as error:
        raise Mistake(str(error)) from error
    return 0


def _keys(named: Path | None, authorities: Path | None, anyone: bool) -> str | None:
    """Return the file of keys: the one that was named, else the user's own where nothing else lets people in."""
    if named or authorities or anyone:
        return _absolute(named) if named else None
    return _absolute(Path("~/.ssh/authorized_keys"))


def _absolute(file: Path) -> str:
    """Return where a file is for a worker too, which runs elsewhere; a link is followed anew at each reading."""
    return str(file.expanduser().absolute())


def _places(cache: Path | None) -> Path:
    from platformdirs import user_cache_path

    return (cache.expanduser().resolve() if cache else user_cache_path("summit-explorer", appauthor=False)) / "places"


def _own_host_key() -> Path:
    from platformdirs import user_data_path

    return user_data_path("summit-explorer", appauthor=False) / "ssh_host_ed25519_key"


def _say_ready(settings: Settings, ready: Ready) -> None:
    counted = ngettext("{count} record", "{count} records", ready.records)
    lines = (
        (gettext("serving"), f"{printable(settings.library)}, {counted}"),
        (
            gettext("listening on"),
            gettext("{address} port {port}", address=", ".join(ready.addresses), port=ready.port),
        ),
        (gettext("open to"), printable(ready.who)),
        (gettext("host key"), ready.fingerprint),
        (gettext("try"), f"ssh -p {ready.port} {settings.listen or os.uname().nodename}"),
    )
    width = max(len(heading) for heading, _ in lines) + 2
    for heading, text in lines:
        click.echo(f"{heading:<{width}}{text}")
