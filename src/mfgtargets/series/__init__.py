"""Documents and observations side by side: one series a row, as arrays for the arithmetic."""
