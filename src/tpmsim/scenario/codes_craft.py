"""Codes of craft, TPM501 to TPM516: what works and is not good yet. All are warnings."""

from typing import Final

from tpmsim.scenario.explanation import WARNING, Explanation


def _card(*answers: str, says: str = "Are we late?", silence: str = "no") -> str:
    """An example with one card and these answers."""
    head = f'cards:\n  late:\n    when: "week >= 3"\n    speaker: boss\n    says: "{says}"\n    silence: {silence}\n'
    return head + "    answers:\n" + "".join(f"      {one}\n" for one in answers)


_YES = "yes: {says: Yes., then: {satisfaction.boss: -0.1, trust.boss: 0.2}}"
_NO = "no: {says: No., then: {satisfaction.boss: 0.05, trust.boss: -0.1}}"
_LAUNCHED = "  launched: {when: customers > 0, title: Launched, says: It is out., good: true}\n"
_STOPPED = "  stopped: {when: ended == kill, title: Stopped, says: In time., good: true}\n"
_OVER = "  other: {when: week >= 0, title: Over, says: That was all.}\n"


def _page(code: str, title: str, cause: str, bad: str, good: str) -> Explanation:
    return Explanation(code, title, cause, bad, good, WARNING)


PAGES: Final = (
    _page(
        "TPM501",
        "card that is too long",
        "More than 45 words of a card are not read. What matters comes first; the rest can go into the reply.",
        _card(_YES, _NO, says="Are we late? " + "I ask because the others ask me. " * 7),
        _card(_YES, _NO, says="Are we late? The others ask me."),
    ),
    _page(
        "TPM502",
        "answer that is too long",
        "More than 18 words of an answer are not read.",
        _card("yes: {says: " + "Yes we are and I should have told you so " * 2 + ", then: {trust.boss: 0.2}}", _NO),
        _card("yes: {says: Yes. I should have told you., then: {trust.boss: 0.2}}", _NO),
    ),
    _page(
        "TPM503",
        "text that does not fit its column",
        "Screens of 80 columns cut it, and what is cut off is missed.",
        "features:\n  fast_path: {title: A fast path through all of the counter, serves: {speed: 1}, size: 0.6}\n",
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, size: 0.6}\n",
    ),
    _page(
        "TPM504",
        "word longer than a line",
        "Such a word is broken somewhere. Write an address or a name in a shorter form.",
        "brief: Read shops.example/" + "a-very-long-way-to-a-page/" * 3 + " first.\n",
        "brief: Read their page first.\n",
    ),
    _page(
        "TPM505",
        "answer that another beats",
        "Another answer costs no more, can be given whenever this one can, and is at least as good in all that it "
        "changes. Nobody who reads both has a reason to give it.",
        _card("yes: {says: Yes., then: {trust.boss: 0.2}}", "no: {says: No., then: {trust.boss: -0.1}}"),
        _card(_YES, _NO),
    ),
    _page(
        "TPM506",
        "answer without effect",
        "It has neither `then` nor `promise`, so nobody notices that it was given.",
        _card(_YES, "no: {says: No.}"),
        _card(_YES, _NO),
    ),
    _page(
        "TPM507",
        "card with one answer",
        "Nothing is asked where only one thing can be said.",
        _card(_NO),
        _card(_YES, _NO),
    ),
    _page(
        "TPM508",
        "two answers that do the same",
        "They cost the same and change the same, so the choice between them is none.",
        _card(_NO, _NO.replace("no:", "never:").replace("No.", "Never.")),
        _card(_NO, "never: {says: Never., then: {satisfaction.boss: -0.2, trust.boss: 0.1}}"),
    ),
    _page(
        "TPM509",
        "card on which nobody pays",
        "Serving one has to cost another somewhere, or to please everybody wins. Let each answer lower the trust or "
        "the mood of somebody.",
        _card("yes: {says: Yes., then: {trust.boss: 0.2}}", "no: {says: No., then: {satisfaction.builder: 0.1}}"),
        _card(_YES, _NO),
    ),
    _page(
        "TPM510",
        "too few good endings",
        "With one good ending there is one way to play. Several should be worth reaching.",
        f"endings:\n{_LAUNCHED}{_OVER}",
        f"endings:\n{_STOPPED}{_LAUNCHED}{_OVER}",
    ),
    _page(
        "TPM511",
        "nothing to talk about",
        "Most is learned after play, from questions about what was decided. Write some.",
        "debrief: {questions: []}\n",
        "debrief: {questions: ['Which answer changed your plan?']}\n",
    ),
    _page(
        "TPM512",
        "not said what it teaches",
        "Lists show it, and instructors choose by it.",
        "teaches: []\n",
        "teaches: [what an answer is worth]\n",
    ),
    _page(
        "TPM513",
        "note to yourself",
        "A `todo:` is left in the file.",
        "todo: a second rival\n",
        "teaches: [what a second rival does]\n",
    ),
    _page(
        "TPM514",
        "placeholder in a text",
        "Nothing is put in for it: texts are shown as they stand. Write the name itself.",
        'brief: "{boss} wants a launch."\n',
        "brief: Bo wants a launch.\n",
    ),
    _page(
        "TPM515",
        "two answers that say the same",
        "A player cannot tell them apart.",
        _card(_YES.replace("Yes.", "Perhaps."), _NO.replace("No.", "Perhaps.")),
        _card(_YES, _NO),
    ),
    _page(
        "TPM516",
        "empty source",
        "A number with a `source:` says where it comes from. Without one it is written alone, and is an assumption.",
        'market:\n  p: {value: 0.03, source: ""}\n  segments:\n    shops: {title: Shops, size: 50000}\n',
        "market:\n  p: 0.03\n  segments:\n    shops: {title: Shops, size: 50000}\n",
    ),
)
"""In the order of their codes."""
