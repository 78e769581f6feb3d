"""Hidden facts in words, for the author of a scenario and, once a run is over, for its player."""

STANCES = ((-0.3, "against"), (0.0, "rather against"), (0.3, "rather for"))
"""Words for opinions below; above they are for it. A vote is yes above 0."""


def stance(opinion: float) -> str:
    """The word for an opinion of a gate, -1 to 1."""
    return next((word for top, word in STANCES if opinion < top), "for")


def takes(ratio: float) -> str:
    """True over estimated effort."""
    return f"takes {ratio:.2f} times the estimate"


def faults(rate: float) -> str:
    """The rate of faulty work over the usual one."""
    return f"{rate:.2f} times the usual faults"


def paced(pace: float) -> str:
    """The speed of a market over the published one."""
    return f"{pace:.2f} times the published speed"


def moves_next(due: float, weeks: int) -> str:
    """The week of a rival's next move, in a run of so many weeks."""
    return f"moves next in week {due:.0f}" if due <= weeks else "moves no more in this run"
