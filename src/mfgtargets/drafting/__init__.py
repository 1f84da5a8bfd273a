"""Targets found in the text of a policy, to be confirmed by a person."""
