"""Codes of the balance of a scenario: what only many runs can show."""

from tpmsim.scenario.codes.page import NOTE, WARNING, Code, Page


class Balance(Code):
    """TPM80x is about the scenario as a whole, TPM81x about its decisions, TPM82x about its numbers."""

    BROKEN = Page(
        "TPM801",
        "contract broken",
        "{what} is {found}; the contract asks for {asked}",
        "The section `balance` asks for something of many runs, and it was measured otherwise. Tune the scenario, or "
        "the contract.",
        severity=WARNING,
    )
    LITTLE_SKILL = Page(
        "TPM802",
        "play hardly matters",
        "the best policy, {policy}, beats random play in {found} of the seeds only; wanted is {asked}",
        "Whoever plays well should nearly always do better than chance moves would in the same world. Give decisions "
        "more weight, or luck less; another bound can be set under `balance.beats_random`.",
        severity=WARNING,
    )
    MUCH_LUCK = Page(
        "TPM803",
        "too much luck",
        "luck is {found} of the variance of scores; wanted is {asked}",
        "The score tells more of the seed than of the play. Narrow the chances that matter most; another bound can be "
        "set under `balance.luck_share`.",
        severity=WARNING,
    )
    ONE_TRICK = Page(
        "TPM804",
        "one trick wins",
        "{found} of the runs of {policy}, which decides one thing in advance, are among the best tenth of the ladder, "
        "those with {top} points or more; wanted is {asked}",
        "A player who decides one thing in advance and never looks should not be among the best more often than the "
        "policies of the ladder are on average.",
        severity=WARNING,
    )
    BETTER_THAN_REFERENCE = Page(
        "TPM805",
        "one trick beats the reference policy",
        "{policy}, which decides one thing in advance, scores {margin} points more than {other} on the same seeds "
        "({low} to {high})",
        "In all else it plays as the reference policy does, so that its idea is worth that much. That may be what the "
        "scenario is to teach; if not, see what the idea costs too little.",
        severity=NOTE,
    )
    FALSE_CHOICE = Page(
        "TPM811",
        "false choice",
        "{answer} is always the best answer; {others}",
        "Of the states in which the question comes up, hardly any makes another answer better. Give the others "
        "something that they are better for, in some states at least.",
        severity=WARNING,
    )
    DOMINATED = Page(
        "TPM812",
        "dominated answer",
        "{answer} is never the best and better for no visible number; {other} scores {margin} more",
        "Another answer is better for the score, and no visible number is better off with this one, neither a week "
        "later nor at the end. Let it do something well.",
        severity=WARNING,
    )
    NEVER_BEST = Page(
        "TPM813",
        "answer that is never the best",
        "{answer} is never the best; {other} scores {margin} more",
        "In no state that is reached does this answer lead to the best score. Let there be states in which it is "
        "right.",
        severity=WARNING,
    )
    TRAP = Page(
        "TPM814",
        "trap",
        "{answer} is taken in {taken} of the states by naive play, and scores {margin} less than {other}",
        "It looks good and is clearly worse. That may be just what the scenario is to teach; then its consequences "
        "should be told.",
        severity=NOTE,
    )
    COIN_FLIP = Page(
        "TPM815",
        "answers that make no difference",
        "the answers make no difference to the score: {stake} at most, within noise",
        "Whatever is answered, the score is the same but for noise. Give the answers other consequences, or keep the "
        "card for its story.",
        severity=NOTE,
    )
    PLAIN_GATE = Page(
        "TPM816",
        "gate without a question",
        "at the gate of {stage} {answer} is always best",
        "In the states in which the gate is asked for, hardly any makes another decision better.",
        severity=NOTE,
    )
    NEVER_RISES = Page(
        "TPM821",
        "number that never rises",
        "{number} never rises",
        "In no run of any policy did this visible number rise. A number that only falls tells a player nothing.",
        severity=WARNING,
    )
    NEVER_FALLS = Page(
        "TPM822",
        "number that never falls",
        "{number} never falls",
        "In no run of any policy did this visible number fall. A number that only rises tells a player nothing.",
        severity=WARNING,
    )
    TELLS_NOTHING = Page(
        "TPM823",
        "number that tells nobody apart",
        "{number} ends about alike whoever plays: policies differ by {found} standard deviations at most",
        "However one plays, this visible number ends alike: no two policies differ by half a standard deviation.",
        severity=WARNING,
    )
