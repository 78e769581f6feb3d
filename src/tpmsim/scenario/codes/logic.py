"""Codes of the logic layer: parts that are each allowed and together make no game."""

from tpmsim.scenario.codes.page import Code, Page


class Logic(Code):
    """TPM40x and TPM410."""

    LIFECYCLE = Page(
        "TPM401",
        "lifecycle that cannot be played",
        "{problem}",
        "A stage leads nowhere, or is never reached.",
        "lifecycle:\n  research: {title: Research, go: build}\n",
        "lifecycle:\n  research: {title: Research, go: build}\n"
        "  build: {title: Build, works: true, go: live}\n  live: {title: Live, sells: true, sunset: true}\n",
        help="See docs/scenario-format.md, lifecycle.",
    )
    NO_RANGE = Page(
        "TPM402",
        "objective without a range",
        "worst and best are the same",
        "Worst and best are the same, so nothing can be scored.",
        "objectives:\n  customers: {value: customers, worst: 500, best: 500, says: Customers}\n",
        "objectives:\n  customers: {value: customers, worst: 0, best: 500, says: Customers}\n",
        help="Let them differ.",
    )
    TOO_MANY_MOVES = Page(
        "TPM403",
        "too many moves",
        "the scenario has {found} moves; at most {limit} can be offered",
        "Features, segments and horizons make more moves than can be offered.",
        "horizons: [" + ", ".join(map(str, range(1, 61))) + "]\nfeatures:\n"
        "  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n"
        "  slow_path: {title: Slow path, serves: {speed: 0.5}, points: 6}\n"
        "  no_path: {title: No path, serves: {speed: 0.1}, points: 2}\n",
        "horizons: [4, 8, 13]\n",
        help="Leave out features, segments or horizons.",
    )
    HOLDS_UP = Page(
        "TPM404",
        "card that can hold up a week for ever",
        "{problem}",
        "It must be answered, but every answer asks for hours, money or a condition.",
        "cards:\n  hello:\n    {when: week >= 1, from: boss, says: Hello., answers: {aye: {says: Aye., hours: 2}}}\n",
        "cards:\n  hello:\n    {when: week >= 1, from: boss, says: Hello., answers: {aye: {says: Aye.}}}\n",
    )
    NOTHING = Page(
        "TPM405",
        "nothing there",
        "{problem}",
        "The scenario needs at least one of these.",
        "objectives: {}\n",
        "objectives:\n  customers: {value: customers, worst: 0, best: 500, says: Customers}\n",
        help="A scenario needs at least one.",
    )
    TAKEN = Page(
        "TPM406",
        "name that is taken",
        "{problem}",
        "The id already means something else, or is there once too often.",
        "instruments:\n  talk: {title: Talks}\n",
        "instruments:\n  long_talk: {title: Long talks}\n",
        help="Choose another id.",
    )
    ORDER = Page(
        "TPM407",
        "values out of order",
        "{name} must rise, each above the one before",
        "They are a ladder: each must lie above the one before.",
        "horizons: [8, 4]\n",
        "horizons: [4, 8]\n",
        help="Sort them; no value twice.",
    )
    CIRCLE = Page(
        "TPM408",
        "circle of dependencies",
        "features wait for each other: {features}",
        "Features wait for each other, so none can be begun.",
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12, depends: [slow_path]}\n"
        "  slow_path: {title: Slow path, serves: {speed: 1}, points: 12, depends: [fast_path]}\n",
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n"
        "  slow_path: {title: Slow path, serves: {speed: 1}, points: 12, depends: [fast_path]}\n",
        help="One of them must not wait.",
    )
    GOALS = Page(
        "TPM409",
        "goals too heavy",
        "goals of '{name}' sum to {whole}; at most 1 in size",
        "The weights of a stakeholder's goals sum to more than 1 in size.",
        "stakeholders:\n  boss: {name: Bo, role: Sponsor, function: sponsor, goals: {customers: 0.9, cash: 0.4}}\n",
        "stakeholders:\n  boss: {name: Bo, role: Sponsor, function: sponsor, goals: {customers: 0.6, cash: 0.4}}\n",
        help="Divide each by {whole}.",
    )
    LATE = Page(
        "TPM410",
        "promise beyond the end",
        "promised for week {week}; the run has {weeks}",
        "The promised week comes after the last week of the run.",
        "cards:\n  hello:\n    when: week >= 1\n    from: boss\n    says: Hello?\n"
        "    answers:\n      later: {says: Later.}\n"
        "      aye: {says: Aye., promise: {feature: fast_path, week: 40, confidence: plan}}\n",
        "cards:\n  hello:\n    when: week >= 1\n    from: boss\n    says: Hello?\n"
        "    answers:\n      later: {says: Later.}\n"
        "      aye: {says: Aye., promise: {feature: fast_path, week: 10, confidence: plan}}\n",
        help="At most {weeks}.",
    )
