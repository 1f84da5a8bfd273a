"""Print the lower bounds of a project's own dependencies as constraints: ``oldest.py pyproject.toml``.

What only tests and checks need (the extra ``dev``), and Spark, is left to be as new as it is.
"""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
ours = [
    *project["dependencies"],
    *(one for name in extras if name not in {"dev", "spark"} for one in extras[name]),
]
for requirement in ours:
    if bound := re.fullmatch(r"([\w.-]+)>=([\w.]+)", requirement):
        print(f"{bound[1]}=={bound[2]}")
