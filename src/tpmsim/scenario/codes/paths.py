"""Codes of the tests of a scenario: what may be wrong in `tests/*.yaml`, and what playing by them may bring up."""

from tpmsim.scenario.codes.page import Code, Page


class Paths(Code):
    """TPM70x is about the files, TPM71x about a step of a path."""

    STEP = Page(
        "TPM701",
        "step that cannot be read",
        "{problem}",
        "A step does exactly one thing; `within` goes with `until`, `weeks` with `play`, `times` with `move`.",
    )
    NO_MOVE = Page(
        "TPM702",
        "unknown move",
        "no move {name}",
        "The scenario has no such move; most often an id in it is misspelt.",
    )
    NO_POLICY = Page("TPM703", "unknown policy", "no policy {name}", "No policy has this name.")
    NO_SEED = Page(
        "TPM704",
        "no seed",
        "{text} is not a seed",
        "A seed is a text such as K7Q2-MX4D or a whole number.",
        help="Write one such as K7Q2-MX4D, or a whole number.",
    )
    NOT_MET = Page(
        "TPM711",
        "expectation not met",
        "path '{path}': expected {text}; {numbers}",
        "The path came to this step, and its condition did not hold there.",
    )
    MOVE_REFUSED = Page(
        "TPM712",
        "move refused",
        "path '{path}': '{move}' is refused: {reason}",
        "The path wants to make a move that is not legal at that time.",
    )
    MOVE_ALLOWED = Page(
        "TPM713",
        "move allowed",
        "path '{path}': '{move}' is legal here, and was to be refused",
        "The path expects a move to be refused, and it is legal at that time.",
    )
    CARD_IN_THE_WAY = Page(
        "TPM714",
        "card in the way",
        "path '{path}': the week cannot end: {cards} must be answered",
        "A week cannot end while a card waits for its answer. Answer it before that step.",
    )
    NOT_IN_TIME = Page(
        "TPM715",
        "not in time",
        "path '{path}': after {within} weeks still not {text}; {numbers}",
        "The condition of `until` did not come to hold within the weeks of that step.",
    )
    OTHER_ENDING = Page(
        "TPM716",
        "another ending",
        "path '{path}': expected the ending '{wanted}', and {found}",
        "The run ended otherwise than the path expects, or goes on.",
    )
    OVER = Page(
        "TPM717",
        "run over too early",
        "path '{path}': the run has ended before this step, with '{ending}'",
        "The run had ended before this step.",
    )


class Runs(Code):
    """TPM72x: what must hold after every week of every run."""

    ALWAYS = Page(
        "TPM721",
        "what must always hold does not",
        "{text} does not hold{numbers}{says}",
        "A condition under `always` did not hold after a week of some run.",
    )
    RANGE = Page(
        "TPM722",
        "number out of its range",
        "'{name}'{number} outside {low} to {high}",
        "A name left the range that the reference promises. Amounts that are far too large are the usual cause; if "
        "there are none, please report it.",
    )
    FINITE = Page(
        "TPM723",
        "number that is none",
        "'{name}' has become infinite or undefined",
        "A number became infinite or undefined. Look for amounts that are far too large.",
    )
    SCORE = Page(
        "TPM724",
        "score outside 0 to 100",
        "the score is outside 0 to 100",
        "The score of a run left its range. Look at the objectives.",
    )
    BLOCKED = Page(
        "TPM725",
        "card that holds up the week",
        "the card '{name}' must be answered, and none of its answers is possible",
        "A card must be answered and none of its answers was possible, so that the run cannot go on.",
    )
    CRASH = Page(
        "TPM726",
        "our bug or impossible numbers",
        "the week cannot be computed ({name}): our bug, or impossible numbers",
        "The week could not be computed. Please report the run file.",
    )
    TWIN = Page(
        "TPM727",
        "same moves, another run",
        "the same moves gave another run: '{name}' differs",
        "The same moves gave another run. That is our bug; please report it.",
    )
