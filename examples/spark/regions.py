"""Judge a plan for every region of a table in Spark, and a table of series.

``python regions.py OBSERVATIONS SERIES OUT`` on one machine, or by ``spark-submit`` on a cluster.
OBSERVATIONS and SERIES are Parquet files or folders, OUT is the folder that results go to. Needs
Java 17 and ``pip install "mfgtargets[spark]"`` where the parts are worked on.
"""

import sys

from pyspark.sql import SparkSession

import mfgtargets.spark


def main(observations: str, series: str, out: str) -> None:
    """Write the results for regions to OUT/regions, the answers to series to OUT/series."""
    spark = SparkSession.builder.appName("mfgtargets").getOrCreate()
    table = spark.read.parquet(observations)
    found = mfgtargets.spark.check("shaoxing-2025", table, as_of=2020)
    found.write.mode("overwrite").parquet(f"{out}/regions")
    answers = mfgtargets.spark.calc(spark.read.parquet(series))
    answers.write.mode("overwrite").parquet(f"{out}/series")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
