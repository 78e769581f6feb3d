"""Codes of the logic of conditions: what can never happen, and what always does."""

from tpmsim.scenario.codes.page import WARNING, Code, Page


def _card(when: str, answer: str = "says: Yes.", rest: str = "") -> str:
    """An example with one card and one answer beside the one that is always there."""
    return (
        f'cards:\n  late:\n    when: "{when}"\n{rest}    from: boss\n    says: Are we late?\n    silence: no\n'
        "    answers:\n"
        f"      yes: {{{answer}}}\n"
        "      no: {says: No., then: {trust.boss: -0.1}}\n"
    )


_FIRST = "  launched: {when: customers > 0, title: Launched, says: It is out., good: true}\n"
_LAST = "  other: {when: week >= 0, title: Over, says: That was all.}\n"
_BUILD = "  build: {title: Build, works: true, go: live}\n"
_RICH = "  rich: {when: customers > 100, title: Rich, says: Many came., good: true}\n"


def _gate(asks: str) -> str:
    return f"gates:\n  research:\n    requires:\n      asked: {{when: {asks}, says: answers}}\n"


class Never(Code):
    """TPM411 to TPM422."""

    CONTRADICTION = Page(
        "TPM411",
        "contradictory condition",
        "the card '{card}' never comes: {reason}",
        "The condition of a card can never hold: a part of it lies outside what the name can be, or two parts exclude "
        "each other.",
        _card("week > 30"),
        _card("week > 8"),
    )
    ALWAYS = Page(
        "TPM412",
        "condition that always holds",
        "the condition of '{whose}' always holds",
        "It was probably meant to ask for something. A card or hint that may always come says so by one plain test, "
        "such as `week >= 0`.",
        _card("week < 8 or week > 3"),
        _card("week > 3 and week < 8"),
        help="Leave it out, or ask for what was meant.",
        severity=WARNING,
    )
    DEAD_PART = Page(
        "TPM413",
        "alternative that never holds",
        "the alternative '{part}' never holds",
        "One side of an `or` can never hold, so it does nothing. Correct it or leave it out.",
        _card("stage == launch or week > 30"),
        _card("stage == launch or week > 8"),
        help="Leave it out, or correct it.",
        severity=WARNING,
    )
    NEVER_COMES = Page(
        "TPM414",
        "card that can never come",
        "the card '{card}' never comes: {reason}",
        "No week can meet its condition: the stage is reached later, or cards wait for each other.",
        _card("stage == live and week <= 3"),
        _card("stage == live and week <= 9"),
    )
    NEVER_GIVEN = Page(
        "TPM415",
        "answer that can never be given",
        "the answer '{answer}' can never be given: {reason}",
        "It takes more hours than a week has, or its condition can never hold while its card waits.",
        _card("week >= 1", "says: Yes., hours: 35"),
        _card("week >= 1", "says: Yes., hours: 5"),
    )
    NEVER_TOLD = Page(
        "TPM416",
        "ending that is never told",
        "the ending '{ending}' is never told: {reason}",
        "The first ending that holds is told, so one whose runs all go to an ending above it never is. Nor is one "
        "whose condition can never hold. The last stands for all else.",
        f"endings:\n{_FIRST}{_RICH}{_LAST}",
        f"endings:\n{_RICH}{_FIRST}{_LAST}",
    )
    SHUT = Page(
        "TPM417",
        "gate that never opens",
        "the gate of '{stage}' never opens: {reason}",
        "What the gate asks for can never be there, so only a leap gets past it.",
        _gate("sources >= 9"),
        _gate("sources >= 2"),
        help="Ask for something that a run can come to.",
    )
    NO_WAY_ON = Page(
        "TPM418",
        "stage with no way on",
        "the only decision that leads out of '{stage}' is to kill the product",
        "Nothing but killing the product leads out of the stage. Give it a `go`, a `recycle`, or `sunset: true`.",
        f"lifecycle:\n{_BUILD}  live: {{title: Live, sells: true}}\n",
        f"lifecycle:\n{_BUILD}  live: {{title: Live, sells: true, sunset: true}}\n",
        help="Add 'go:', 'recycle:' or 'sunset: true'.",
        severity=WARNING,
    )
    OUT_OF_REACH = Page(
        "TPM419",
        "objective out of reach",
        "{problem}",
        "An end of its scale lies where its number never comes, or the number is the same at the end of every run.",
        "objectives:\n  trust: {value: trust, worst: 0, best: 70, says: Trust}\n",
        "objectives:\n  trust: {value: trust, worst: 0, best: 0.7, says: Trust}\n",
        severity=WARNING,
    )
    NEVER_SHOWN = Page(
        "TPM420",
        "hint that is never shown",
        "the hint '{hint}' is never shown: {reason}",
        "The condition of a hint of the guide can never hold.",
        "guide:\n  last: {when: week == 26, says: The last week.}\n",
        "guide:\n  last: {when: week == 12, says: The last week.}\n",
        help="Change its condition.",
    )
    PROMISE_TOO_LATE = Page(
        "TPM421",
        "promise for a week that is over",
        "the answer '{answer}' can never be given: {reason}",
        "The card comes in the promised week at the earliest, and by then the answer cannot be given.",
        _card("week >= 6", "says: Yes., promise: {feature: fast_path, week: 5, confidence: plan}"),
        _card("week >= 6", "says: Yes., promise: {feature: fast_path, week: 11, confidence: plan}"),
    )
    SWITCHED_OFF = Page(
        "TPM422",
        "card that is switched off",
        "the card '{card}' never comes: {reason}",
        "With a chance of 0 it never comes. Raise the chance or take the card out.",
        _card("week >= 3", rest="    chance: 0\n"),
        _card("week >= 3", rest="    chance: 0.5\n"),
        help="Raise the chance, or take the card out.",
        severity=WARNING,
    )
    BEYOND = Page(
        "TPM423",
        "amount beyond what it changes",
        "{amount} on '{lever}', which goes from {low} to {high}",
        "One answer would take it from one end to the other, whatever was there before. Evidence of trust has no "
        "such end; a promise kept is worth 0.25 to 0.79.",
        _card("week >= 3", "says: Yes., then: {satisfaction.boss: 15}"),
        _card("week >= 3", "says: Yes., then: {satisfaction.boss: 0.15}"),
        help="Write a smaller amount; 'tpmsim docs levers' has the units.",
        severity=WARNING,
    )
