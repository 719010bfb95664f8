"""The program `summit`: a first frame that is kept is painted before all else is imported."""

import gc
import sys

from tui.explorer import first_frame


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    # What is imported stays; the collector would only look through it again and again.
    gc.disable()
    first_frame.paint(arguments)
    try:
        from tui.explorer.sparing import spare

        spare()
        from tui.cli.explore import explore, plainly_asked
        from tui.cli.run import ended

        asked = plainly_asked(arguments)
        if asked is not None:
            sys.exit(ended(lambda: explore(asked)))
        from tui.cli.summit import main as run

        gc.enable()
        run(arguments)
    finally:
        first_frame.give_back()


if __name__ == "__main__":
    main()
