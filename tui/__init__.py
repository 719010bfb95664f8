"""Summit Explorer: a keyboard-first terminal explorer of diplomatic summits."""

__version__ = "0.1.0"
