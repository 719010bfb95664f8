"""Where the user's own files lie: as XDG has it on Linux, as the system has it elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

PROGRAM = "summit-explorer"
CONFIG_VARIABLE = "SUMMIT_CONFIG"
"""Names another config file; set to nothing, none is read."""
STATE_VARIABLE = "SUMMIT_STATE"
"""Names another folder for what is kept between runs; set to nothing, nothing is kept."""


def config_file() -> Path | None:
    """Return where the config file lies or would lie; None when the environment says to read none."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named is not None:
        return Path(named).expanduser() if named else None
    from platformdirs import user_config_path

    return user_config_path(PROGRAM, appauthor=False) / "config.toml"


def state_folder() -> Path | None:
    """Return the folder of what is kept between runs; None when the environment says to keep nothing."""
    named = os.environ.get(STATE_VARIABLE)
    if named is not None:
        return Path(named).expanduser() if named else None
    from platformdirs import user_state_path

    return user_state_path(PROGRAM, appauthor=False)
