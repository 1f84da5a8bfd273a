"""Read Parquet, a batch of rows at a time (needs the extra ``parquet``)."""

import math
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

from mfgtargets.extras import needed
from mfgtargets.faults import InputError, Place, fault
from mfgtargets.observations.lines import Line

_BATCH = 8192


def parquet_lines(stream: BinaryIO, name: str) -> Iterator[Line]:
    """Yield a header of the columns' names, then a line a row; null and NaN are blank."""
    pyarrow, parquet = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    number = 1
    try:
        file = parquet.ParquetFile(stream)
        yield Line(Place(name, number), list(map(str, file.schema_arrow.names)))
        for batch in file.iter_batches(_BATCH):
            columns = [_texts(column, pyarrow) for column in batch.columns]
            for row in zip(*columns, strict=True):
                number += 1
                yield Line(Place(name, number), list(row))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError([fault("damaged-file", Place(name), found=found)]) from None


def _texts(column: Any, pyarrow: Any) -> list[str]:
    """Return a column as text: numbers by the digits they have, whole ones without a point."""
    if column.type == pyarrow.float32():
        values = [None if np.isnan(v) else v for v in column.to_numpy(zero_copy_only=False)]
    else:
        values = column.to_pylist()
    is_number = pyarrow.types.is_floating(column.type)
    texts = ["" if _is_missing(value) else str(value) for value in values]
    return [text.removesuffix(".0") for text in texts] if is_number else texts


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
