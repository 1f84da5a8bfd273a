"""Targets judged: checks, the record of each result, one target year by year."""
