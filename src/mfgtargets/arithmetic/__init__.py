"""Pure arithmetic over arrays of series: paths, the numbers of the manual's arithmetic, projections."""
