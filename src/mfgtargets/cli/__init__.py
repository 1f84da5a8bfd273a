"""The command line: the only place that touches streams, environment and exit codes."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and end with its exit code; interrupted, be it while it loads, with 130."""
    try:
        from mfgtargets.cli.app import main as program

        program()
    except KeyboardInterrupt:
        sys.exit(130)


__all__ = ["main"]
