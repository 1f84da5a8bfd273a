"""What pydantic complains of, as faults with a place, an example and a remedy."""

import re
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from mfgtargets.document.entries import DocumentEntry
from mfgtargets.document.yamlfile import Path_, YamlFile
from mfgtargets.faults import Fault, Nearest

# pydantic's error types, as our codes.
_CODES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "not-one-of",
    "string_type": "not-text",
    "string_too_short": "empty-text",
    "string_too_long": "text-too-long",
    "string_pattern_mismatch": "bad-form",
    "float_type": "not-a-number",
    "int_type": "not-a-year",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "not-a-number",
    "list_type": "not-a-list",
    "too_short": "empty-list",
    "model_type": "not-a-block",
    "dict_type": "not-a-block",
}
_LIMITS = ("expected", "gt", "ge", "le", "max_length")
# What each block and each text of a certain form looks like.
_EXAMPLES = {
    "period": "{start: 2021, end: 2025}",
    "groups": "{创新驱动: Innovation}",
    "sections": "{主要指标: [市经信局]}",
    "source": "{title: …, publisher: null, url: null, sha256: null}",
    "baseline": "{year: 2020, value: 3.2}",
    "relative_to": "{indicator: gdp_growth, comparator: ge}",
}
_FORMS = {
    "restates": "rd_share@2025",
    "part_of": "rd_share@2025",
    "revises": "rd_share@2025",
    "date": "2021-03-05",
    "set_on": "2021-03-05",
    "due": "2026-06",
    "sha256": "64 × 0-9 a-f",
    "concept": "rd_share",
}
# Words of texts for what the file calls otherwise.
_MEANT = {
    "达到": "eq", "以上": "ge", "不少于": "ge", "不低于": "ge", "突破": "gt", "超过": "gt",
    "左右": "approx", "以内": "le", "不超过": "le", "低于": "lt", "区间": "range",
    "上升": "up", "升": "up", "提高": "up", "下降": "down", "降": "down", "降低": "down",
    "存量": "stock", "流量": "flow", "比率": "ratio", "比重": "ratio", "比例": "ratio",
    "有效": "in_force", "in force": "in_force", "征求意见稿": "draft", "草案": "draft",
    "约束性": "binding", "预期性": "expected", "每年": "each_year", "平均": "average",
    "期末": "at_end", "线性": "linear", "几何": "geometric", "S曲线": "logistic", "S形": "logistic",
    "建成": "event", "实现": "event", "约束": "binding", "预期": "expected", "排名": "rank", "位次": "rank",
    "翻番": "multiple", "新增": "increment", "年均增长": "growth_rate",
}  # fmt: skip


def model_fault(file: YamlFile, error: ErrorDetails, nearest: Nearest) -> Fault:
    """Turn one complaint of pydantic into a fault with its place in the file."""
    context: dict[str, Any] = error.get("ctx", {})
    path: Path_ = tuple(part for part in error["loc"] if part != "[key]")
    code = _CODES.get(error["type"], error["type"])
    details = {k: str(v) for k, v in context.items() if k not in {"field", "error"}}
    if error["type"] == "missing":
        return file.fault(code, path[:-1], expected=path[-1])
    if error["type"] == "extra_forbidden":
        near = nearest(str(path[-1]), _fields(path))
        advice = "stray-comma" if error["input"] is None and not near else ""
        return file.fault(
            code, path, at_key=True, found=path[-1], near=", ".join(near), advice=advice
        )
    if "field" in context:
        path += tuple(int(p) if p.isdigit() else p for p in context["field"].split("."))
        return file.fault(code, path, at_key=False, **details)
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    expected = next((str(context[key]) for key in _LIMITS if key in context), "")
    advice, meant = "", ""
    if code == "not-one-of":
        expected = ", ".join(re.findall("'([^']*)'", expected)) or expected
        meant = _MEANT.get(str(error["input"]), "")
    elif code == "not-a-block":
        expected = _EXAMPLES.get(field, "")
    elif code == "bad-form":
        is_document = len(path) == 1
        expected = _FORMS.get(field, "my-plan-2025" if is_document else "rd_share")
        advice = "" if field in _FORMS else "form-of-id" if is_document else "form-of-indicator"
    elif code == "not-a-number":
        advice = "number-in-yaml"
    found = details.get("found", repr(error["input"]))
    return file.fault(code, path, found=_short(found), expected=expected, near=meant, advice=advice)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _fields(path: Path_) -> list[str]:
    """Return the fields that the block at ``path`` may have."""
    model: Any = DocumentEntry
    for part in path[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            found = _model_of(model.model_fields[part].annotation)
            model = found or model
    return list(model.model_fields)


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside of an annotation such as ``list[Model]`` or ``Model | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_of, get_args(annotation))), None)
