"""A small scenario that its author keeps editing, and the ten edits that a preview must keep its place through."""

from fragments import laid_over

SCENARIO = laid_over(
    """\
id: draft
title: A draft
weeks: 8
cards:
  early:
    when: "week >= 2"
    chance: 1
    from: boss
    says: "Is it fast yet?"
    silence: no
    answers:
      yes: {says: "It will be.", then: {trust.boss: -0.2}}
      no: {says: "Not yet.", then: {trust.boss: +0.1}}
  late:
    when: "week >= 6"
    chance: 1
    from: builder
    says: "May we rest?"
    silence: wait
    answers:
      rest: {says: "Rest.", then: {trust.builder: +0.4}}
      wait: {says: "Later.", then: {trust.builder: -0.1}}
endings:
  launched: {when: "customers > 0", title: Launched, says: It is out., good: true}
  other: {when: "week >= 0", title: Over, says: That was all.}
"""
)

EARLY = SCENARIO[SCENARIO.index("  early:") : SCENARIO.index("  late:")]
LATE = SCENARIO[SCENARIO.index("  late:") : SCENARIO.index("objectives:")]

NEW_CARD = """\
  newcomer:
    when: "week >= 2"
    chance: 1
    from: boss
    says: "Who are you?"
    answers:
      friend: {says: "A friend."}
"""

OTHER_FEATURE = "  slow_path: {title: Slow path, serves: {speed: 0.2}, points: 8}\n"


def richer() -> str:
    """The scenario with more of everything that a page lists."""
    text = replaced(
        SCENARIO, "needs:\n", "    banks: {title: Banks, size: 900}\n  rivals:\n    other: {title: Other}\nneeds:\n"
    )
    text = replaced(text, "{shops: {mean: 0.6, sd: 0.4}}", "{shops: {mean: 0.6, sd: 0.4}, banks: {mean: 0, sd: 0.3}}")
    need = "  safety: {title: Safety, known: true, worth: {shops: {mean: 0.2, sd: 0.4}, banks: {mean: 0.9, sd: 0.4}}}\n"
    text = replaced(text, "features:\n", f"{need}features:\n")
    text = replaced(text, "stakeholders:\n", f"{OTHER_FEATURE}stakeholders:\n")
    person = "  seller: {name: Cy, role: Sales, function: sell, goals: {customers: 0.6}}\n"
    return replaced(text, "cards:\n", f"{person}cards:\n")


def replaced(text: str, old: str, new: str) -> str:
    """The text with one place of it changed, which must be there."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def ten_edits() -> dict[str, str]:
    """The texts of the file after each of ten saves, by what was done; each goes on from the one before it."""
    made, now = {}, SCENARIO
    steps = (
        ("reword", lambda text: replaced(text, "May we rest?", "May we rest, please?")),
        ("number", lambda text: replaced(text, "size: 50000", "size: 60000")),
        ("add a card", lambda text: replaced(text, "objectives:", f"{NEW_CARD}objectives:")),
        ("rename an answer", lambda text: replaced(text, "yes: {says", "maybe: {says")),
        ("break", lambda text: replaced(text, "title: A draft", 'title: "A draft')),
        ("mend", lambda text: replaced(text, 'title: "A draft', "title: A draft")),
        ("remove the card", lambda text: replaced(text, LATE.replace("rest?", "rest, please?"), "")),
        ("bring it back", lambda text: replaced(text, "  newcomer:", f"{LATE}  newcomer:")),
        ("shorten", lambda text: replaced(text, "weeks: 8", "weeks: 4")),
        (
            "add a feature",
            lambda text: replaced(
                replaced(text, "weeks: 4", "weeks: 9"), "stakeholders:", f"{OTHER_FEATURE}stakeholders:"
            ),
        ),
    )
    for name, edit in steps:
        now = edit(now)
        made[name] = now
    return made
