"""Both trees of the site by one configuration: English from ``docs/``, with ``-t zh`` Chinese from ``docs/zh/``.

``docs/build.sh FOLDER`` builds them.
"""

import re

import mfgtargets

_zh = tags.has("zh")  # type: ignore[name-defined]  # noqa: F821 - Sphinx puts it there
project = "mfgtargets"
release = version = mfgtargets.__version__
language = "zh_CN" if _zh else "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = [] if _zh else ["zh"]
html_theme = "furo"
html_title = f"mfgtargets {release}"
html_show_sphinx = False
html_copy_source = False
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {"other": ("../en", "English") if _zh else ("../zh", "中文")}
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # of tables in csv
autodoc_typehints = "description"
nitpick_ignore_regex = [
    ("py:.*", r"(?!mfgtargets\.\w+$).*")
]  # types of others and of inner modules


def _as_on_the_site(_app: object, _name: str, source: list[str]) -> None:
    """Leave out the way to the other language, which the sidebar shows, and name files of the repository."""
    text = re.sub(r"^\[(中文|English)\]\(.*\)\n", "", source[0], count=1, flags=re.MULTILINE)
    source[0] = re.sub(r"\[[^\]]*\]\((?:\.\./)+([^)]*)\)", r"`\1`", text)


def setup(app: object) -> None:
    """Connect what changes the pages as they are read."""
    app.connect("source-read", _as_on_the_site)  # type: ignore[attr-defined]
