"""Glossary: one word per thing, each in a sentence a newcomer understands."""

WORDS: tuple[tuple[str, str], ...] = (
    ("week", "your turn. You do things, then end it; only then does the world answer."),
    ("focus hours", "your own time in a week. Most things cost some. What is left over is lost."),
    ("stage", "where the product stands: from research to live. A gate stands between two stages."),
    ("gate", "the decision to move on. Your colleagues vote when the week ends; some votes weigh more."),
    ("need, segment", "what customers want; who wants it. What it is really worth to them is hidden."),
    ("worth", "how much a need decides whether somebody buys: 0 is nothing, +1 is a lot, below 0 puts them off."),
    ("belief", "a middle and a width: 8 times in 10 the truth lies within the width. Asking narrows it."),
    ("bias", "an error that asking the same way again does not remove. Ask in another way instead."),
    ("spike", "engineers try something for a few hours, to estimate it better."),
    ("person-week", "what one experienced engineer gets done in a week."),
    ("promise", "to whom, what, by which week, and how sure: 'aim' 50 %, 'plan' 70 %, 'commit' 90 %."),
    ("reported progress", "what is said to be done. Wrong work counts as done until somebody finds it."),
    ("trust", "how far somebody counts on your word. Kept promises earn it slowly, broken ones spend it fast."),
    ("mood", "how somebody feels about the product. The unhappy complain, then slow down, then leave."),
    ("intent", "what somebody will do next week unless something changes."),
    ("delegate", "to let a colleague who trusts you decide in an area each week; half of your hours stay yours."),
    ("card", "a situation that waits for your answer. No answer is an answer too."),
    ("wave", "how many of those who would sign up are let in."),
    ("kill criteria", "written down before the launch: what customers would have to say for you to stop."),
    ("claim", "how much we say that it does. More brings people in, and sends the disappointed away."),
)
