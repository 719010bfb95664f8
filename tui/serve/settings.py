"""What `summit serve` was asked to do, and the one kind of mistake that it can be told of."""

from __future__ import annotations

from typing import NamedTuple


class ServeError(Exception):
    """Something that whoever starts the server can mend; its text says how."""


class Settings(NamedTuple):
    """The settings of a server. Paths are text, so that they can be handed to a worker process."""

    library: str
    """The file or folder that is served."""
    cache: str | None = None
    """Where the index is kept; the user's cache folder when None."""
    authorized_keys: str | None = None
    """A file of the keys that may log in, as OpenSSH writes it; None for no such file."""
    authorities: str | None = None
    """A file of the public keys whose certificates may log in; None for no such file."""
    anyone: bool = False
    """Whether anyone may come in without a key."""
    places: str = ""
    """The folder where it is kept where people were when they were cut off."""
    host_key: str = ""
    """The file of the host's private key."""
    listen: str = ""
    """The address to listen on; empty for all."""
    port: int = 2222
    """The port to listen on; 0 for any free one."""
    max_sessions: int = 200
    """Connections at a time, with those that are still logging in."""
    per_address: int = 20
    """Connections at a time from one address."""
    failed_logins: int = 20
    """Connections that end without a login which an address may make at once, and as many in two minutes; 0: any."""
    idle: float = 3600.0
    """Seconds without a key after which a session ends."""
    login_grace: float = 20.0
    """Seconds in which a connection has to log in and to open a session."""
    workers: int = 1
    """Processes that share the sessions; with 1, they are in the server's own."""


class Ready(NamedTuple):
    """What a server that takes connections says of itself."""

    addresses: tuple[str, ...]
    port: int
    records: int
    who: str
    """Who may come in, in words."""
    fingerprint: str
    """Of the host's key."""
