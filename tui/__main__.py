"""The program `summit`: a first frame that is kept is painted before all else is imported."""

import gc
import sys

from tui.explorer import first_frame


def main() -> None:
    """Run the command line and leave with its exit code."""
    # What is imported stays; the collector would only look through it again and again.
    gc.disable()
    first_frame.paint(sys.argv[1:])
    try:
        from tui.cli import main as run

        gc.enable()
        run()
    finally:
        first_frame.give_back()


if __name__ == "__main__":
    main()
