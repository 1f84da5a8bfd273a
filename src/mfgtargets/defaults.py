"""What is taken where nothing is said."""

TOLERANCE = 5.0  # percentage points of the plan's distance
APPROX = 5.0  # percent that 左右 and 基本 leave
METHOD = "schedule"
ALL = "all"  # all documents, target years, or methods
BUNDLED = "bundled"  # the actuals that come with a document
STDIN = "-"
FIRST_YEAR, LAST_YEAR = 1949, 2100
MOST_ROWS = 50_000_000  # of one table of actuals
