"""What the signs and figures of decisions mean, as it stands beside them in every output."""

MARKS_MEAN = (
    "?? blunder: 15 points lost and more; ? mistake: 10; ?! inaccuracy: 5; only where the evidence supports it. "
    "! only move: everything else is worse by 10. !? good gamble: nothing lost, much risk. Close call: no option "
    "can be told from the one chosen. Forced: no choice, not counted. Disputed: two other policies prefer what you did."
)

COMPARED = (
    "Values are means over all futures, with their 95 % intervals. A loss is measured in those futures alone that did "
    "not help to find the best option, so that it does not flatter that; the two differ a little."
)
