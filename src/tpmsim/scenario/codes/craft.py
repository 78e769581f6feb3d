"""Codes of craft: what works and is not good yet. All are notes."""

from tpmsim.scenario.codes.page import NOTE, Code, Page


def _card(*answers: str, says: str = "Are we late?", silence: str = "no") -> str:
    """An example with one card and these answers."""
    head = f'cards:\n  late:\n    when: "week >= 3"\n    from: boss\n    says: "{says}"\n    silence: {silence}\n'
    return head + "    answers:\n" + "".join(f"      {one}\n" for one in answers)


_YES = "yes: {says: Yes., then: {satisfaction.boss: -0.1, trust.boss: 0.2}}"
_NO = "no: {says: No., then: {satisfaction.boss: 0.05, trust.boss: -0.1}}"
_LAUNCHED = "  launched: {when: customers > 0, title: Launched, says: It is out., good: true}\n"
_STOPPED = "  stopped: {when: ended == kill, title: Stopped, says: In time., good: true}\n"
_FAILED = (
    "  broke: {when: ended == money, title: Broke, says: It was spent.}\n"
    "  fired: {when: ended == fired, title: Fired, says: Bo has left.}\n"
)
_OVER = "  other: {when: week >= 0, title: Over, says: That was all.}\n"


class Craft(Code):
    """TPM5xx."""

    LONG_CARD = Page(
        "TPM501",
        "card that is too long",
        "the card '{card}' has {count} words",
        "More than 45 words of a card are not read. What matters comes first; the rest can go into the reply.",
        _card(_YES, _NO, says="Are we late? " + "I ask because the others ask me. " * 7),
        _card(_YES, _NO, says="Are we late? The others ask me."),
        help="At most {most} are read.",
        severity=NOTE,
    )
    LONG_ANSWER = Page(
        "TPM502",
        "answer that is too long",
        "the answer '{answer}' has {count} words",
        "More than 18 words of an answer are not read.",
        _card("yes: {says: " + "Yes we are and I should have told you so " * 2 + ", then: {trust.boss: 0.2}}", _NO),
        _card("yes: {says: Yes. I should have told you., then: {trust.boss: 0.2}}", _NO),
        help="At most {most} are read.",
        severity=NOTE,
    )
    WIDE = Page(
        "TPM503",
        "text that does not fit its column",
        "{what}, of which screens show {most}",
        "Screens of 80 columns cut it, and what is cut off is missed.",
        "features:\n  fast_path: {title: A fast path through all of the counter, serves: {speed: 1}, points: 12}\n",
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n",
        severity=NOTE,
    )
    LONG_WORD = Page(
        "TPM504",
        "word longer than a line",
        "{word} is longer than a line",
        "Such a word is broken somewhere. Write an address or a name in a shorter form.",
        "brief: Read shops.example/" + "a-very-long-way-to-a-page/" * 3 + " first.\n",
        "brief: Read their page first.\n",
        help="Break it into words of at most {most} characters.",
        severity=NOTE,
    )
    BEATEN = Page(
        "TPM505",
        "answer that another beats",
        "the answer '{better}' is at least as good as '{answer}' in everything, and costs no more",
        "Another answer costs no more, can be given whenever this one can, and is at least as good in all that it "
        "changes. Nobody who reads both has a reason to give it.",
        _card("yes: {says: Yes., then: {trust.boss: 0.2}}", "no: {says: No., then: {trust.boss: -0.1}}"),
        _card(_YES, _NO),
        help="Let each be better in something.",
        severity=NOTE,
    )
    NO_EFFECT = Page(
        "TPM506",
        "answer without effect",
        "the answer '{answer}' changes nothing",
        "It has neither `then` nor `promise`, so nobody notices that it was given.",
        _card(_YES, "no: {says: No.}"),
        _card(_YES, _NO),
        help="Give it a 'then:', if only what somebody thinks of it.",
        severity=NOTE,
    )
    ONE_ANSWER = Page(
        "TPM507",
        "card with one answer",
        "the card '{card}' has one answer, so it asks nothing",
        "Nothing is asked where only one thing can be said.",
        _card(_NO),
        _card(_YES, _NO),
        help="Add another answer, or tell it in the brief or the guide.",
        severity=NOTE,
    )
    SAME_EFFECT = Page(
        "TPM508",
        "two answers that do the same",
        "the answers '{first}' and '{second}' do the same",
        "They cost the same and change the same, so the choice between them is none.",
        _card(_NO, _NO.replace("no:", "never:").replace("No.", "Never.")),
        _card(_NO, "never: {says: Never., then: {satisfaction.boss: -0.2, trust.boss: 0.1}}"),
        help="Let them differ in what they cost or change.",
        severity=NOTE,
    )
    NOBODY_PAYS = Page(
        "TPM509",
        "card on which nobody pays",
        "no answer to '{card}' costs anybody's trust or mood",
        "Serving one has to cost another somewhere, or to please everybody wins. Let each answer lower the trust or "
        "the mood of somebody.",
        _card("yes: {says: Yes., then: {trust.boss: 0.2}}", "no: {says: No., then: {satisfaction.builder: 0.1}}"),
        _card(_YES, _NO),
        help="Let each answer disappoint somebody.",
        severity=NOTE,
    )
    FEW_GOOD_ENDINGS = Page(
        "TPM510",
        "too few good endings",
        "{count} counts as good",
        "With one good ending there is one way to play. Several should be worth reaching.",
        f"endings:\n{_FAILED}{_LAUNCHED}{_OVER}",
        f"endings:\n{_FAILED}{_STOPPED}{_LAUNCHED}{_OVER}",
        help="Let more than one way to play end well: 'good: true'.",
        severity=NOTE,
    )
    NO_QUESTIONS = Page(
        "TPM511",
        "nothing to talk about",
        "nothing to talk about afterwards",
        "Most is learned after play, from questions about what was decided. Write some.",
        "debrief: {questions: []}\n",
        "debrief: {questions: ['Which answer changed your plan?']}\n",
        help="Ask about decisions: 'debrief: {{questions: [...]}}'.",
        severity=NOTE,
    )
    TEACHES_NOTHING = Page(
        "TPM512",
        "not said what it teaches",
        "not said what it teaches",
        "Lists show it, and instructors choose by it.",
        "teaches: []\n",
        "teaches: [what an answer is worth]\n",
        help="Add 'teaches:' with a line for each.",
        severity=NOTE,
    )
    TODO_LEFT = Page(
        "TPM513",
        "note to yourself",
        "there is a 'todo:' left",
        "A `todo:` is left in the file.",
        "todo: a second rival\n",
        "teaches: [what a second rival does]\n",
        help="Do it, and take the note out.",
        severity=NOTE,
    )
    PLACEHOLDER = Page(
        "TPM514",
        "placeholder in a text",
        "{text} is shown as it stands",
        "Nothing is put in for it: texts are shown as they stand. Write the name itself.",
        'brief: "{boss} wants a launch."\n',
        "brief: Bo wants a launch.\n",
        help="Write the name itself.",
        severity=NOTE,
    )
    SAME_WORDS = Page(
        "TPM515",
        "two answers that say the same",
        "the answers '{first}' and '{second}' say the same",
        "A player cannot tell them apart.",
        _card(_YES.replace("Yes.", "Perhaps."), _NO.replace("No.", "Perhaps.")),
        _card(_YES, _NO),
        help="Tell them apart.",
        severity=NOTE,
    )
    EMPTY_SOURCE = Page(
        "TPM516",
        "empty source",
        "the source is empty",
        "A number with a `source:` says where it comes from. Without one it is written alone, and is an assumption.",
        'market:\n  p: {value: 0.03, source: ""}\n  segments:\n    shops: {title: Shops, size: 50000}\n',
        "market:\n  p: 0.03\n  segments:\n    shops: {title: Shops, size: 50000}\n",
        help="Name it, or write the number alone: it then counts as an assumption.",
        severity=NOTE,
    )
    GOOD_AFTER_BAD = Page(
        "TPM517",
        "good ending for a run that failed",
        "a run that is {why} can be told as '{ending}', which counts as good",
        "The first ending that holds is told, whatever ended the run. Endings for runs out of money, and for runs "
        "whose sponsor has left, belong above those that count customers.",
        f"endings:\n{_LAUNCHED}{_STOPPED}{_OVER}",
        f"endings:\n{_FAILED}{_STOPPED}{_LAUNCHED}{_OVER}",
        help="Put endings for {asked} above it.",
        severity=NOTE,
    )
