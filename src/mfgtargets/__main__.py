"""``python -m mfgtargets``."""

from mfgtargets.cli import main

main()
