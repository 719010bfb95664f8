"""The program `summit`: a first frame that is kept is painted before all else is imported."""

import sys

from tui.explorer import first_frame


def main() -> None:
    """Run the command line and leave with its exit code."""
    first_frame.paint(sys.argv[1:])
    try:
        from tui.cli import main as run

        run()
    finally:
        first_frame.give_back()


if __name__ == "__main__":
    main()
