"""Where the documents and actuals that come with the program are."""

from pathlib import Path


def data_folder() -> Path:
    """Return the packaged ``data`` folder, else the checkout's (for an editable install)."""
    package = Path(__file__).parent
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parents[1] / "data"
