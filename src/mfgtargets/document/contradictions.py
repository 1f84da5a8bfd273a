"""What an entry of a target file may not say at once."""

from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from mfgtargets.document.kinds import ADDED_TO_LEVELS

if TYPE_CHECKING:
    from mfgtargets.document.entries import Baseline, IndicatorEntry, TargetEntry

_PERIOD_KINDS = {"growth_rate", "increment", "annual_flow"}
_LARGEST, _LARGEST_RATE = 1e15, 1e4  # beyond that a number is a slip of the pen
_SIZES = {"growth_rate", "cumulative_change"}  # falls are printed as positive sizes
_DUE_KINDS = {"level", "multiple", "increment", "rank", "event"}
_HELD_KINDS = {"level", "rank", "relative"}
_WITHOUT_VALUE = {"delegated", "relative", "event"}
_UPWARD, _DOWNWARD = {"ge", "gt"}, {"le", "lt"}


def contradiction(field: str, code: str, **details: object) -> PydanticCustomError:
    """Return a fault of a field by its code, which the loader gives a place and words."""
    context: dict[str, Any] = {k: str(v) for k, v in details.items()}
    return PydanticCustomError(code, field, {"field": field, **context})


def check_target(indicator: "IndicatorEntry", target: "TargetEntry", at: str) -> None:
    """Refuse a target that contradicts its kind, its size, its baseline or its direction."""
    kind = target.kind or indicator.kind
    _check_value(indicator, target, kind, at)
    hold = target.hold or indicator.hold or ("each_year" if kind == "relative" else None)
    if hold is not None and kind not in _HELD_KINDS:
        raise contradiction(f"{at}.hold" if target.hold else "hold", "hold-kind", found=kind)
    if hold is not None and indicator.path is not None:
        raise contradiction("path", "hold-path", found=indicator.path)
    if target.period is not None and kind not in _PERIOD_KINDS and hold is None:
        raise contradiction(f"{at}.period", "period-not-used", found=kind)
    if kind == "growth_rate" and target.period is None:
        raise contradiction(at, "period-missing", found=kind)
    if target.due is not None and (kind not in _DUE_KINDS or hold is not None):
        raise contradiction(f"{at}.due", "due-kind", found=hold or kind)
    _check_size(indicator, target, kind, at)
    baseline = baseline_of(indicator, target)
    year = target.own_year
    if baseline is not None and year is not None and baseline.year >= year:
        raise contradiction(at, "baseline-after-target", found=baseline.year, expected=year)
    _check_side(indicator, target, kind, at)
    _check_ceiling(indicator, target, kind, at)


def baseline_of(indicator: "IndicatorEntry", target: "TargetEntry") -> "Baseline | None":
    """Return the nearest baseline; a target for another region has none but its own."""
    inherited = indicator.baseline if target.region is None else None
    return target.baseline or inherited


def adds_to_level(indicator: "IndicatorEntry", target: "TargetEntry") -> bool:
    """Tell whether an increment changes a level: one with a baseline, or in units of a change."""
    baseline = baseline_of(indicator, target)
    stated = baseline is not None and baseline.value is not None
    return stated or (target.unit or indicator.unit) in ADDED_TO_LEVELS


def ceiling_of(indicator: "IndicatorEntry", unit: str | None) -> float | None:
    """Return what no value can be over: what is given, else 100 % on an S-curve."""
    by_unit = 100.0 if indicator.path == "logistic" and unit == "%" else None
    return by_unit if indicator.ceiling is None else indicator.ceiling


def _check_value(indicator: "IndicatorEntry", target: "TargetEntry", kind: str, at: str) -> None:
    """Refuse a value where there can be none, none where there must be one, and half an aim."""
    if (kind in _WITHOUT_VALUE) != (target.value is None):
        code = "delegated-value" if kind in _WITHOUT_VALUE else "value-missing"
        raise contradiction(f"{at}.value", code, found=kind)
    if kind in _WITHOUT_VALUE and target.comparator is not None:
        raise contradiction(f"{at}.comparator", "delegated-value", found=kind)
    if indicator.set_yearly and kind != "delegated":
        raise contradiction("set_yearly", "set-yearly-kind", found=kind)
    if (kind == "relative") != (target.relative_to is not None):
        code = "relative-missing" if kind == "relative" else "relative-kind"
        raise contradiction(at, code, found=kind)
    if target.relative_to is not None and target.relative_to.indicator == indicator.id:
        raise contradiction(f"{at}.relative_to.indicator", "relative-self", found=indicator.id)


def _check_size(indicator: "IndicatorEntry", target: "TargetEntry", kind: str, at: str) -> None:
    """Refuse sizes that cannot be, and comparators that work against the direction."""
    value = target.value
    if target.out_of is not None and (kind != "rank" or (value or 0) > target.out_of):
        raise contradiction(f"{at}.out_of", "out-of-what", found=target.out_of, expected=value)
    falls = indicator.direction == "down"
    shrinks = falls and kind == "increment" and adds_to_level(indicator, target)
    if kind == "rank" and not falls:
        raise contradiction(at, "rank-direction")
    if kind in {"increment", "annual_flow", "event"} and falls and not shrinks:
        raise contradiction(at, "sum-direction", found=kind)
    if indicator.direction == "toward" and kind not in {"level", "delegated"}:
        raise contradiction(at, "toward-kind", found=kind)
    if value is not None and value > (_LARGEST_RATE if kind in _SIZES else _LARGEST):
        raise contradiction(f"{at}.value", "too-large", found=value)
    if value is not None and value < 0:
        raise contradiction(f"{at}.value", "not-a-size", found=value)
    if kind in _SIZES and falls and value is not None and value >= 100:  # percent
        raise contradiction(f"{at}.value", "fall-too-large", found=value)
    given = target.relative_to.comparator if target.relative_to else target.comparator
    comparator = given or "eq"
    wrong = _UPWARD if falls and not shrinks and kind not in _SIZES else _DOWNWARD
    if indicator.direction == "toward":
        wrong = _UPWARD | _DOWNWARD
    if comparator in wrong:
        raise contradiction(
            f"{at}.comparator",
            "comparator-direction",
            found=comparator,
            expected=indicator.direction,
        )


def _check_side(indicator: "IndicatorEntry", target: "TargetEntry", kind: str, at: str) -> None:
    """Refuse a level worse than its baseline that no note explains."""
    given = baseline_of(indicator, target)
    baseline = given.value if given else None
    held = target.hold or indicator.hold or indicator.direction == "toward"
    if kind != "level" or baseline is None or target.value is None or held:
        return
    sign = 1 if indicator.direction == "up" else -1
    explained = target.note or indicator.note
    if sign * (target.value - baseline) < 0 and not explained:
        raise contradiction(
            f"{at}.value", "worse-than-baseline", found=target.value, expected=baseline
        )


def _check_ceiling(indicator: "IndicatorEntry", target: "TargetEntry", kind: str, at: str) -> None:
    """Refuse levels over what they can be, and on an S-curve those it never comes to."""
    ceiling = ceiling_of(indicator, target.unit or indicator.unit)
    is_curve = indicator.path == "logistic"
    if is_curve and kind not in {"level", "delegated"}:
        raise contradiction("path", "path-kind", found=kind)
    if is_curve and ceiling is None:
        raise contradiction("path", "ceiling-missing")
    if ceiling is None or kind != "level":
        return
    given = baseline_of(indicator, target)
    at_base = "baseline" if target.baseline is None else f"{at}.baseline"
    for place, value in ((at_base, given.value if given else None), (f"{at}.value", target.value)):
        if value is not None and (value > ceiling or (is_curve and not 0 < value < ceiling)):
            raise contradiction(place, "over-ceiling", found=value, expected=ceiling)
