"""Pure arithmetic over arrays of series: paths, the numbers, projections."""
