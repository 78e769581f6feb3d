"""How a test notes what it measured, so that it is told at the end of the session."""

MEASURED = "measured"
"""The name of the property."""
