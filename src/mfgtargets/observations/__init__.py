"""What was measured: observations from CSV, matched to a document, the newest vintage kept."""
