"""Spark gives the same rows as one process, and what is wrong beside them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import mfgtargets as mt

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("default"),  # Spark's own
]
ROOT = Path(__file__).parents[1]
SUBMIT = {"PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Yield a session on two cores, with workers of this Python."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only where it is installed

    os.environ |= SUBMIT | {"PYSPARK_PYTHON": sys.executable}
    session = SparkSession.builder.config("spark.sql.shuffle.partitions", 3).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def observations() -> pl.DataFrame:
    """Return values of five indicators in 60 regions, one cell bad and one value twice."""
    chance = np.random.default_rng(3)
    names = (
        "labour_productivity rd_share new_product_rate listed_companies integration_index".split()
    )
    return pl.DataFrame(
        [
            {"indicator": name, "region": f"第{n}区", "period": year, "value": f"{value:.1f}"}
            for n in range(60)
            for name in names
            for year, value in enumerate(20 + np.cumsum(chance.uniform(-1, 4, 6)), 2015)
        ]
    )


def table_of(frame: Any) -> pl.DataFrame:
    """Return a Spark frame as one here, sorted."""
    found = pl.DataFrame(pa.Table.from_batches(frame.toArrow().to_batches()))
    return found.sort(found.columns[:7])


@pytest.mark.parametrize("method", ["schedule", "eurostat"])
def test_regions_are_judged_as_in_one_process(
    spark: Any, observations: pl.DataFrame, method: str
) -> None:
    """The same rows, byte for byte, and nothing wrong."""
    import mfgtargets.spark as over  # noqa: PLC0415 - only where Spark is

    given = spark.createDataFrame(observations.to_arrow()).repartition(4)
    found = table_of(over.check("shaoxing-2025", given, as_of=2020, method=method))
    whole = pl.DataFrame(mt.check_regions("shaoxing-2025", observations, as_of=2020, method=method))
    assert found.drop("error", "errors").write_csv() == whole.sort(whole.columns[:7]).write_csv()
    assert found["errors"].sum() == found["error"].count() == 0


def test_what_is_wrong_in_a_region_loses_no_job(spark: Any, observations: pl.DataFrame) -> None:
    """A bad cell is counted beside its region's results; values that disagree lose one region."""
    import mfgtargets.spark as over  # noqa: PLC0415 - only where Spark is

    bad = observations.with_row_index().with_columns(
        value=pl.when(pl.col("index") == 0).then(pl.lit("viel")).otherwise("value")
    )
    twice = bad.filter(pl.col("region") == "第7区").with_columns(value=pl.lit("1"))
    given = spark.createDataFrame(pl.concat([bad, twice]).drop("index").to_arrow())
    found = table_of(over.check("shaoxing-2025", given, as_of=2020))
    errors = {
        region: (set(error), rows)
        for region, error, rows in found.filter(pl.col("errors") > 0)
        .group_by("region")
        .agg("error", pl.len())
        .iter_rows()
    }
    assert errors["第0区"][0] == {"not-a-number=1"}
    assert errors["第0区"][1] > 1
    assert errors["第7区"] == ({"values-disagree=30"}, 1)
    assert len(errors) == 2


def test_series_are_answered_as_in_one_process(spark: Any) -> None:
    """14.5 to 10.4 on the way to 7.25 (Statistics Canada: 0.9011, moderate), a bad cell beside it."""
    import mfgtargets.spark as over  # noqa: PLC0415 - only where Spark is

    rows = pl.DataFrame(
        {
            "series": ["贫困率", "b", "c"],
            "direction": ["down", "", "sideways"],
            "baseline_year": [2015, 2015, 2015],
            "baseline_value": [14.5, 10.0, 10.0],
            "target_year": [2030, 2030, 2030],
            "target_value": [7.25, 20.0, 20.0],
            "year": [2023, 2023, 2023],
            "value": [10.4, 15.0, 15.0],
        }
    )
    found = table_of(over.calc(spark.createDataFrame(rows.to_arrow()), "open-sdg"))
    good = pl.DataFrame(mt.calc(rows[:2], "open-sdg"))
    same = found.filter(pl.col("errors") == 0).drop("error", "errors")
    assert same.write_csv() == good.sort(good.columns[:7]).write_csv()
    first = same.filter(pl.col("series") == "贫困率")
    assert first["status"].item() == "moderate_progress"
    assert first["ratio"].item() == pytest.approx(0.9011, abs=5e-5)
    (bad,) = found.filter(pl.col("errors") > 0).to_dicts()
    assert (bad["error"], bad["status"]) == ("direction: not-one-of (sideways)", None)


def test_what_cannot_be_asked_is_told_before_anything_runs(spark: Any) -> None:
    """Columns without a region, of no table of series, an unknown indicator: an input error."""
    import mfgtargets.spark as over  # noqa: PLC0415 - only where Spark is

    frame = spark.createDataFrame([("x", 2018, 1.0)], ["indicator", "period", "value"])
    codes = []
    for ask in (
        lambda: over.check("shaoxing-2025", frame, as_of=2020),
        lambda: over.calc(frame),
        lambda: over.check("shaoxing-2025", frame, as_of=2020, indicators=["nothing"]),
    ):
        with pytest.raises(mt.InputError) as raised:
            ask()
        codes.append(raised.value.faults[0].code)
    assert codes == ["missing-column", "series-columns", "no-such-indicator"]


def test_the_example_runs(observations: pl.DataFrame, tmp_path: Path) -> None:
    """examples/spark writes the results of regions and of series."""
    observations.write_parquet(tmp_path / "observations.parquet")
    series = {
        "series": ["a"], "baseline_year": [2015], "baseline_value": [10.0], "target_year": [2030],
        "target_value": [20.0], "year": [2023], "value": [15.0],
    }  # fmt: skip
    pl.DataFrame(series).write_parquet(tmp_path / "series.parquet")
    names = [str(tmp_path / name) for name in ("observations.parquet", "series.parquet", "out")]
    subprocess.run(
        [sys.executable, ROOT / "examples" / "spark" / "regions.py", *names],
        env=os.environ | SUBMIT | {"PYSPARK_PYTHON": sys.executable},
        check=True,
        capture_output=True,
    )
    assert set(pl.read_parquet(tmp_path / "out/regions/*.parquet")["region"]) == {
        f"第{n}区" for n in range(60)
    }
    assert pl.read_parquet(tmp_path / "out/series/*.parquet")["status"].to_list() == ["on_track"]
