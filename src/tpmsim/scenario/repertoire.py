"""The repertoire: every move of a scenario, enumerated once with its hours, conditions and effects.

A kind of move is one short function here. What a move does is data (`rules.Effect`), so neither legality nor the
core knows kinds. Reasons are given as the player will read them: what is missing, not what is forbidden.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tpmsim.core.conditions import Expr, Ref
from tpmsim.core.mechanics.promises import (
    CREDIT,
    CREDIT_ELSEWHERE,
    ESCALATED,
    EVIDENCE_GIVEN,
    ONE_TO_ONE,
    TRADED,
    TRADED_ELSEWHERE,
    WORDS,
)
from tpmsim.core.rules import Check, Effect, Move, Op, Trigger
from tpmsim.core.state import NOBODY
from tpmsim.scenario.asked import asked
from tpmsim.scenario.levers import Lever
from tpmsim.scenario.schema import Answer, Scenario, StageId, Stakeholder

CLAIMS = {"quiet": 0.6, "plain": 0.8, "bold": 1.2}
"""assumption: how much of each feature is claimed, by the word of the move."""

CRITERIA = {"loose": -0.4, "fair": -0.1, "strict": 0.2}
"""assumption: sentiment below which a launch is to stop, by the word of the move."""

OVERTIME = {"none": 0.0, "some": 0.1, "hard": 0.25}
"""assumption: share of the normal week that is worked on top, by the word of the move."""

EVERYWHERE = ("research", "roadmap", "build", "launch", "live")
"""definition: the stages."""

AIMING = ("research", "roadmap")
"""definition: stages in which a target and a problem are chosen."""

LEARNING = {
    "needs": ("research", "roadmap", "live"),
    "effort": ("research", "roadmap", "build"),
    "rivals": ("research", "roadmap", "launch", "live"),
}
"""definition: stages in which an instrument can be used, by what it is about."""

WORKING = ("build", "design", "market", "sell")
"""definition: functions whose work can be let slide; of the others only answers can be had late."""

TRADED_WORD = "plan"
"""definition: word of the promise that a trade makes."""

STUDY = 4.0
"""assumption: hours of a session of study."""

CONFERENCE_HOURS, CONFERENCE_COST, CONFERENCE_LOOKS = 6.0, 2000.0, 3.0
"""assumption: what a conference takes, and how many looks at the trend feed it is worth."""

MOST_MOVES = 480
"""definition: moves of a scenario at most. Each costs time in every week of every run. With fourteen features, five
stakeholders, trades and study a scenario has some 400; one with much more asks for more than a player can weigh."""


def traded_weeks(scenario: Scenario) -> int:
    """Weeks from now for which a trade promises: the middle one of those that can be said."""
    return scenario.horizons[len(scenario.horizons) // 2]


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What the kinds of moves need to know of the scenario.

    Attributes:
        scenario: as its author wrote it.
        stages: ids of the stages, in order.
        parse: turns the text of one of our own conditions into a tree.
        lever: what a named lever of an answer changes.
        guards: conditions of answers by (card, answer), already parsed.
        required: conditions of gates by (stage, requirement), already parsed.
    """

    scenario: Scenario
    stages: tuple[str, ...]
    parse: Callable[[str], Expr]
    lever: Callable[[str], Lever]
    guards: Mapping[tuple[str, str], Expr]
    required: Mapping[tuple[str, str], Expr]

    def moves(self) -> tuple[Move, ...]:
        """All moves, in the order in which screens list them."""
        kinds = (
            self._learn,
            self._aim,
            self._plan,
            self._order,
            self._team,
            self._market,
            self._people,
            self._trades,
            self._promises,
            self._self,
            self._gates,
            self._answers,
        )
        return tuple(move for kind in kinds for move in kind())

    def _move(
        self,
        move_id: str,
        hours: float,
        effects: list[Effect],
        stages: tuple[str, ...] = EVERYWHERE,
        cost: float = 0.0,
        checks: tuple[tuple[str, str], ...] = (),
    ) -> Move:
        return Move(
            id=move_id,
            kind=move_id.split(":")[0],
            hours=hours,
            cost=cost,
            stages=tuple(stage in stages for stage in self.stages),
            checks=tuple(Check(self.parse(when), reason) for when, reason in checks),
            effects=tuple(effects),
        )

    def _learn(self) -> Iterator[Move]:
        game = self.scenario
        for i, (name, tool) in enumerate(game.instruments.items()):
            field, targets = {
                "needs": ("queue", list(game.market.segments)),
                "effort": ("spiking", list(game.features)),
                "rivals": ("looking", list(game.market.rivals)),
            }[tool.about]
            for row, target in enumerate(targets):
                if not tool.asks(target):
                    continue
                place = (i, row) if tool.about == "needs" else (row,)
                done = ((f"complete.{target} == 0", "it is built already"),) if tool.about == "effort" else ()
                yield self._move(
                    f"{name}:{target}",
                    tool.hours,
                    [_add(field, 1.0, *place)],
                    LEARNING[tool.about],
                    tool.cost,
                    done,
                )

    def _aim(self) -> Iterator[Move]:
        for row, name in enumerate(self.scenario.market.segments):
            checks: tuple[tuple[str, str], ...] = ((f"target != {name}", "it is the target already"),)
            yield self._move(f"target:{name}", 1.0, [_set("target", row)], AIMING, checks=checks)
        for row, name in enumerate(self.scenario.needs):
            checks = (
                (f"found.{name} == 1", "nobody has told you of it yet"),
                (f"problem != {name}", "it is the problem already"),
            )
            yield self._move(f"problem:{name}", 1.0, [_set("problem", row)], AIMING, checks=checks)

    def _plan(self) -> Iterator[Move]:
        stages = ("roadmap", "live")
        for j, (name, feature) in enumerate(self.scenario.features.items()):
            free = (f"committed.{name} == 0", "it is in the plan already")
            for word, confidence in WORDS.items():
                for weeks in self.scenario.horizons:
                    effects = [
                        _set("committed", 1.0, j),
                        _set("word", confidence, j),
                        _set("promised_to", self._sponsor(feature.sponsor), j),
                        Effect(Ref("due", (j,)), Op.WEEK, float(weeks)),
                    ]
                    checks = (
                        free,
                        (f"due.{name} == 0", "it is promised already; put it in the plan as it stands"),
                        (f"weeks.left > {weeks}", "the run ends before that week"),
                    )
                    yield self._move(f"commit:{name}/{word}/in{weeks}", 1.0, effects, stages, checks=checks)
            yield self._move(
                f"plan:{name}",
                1.0,
                [_set("committed", 1.0, j)],
                stages,
                checks=(free, (f"due.{name} > 0", "nothing is promised; commit it with a word and a week")),
            )

    def _order(self) -> Iterator[Move]:
        for j, name in enumerate(self.scenario.features):
            inside = (
                (f"committed.{name} == 1", "it is not in the plan"),
                (f"complete.{name} == 0", "it is built already"),
            )
            yield self._move(
                f"drop:{name}", 1.0, [_set("committed", 0.0, j)], ("roadmap", "build", "live"), checks=inside
            )
            others = [_add("rank", 1.0, k) for k in range(len(self.scenario.features)) if k != j]
            yield self._move(
                f"first:{name}",
                0.5,
                [_set("rank", 0.0, j), *others],
                ("roadmap", "build", "live"),
                checks=inside,
            )
            yield self._move(
                f"cut:{name}",
                1.0,
                [_set("kept", self.scenario.build.cut, j)],
                ("build", "live"),
                checks=(*inside, (f"kept.{name} == 1", "its scope is cut already")),
            )

    def _team(self) -> Iterator[Move]:
        building = ("roadmap", "build", "launch", "live")
        for row, name in enumerate(self.scenario.profiles):
            checks = ((f"profile != {name}", "the team works so already"),)
            yield self._move(f"profile:{name}", 1.0, [_set("profile", row)], building, checks=checks)
        for name, share in OVERTIME.items():
            checks = ((f"overtime != {share}", "the team works so already"),)
            yield self._move(f"overtime:{name}", 0.5, [_set("overtime", share)], building[1:], checks=checks)
        team = self.scenario.team
        yield self._move(
            "hire:engineer",
            2.0,
            [_add("hiring", 1.0)],
            building[:2],
            team.recruiting,
            # Persons are sums of shares that learn, and may be a bit more or less than whole.
            ((f"people.coming < {team.most - 0.5}", f"headcount is capped at {team.most:g}"),),
        )
        yield self._move(
            "release:engineer",
            2.0,
            [_add("experienced", -1.0)],
            building,
            checks=(("people.experienced >= 2", "somebody has to stay"),),
        )

    def _market(self) -> Iterator[Move]:
        game = self.scenario
        for price in game.money.prices:
            checks = ((f"price != {price}", "that is the price already"),)
            yield self._move(
                f"price:{price:g}", 1.0, [_set("price", price)], ("roadmap", "launch", "live"), checks=checks
            )
        for name, claim in CLAIMS.items():
            checks = ((f"claim != {claim}", "that is what we say already"),)
            yield self._move(f"claim:{name}", 1.0, [_set("claim", claim)], ("launch", "live"), checks=checks)
        for spend in game.money.spends:
            checks = ((f"spend != {spend}", "that is what we spend already"),)
            yield self._move(f"spend:{spend:g}", 0.5, [_set("spend", spend)], ("launch", "live"), checks=checks)
        for agents in game.support.choices if game.support is not None else ():
            checks = ((f"agents != {agents}", "there are so many already"),)
            yield self._move(f"agents:{agents}", 1.0, [_set("agents", agents)], ("launch", "live"), checks=checks)
        for name, level in CRITERIA.items():
            written = (
                (f"criteria != {level}", "that is written down already"),
                (f"wave == 0 or criteria < {level}", "criteria are not softened after a wave"),
            )
            yield self._move(f"criteria:{name}", 1.0, [_set("criteria", level)], ("launch",), checks=written)
        live = " or stage == live" if "live" in self.stages else ""
        for number, share in enumerate(game.market.waves):
            opens = [_set("wave", number + 1), _week("wave_week")]
            asks = (
                (f"wave >= {number}", "the smaller wave comes first"),
                (f"wave <= {number}", "that wave is open already"),
                (f"criteria > -9{live}", "write down your kill criteria first"),
                ("wave == 0 or wave.week < week", "let the last wave speak for a week"),
                ("completed >= 1", "nothing is finished that could be shown"),
                (f"tripped == 0{live}", "the kill criteria are met"),
            )
            yield self._move(f"wave:{round(share * 100)}", 1.0, opens, ("launch", "live"), checks=asks)

    def _people(self) -> Iterator[Move]:
        count = len(self.scenario.stakeholders)
        for a, name in enumerate(self.scenario.stakeholders):
            here = (
                (f"gone.{name} == 0", "they have left"),
                (f"met.{name} == 0", "you had their ear this week"),
            )
            met = [_set("met", 1.0, a), _set("unheard", 0.0, a)]
            yield self._move(f"talk:{name}", 1.0, [*met, _add("kept_weight", ONE_TO_ONE, a)], checks=here)
            yield self._move(
                f"share:{name}",
                2.0,
                [*met, _add("kept_weight", EVIDENCE_GIVEN, a), _set("evidence", 1.0, a)],
                checks=(*here, ("sources >= 1", "there is no evidence to share yet")),
            )
            others = [_add("satisfaction", CREDIT_ELSEWHERE, b, low=-1.0) for b in range(count) if b != a]
            yield self._move(f"credit:{name}", 1.0, [*met, _add("kept_weight", CREDIT, a), *others], checks=here)
            if self.scenario.stakeholders[name].function in WORKING:
                yield self._move(
                    f"escalate:{name}",
                    1.0,
                    [*met, _add("broken_weight", ESCALATED, a), _set("acted", NOBODY, a)],
                    checks=(
                        *here,
                        (f"acted.{name} == neglect", "they are not dragging their feet"),
                        (f"chased.{name} == 0", "there is no work that they let slide, and the chasing is done"),
                    ),
                )

    def _trades(self) -> Iterator[Move]:
        """This for that: a feature in the plan, promised to whoever asks for it, and their yes at the next gate.

        Not in a stage that no gate follows: there a yes buys nothing.
        """
        people, weeks = list(self.scenario.stakeholders), traded_weeks(self.scenario)
        voted = [stage for stage, spec in self.scenario.lifecycle.items() if spec.go is not None]
        stages = tuple(stage for stage in ("roadmap", "build", "launch", "live") if stage in voted)
        if not stages:
            return
        for j, (name, feature) in enumerate(self.scenario.features.items()):
            if feature.sponsor not in people:
                continue
            a = people.index(feature.sponsor)
            others = [_add("satisfaction", TRADED_ELSEWHERE, b, low=-1.0) for b in range(len(people)) if b != a]
            effects = [
                _set("committed", 1.0, j),
                _set("word", WORDS[TRADED_WORD], j),
                _set("promised_to", a, j),
                Effect(Ref("due", (j,)), Op.WEEK, float(weeks)),
                _set("backing", 1.0, a),
                _set("met", 1.0, a),
                _set("unheard", 0.0, a),
                Effect(Ref("satisfaction", (a,)), Op.ADD, TRADED, high=1.0),
                *others,
            ]
            checks = (
                (f"committed.{name} == 0", "it is in the plan already"),
                (f"due.{name} == 0", "it is promised already"),
                (f"gone.{people[a]} == 0", "they have left"),
                (f"met.{people[a]} == 0", "you had their ear this week"),
                (f"weeks.left > {weeks}", "the run ends before that week"),
            )
            yield self._move(f"trade:{people[a]}/{name}", 1.0, effects, stages, checks=checks)

    def _self(self) -> Iterator[Move]:
        for row, name in enumerate(("technology", "leadership")):
            checks = ((f"skill.{name} < 0.99", "there is nothing left to learn here"),)
            yield self._move(f"study:{name}", STUDY, [_add("studying", STUDY, row)], checks=checks)
        if self.scenario.trends:
            yield self._move("read:trends", 1.0, [_add("reading", 1.0)])
            heard = [_add("reading", CONFERENCE_LOOKS)]
            yield self._move("conference:trends", CONFERENCE_HOURS, heard, cost=CONFERENCE_COST)

    def _promises(self) -> Iterator[Move]:
        for j, name in enumerate(self.scenario.features):
            ahead = (
                (f"due.{name} > 0", "nothing is promised"),
                (f"due.{name} > week", "it is due this week; too late to warn anybody"),
                (f"moved.{name} == 0", "you have warned them already"),
            )
            later = _set("moved", float(self.scenario.horizons[0]), j)
            last = self.scenario.weeks - self.scenario.horizons[0]
            in_time = (f"due.{name} <= {last}", "the run ends before the later week")
            yield self._move(f"renegotiate:{name}", 1.0, [later], checks=(*ahead, in_time))
            yield self._move(f"withdraw:{name}", 1.0, [_set("moved", -1.0, j)], checks=ahead)

    def _gates(self) -> Iterator[Move]:
        free = ("gate.asked == none", "one decision a week")
        begun = ("week >= 1", "the planning week comes first")
        time = ("weeks.left > 1", "the run ends with this week; nothing comes after")
        planned = ("planned >= 1", "there is nothing in the plan that could be built")
        for stage, spec in self.scenario.lifecycle.items():
            hours = self.scenario.gates[stage].hours if stage in self.scenario.gates else 1.0
            if spec.go is not None:
                go = self._gate(stage, "go", Trigger.GO, hours, (free, begun, time))
                yield replace(go, checks=(*go.checks, *self._asked(stage)))
                leap = (free, begun, time, *((planned,) if self.scenario.lifecycle[spec.go].works else ()))
                yield self._gate(stage, "leap", Trigger.LEAP, hours, leap)
                yield self._gate(stage, "hold", Trigger.HOLD, 0.5, (free, begun, time))
            if spec.recycle is not None:
                yield self._gate(stage, "recycle", Trigger.RECYCLE, hours, (free, begun, time))
            if spec.sunset:
                yield self._gate(stage, "sunset", Trigger.SUNSET, hours, (free, begun))
            yield self._gate(stage, "kill", Trigger.KILL, 1.0, (free, begun))

    def _asked(self, stage: StageId) -> Iterator[Check]:
        """What the gate of a stage requires, as checks of the move that asks it to open."""
        if stage in self.scenario.gates:
            for item, requirement in self.scenario.gates[stage].requires.items():
                yield Check(self.required[stage, item], f"the gate asks: {requirement.says.plain()}")

    def _gate(self, stage: str, word: str, trigger: Trigger, hours: float, checks: tuple[tuple[str, str], ...]) -> Move:
        return self._move(f"gate:{stage}/{word}", hours, [_set("trigger", trigger)], (stage,), checks=checks)

    def _answers(self) -> Iterator[Move]:
        for e, (card_id, card) in enumerate(self.scenario.cards.items()):
            speaker = list(self.scenario.stakeholders).index(card.speaker)
            for place, (answer_id, answer) in enumerate(card.answers.items()):
                checks = [Check(self.parse(f"open.{card_id} == 1"), "nobody asks that now")]
                if (card_id, answer_id) in self.guards:
                    guard = self.guards[card_id, answer_id]
                    checks.append(Check(guard, asked(self.scenario, guard)))
                given = [_set("open", 0.0, e), _set("answered", place, e), _week("answered_week", e)]
                given.append(_set("unheard", 0.0, speaker))
                effects = [*given, *self._promised(answer, speaker), *self._levered(answer)]
                if answer.promise is not None:
                    free = self.parse(f"due.{answer.promise.feature} == 0")
                    checks.append(Check(free, "it is promised to somebody already"))
                    ahead = self.parse(f"week < {answer.promise.week}")
                    checks.append(Check(ahead, "the promised week has come already"))
                yield Move(
                    id=f"answer:{card_id}/{answer_id}",
                    kind="answer",
                    hours=answer.hours,
                    cost=answer.cost,
                    stages=tuple(stage != "ended" for stage in self.stages),
                    checks=tuple(checks),
                    effects=tuple(effects),
                )

    def _promised(self, answer: Answer, speaker: int) -> list[Effect]:
        if answer.promise is None:
            return []
        j = list(self.scenario.features).index(answer.promise.feature)
        return [
            _set("due", answer.promise.week, j),
            _set("word", WORDS[answer.promise.confidence], j),
            _set("promised_to", speaker, j),
        ]

    def _levered(self, answer: Answer) -> list[Effect]:
        return [self.lever(name).effect(amount) for name, amount in answer.then.items()]

    def _sponsor(self, name: str | None) -> int:
        people: dict[str, Stakeholder] = self.scenario.stakeholders
        if name is not None:
            return list(people).index(name)
        sponsors = [row for row, one in enumerate(people.values()) if one.function == "sponsor"]
        return sponsors[0] if sponsors else 0


def _set(field: str, value: float, *row: int) -> Effect:
    return Effect(Ref(field, row), Op.SET, float(value))


def _add(field: str, value: float, *row: int, low: float = -1e15) -> Effect:
    return Effect(Ref(field, row), Op.ADD, value, low=low)


def _week(field: str, *row: int) -> Effect:
    return Effect(Ref(field, row), Op.WEEK, 0.0)
