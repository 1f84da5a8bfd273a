"""The JSON Schema of target files, with descriptions that help while typing."""

import csv
from typing import Any

from mfgtargets.data import data_folder
from mfgtargets.document.entries import DocumentEntry


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a target file.

    What each field means stands in ``data/schema/descriptions.csv``, by model and field.
    """
    path = data_folder() / "schema" / "descriptions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        meanings = {row["field"]: row["description"] for row in csv.DictReader(file)}
    schema = DocumentEntry.model_json_schema()
    for name, model in {"DocumentEntry": schema, **schema["$defs"]}.items():
        for field, rules in model["properties"].items():
            rules["description"] = meanings[f"{name}.{field}"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
