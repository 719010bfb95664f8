"""The usual reasons that the system and Python give for a failure, which they give in English.

Nothing reads these tables but who gathers the words; `gettext` is asked for what was said.
"""

from __future__ import annotations

from tui.language import later, plural

SYSTEM = (
    later("Address already in use"),
    later("Cannot assign requested address"),
    later("Connection refused"),
    later("Device or resource busy"),
    later("Disk quota exceeded"),
    later("Exec format error"),
    later("File exists"),
    later("File name too long"),
    later("Input/output error"),
    later("Is a directory"),
    later("No space left on device"),
    later("No such file or directory"),
    later("Not a directory"),
    later("Operation not permitted"),
    later("Permission denied"),
    later("Read-only file system"),
    later("Too many levels of symbolic links"),
    later("Too many open files"),
)
"""As `os.strerror` has them on Linux."""

JSON = (
    later("Expecting ',' delimiter"),
    later("Expecting ':' delimiter"),
    later("Expecting property name enclosed in double quotes"),
    later("Expecting value"),
    later("Extra data"),
    later("Illegal trailing comma before end of array"),
    later("Illegal trailing comma before end of object"),
    later("Invalid \\escape"),
    later("Invalid \\uXXXX escape"),
    later("Invalid control character"),
    later("Unterminated string starting"),
)
"""As Python's `json` has them, without the *at* of some."""

CLICK: tuple[str | tuple[str, str], ...] = (
    later("Usage:"),
    later("Options"),
    later("Commands"),
    later("Error: {message}"),
    later("Try '{command} {option}' for help."),
    later("No such option {name!r}."),
    later("No such option: {name}"),
    plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    later("Option {name!r} does not take a value."),
    plural("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    plural("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    later("Missing argument"),
    later("Missing option"),
    later("Missing parameter"),
    later("Choose from:\n\t{choices}"),
    later("Invalid value: {message}"),
    later("Invalid value for {param_hint}: {message}"),
    plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    later("{value!r} is not a valid {number_type}."),
    later("{value} is not in the range {range}."),
    later("env var: {var}"),
    later("default: {default}"),
    later("required"),
    later("Error: invalid input"),
    later("Aborted!"),
)
"""As click has them, which reads the command line; those that can come up here."""
