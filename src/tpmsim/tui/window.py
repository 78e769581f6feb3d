"""The sizes of the window at which layouts change; they are written down here and nowhere else."""

WIDE, TALL = 110, 34
"""Columns from which there is room beside a page, rows from which there is room below it."""

ACROSS, DOWN = [(0, "-narrow"), (WIDE, "-wide")], [(0, "-short"), (TALL, "-tall")]
"""Classes of a screen by the size of the window."""
