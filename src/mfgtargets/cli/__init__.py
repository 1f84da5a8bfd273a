"""The command line: the only place that touches streams, environment and exit codes."""

from mfgtargets.cli.app import main

__all__ = ["main"]
