"""Libraries that not everybody needs: imported when wanted, named when missing."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from mfgtargets.faults import InputError, fault

_TOOLS = {
    "pipx_metadata.json": "pipx install --force",
    "uv-receipt.toml": "uv tool install --force",
}


def needed(module: str, extra: str) -> Any:
    """Return a module of an extra; raise ``InputError`` with the install line where it is missing."""
    library = module.split(".", maxsplit=1)[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != library:
            raise
        raise InputError(
            [fault("extra-missing", found=library, install=install_line(extra))]
        ) from None


def install_line(extra: str) -> str:
    """Return the command that adds an extra to the program where it runs, from where it came."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    tools = (line for receipt, line in _TOOLS.items() if Path(sys.prefix, receipt).is_file())
    return f"{next(tools, f'{python} -m pip install')} {_requirement(extra)}"


def _requirement(extra: str) -> str:
    """Return what to install: the folder, file or repository of this installation, else the name."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - slow
    from urllib.parse import urlsplit  # noqa: PLC0415 - as above
    from urllib.request import url2pathname  # noqa: PLC0415 - as above

    try:
        origin = json.loads(distribution("mfgtargets").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    url, versions = origin.get("url", ""), origin.get("vcs_info")
    if "dir_info" in origin:
        is_editable = origin["dir_info"].get("editable", False)
        folder = f'"{url2pathname(urlsplit(url).path)}[{extra}]"'
        return f"-e {folder}" if is_editable else folder
    if versions:
        url = f"{versions['vcs']}+{url}@{versions.get('requested_revision', versions['commit_id'])}"
    return f'"mfgtargets[{extra}] @ {url}"' if url else f'"mfgtargets[{extra}]"'
