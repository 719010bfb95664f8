"""`python -m tui` is `summit`."""

from tui.cli import main

main()
