"""Numbers as text: the shortest that can be read back, and the decimals they are written with."""

from typing import Any

import numpy as np

_LEAST, _MOST = 1e-4, 1e15  # between which every library writes doubles without exponent
_EXACT = 2.0**53  # whole numbers below it are exact


def decimals(text: str) -> int:
    """Count the decimals a number was published with."""
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa.partition(".")[2])
    return max(0, digits - int(exponent or 0))


def plain_number(value: float) -> str:
    """Write one double as Python does, a whole one without a point."""
    return repr(value).removesuffix(".0")


def forms_of(values: Any) -> tuple[Any, Any, Any]:
    """Tell which doubles are missing, which whole, and which are written with an exponent."""
    missing, size = np.isnan(values), np.abs(values)
    whole = (values == np.floor(values)) & (size < _EXACT)
    extreme = ((size < _LEAST) | (size >= _MOST)) & ~whole & ~missing
    return missing, whole, extreme


def number_texts(values: Any, none: str = "") -> list[str]:
    """Write an array of doubles as ``plain_number`` does, NaN as ``none``.

    pydantic's writer of JSON is several times as fast as ``repr``, and writes most of them alike.
    """
    missing, whole, extreme = forms_of(values)
    if missing.all():
        return [none] * len(values)
    from pydantic_core import to_json  # noqa: PLC0415 - large tables alone need it

    together = to_json((values + 0.0).tolist(), inf_nan_mode="null").decode()  # -0.0 + 0.0 is 0.0
    together = together[1:-1] + ","
    if whole.any():
        together = together.replace(".0,", ",")
    if missing.any():
        together = together.replace("null", none)
    texts = together.split(",")[:-1]
    for at in np.flatnonzero(extreme).tolist():
        texts[at] = plain_number(float(values[at]))
    return texts
