"""What if: another move in one week of a run, with the same luck, and how much of the difference is more than luck.

The branch is one world. It answers what would have happened here, not what was to be expected; so the *fan* stands
beside it: many futures from the same position, in worlds that fit what was known, with the move and without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rules import Rules
from tpmsim.debrief.courses import Course, course_of
from tpmsim.debrief.futures import Branch, Piece, Question, asked, keys_of
from tpmsim.debrief.hands import ALONE, Hands
from tpmsim.debrief.instead import own_moves
from tpmsim.debrief.judging import NOTHING, gain
from tpmsim.debrief.steps import question
from tpmsim.errors import IllegalMove, InputRefused, UsageError
from tpmsim.game.branch import branch, journal_of, keep
from tpmsim.game.files import run_path
from tpmsim.game.position import Position, moved
from tpmsim.game.records import Header
from tpmsim.game.replay import Replayed, replayed
from tpmsim.game.session import Session, answer_what_must_be
from tpmsim.lab.balance.statistics import Mean
from tpmsim.lab.executor import as_sent
from tpmsim.lab.policies import reference
from tpmsim.lab.policy import Policy
from tpmsim.lab.recorded import record
from tpmsim.text import shown_path

WITHOUT = "without:"
"""Before the id of a move that was made: what if it had not been?"""

SAME_QUESTION = "answers the question that the other move has answered"


@dataclass(frozen=True, slots=True)
class Turn:
    """The place at which a run takes another way.

    Attributes:
        start: the position at the start of the week.
        week: its number.
        kept: ids of the moves that are made before, as they were.
        replaced: id of the move in whose place the other one is made; empty where it is added.
        move: id of the other move; empty where the one that was made is left out.
        later: ids of the moves of the week that came after.
    """

    start: Position
    week: int
    kept: tuple[str, ...]
    replaced: str
    move: str
    later: tuple[str, ...]

    @property
    def made(self) -> tuple[str, ...]:
        """The other move, if any."""
        return (self.move,) if self.move else ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A move of the player that was not legal any more, and why."""

    week: int
    move: str
    why: str


@dataclass(frozen=True, slots=True)
class Way:
    """How the branch went on behind the turn.

    Attributes:
        dropped: moves of the player that were left out.
        forced: weeks and moves that answer cards which have to be answered, and which the player never met.
        policy: id of the policy that played on; empty where only the player's own moves were made.
        since: the week from which it did.
    """

    dropped: tuple[Dropped, ...]
    forced: tuple[tuple[int, str], ...]
    policy: str
    since: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Quantiles and mean of W over futures."""

    low: float
    middle: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class Fan:
    """Many futures from the same position.

    Attributes:
        n: how many of each.
        policy: id of who plays on in them.
        without, with_: how they end without the other move and with it.
        gain: mean paired difference, with its standard error.
        better, worse: in how many of them the move brings more, and in how many less; in the others no more than
            NOTHING either way.
        left_out: whether the other way is that a move is not made.
    """

    n: int
    policy: str
    without: Spread
    with_: Spread
    gain: Mean
    better: int
    worse: int
    left_out: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """Both ways of a run.

    Attributes:
        turn: where they part.
        was, now: the courses.
        way: how the branch went on.
        branch: the branch, which has no file of its own yet.
    """

    turn: Turn
    was: Course
    now: Course
    way: Way
    branch: Session


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Both ways of a run, and the fan.

    Attributes:
        turn: where they part.
        was, now: the courses.
        way: how the branch went on.
        path: of its file.
        fan: of futures.
    """

    turn: Turn
    was: Course
    now: Course
    way: Way
    path: Path
    fan: Fan


@dataclass(frozen=True, slots=True)
class Other:
    """A move that was legal in a week and was not made, at the place where `turn` would make it; or one to leave out.

    Attributes:
        at: the position before it.
        move: its id; WITHOUT and an id where a move is left out.
        replaced: id of the move in whose place it would be made; empty where it would be added.
    """

    at: Position
    move: str
    replaced: str


def others(run: Replayed, week: int) -> tuple[Other, ...]:
    """Every other way in a week: without what was done, then other answers to what was answered, then more moves.

    Args:
        run: exact.
        week: of the run.

    Raises:
        InputRefused: the run never came to that week.
    """
    positions = _positions(run, week)
    made = positions[-1].made
    answered = {asked: place for place, one in reversed(list(enumerate(made))) if (asked := question(one))}
    legal = [{choice.id for choice in one.choices if choice.legal} for one in positions]
    left = [Other(positions[place], WITHOUT + one, one) for place, one in enumerate(made) if not _must(run, one)]
    instead, added = list[Other](), list[Other]()
    for move in (row.id for row in run.loaded.rules.moves):
        place = answered.get(asked) if (asked := question(move)) else None
        last = max((at for at, ids in enumerate(legal) if move in ids), default=None)
        if place is not None:
            if move in legal[place] and move != made[place]:
                instead.append(Other(positions[place], move, made[place]))
        elif last is not None and move not in made[last:]:
            added.append(Other(positions[last], move, ""))
    return (*{one.move: one for one in left}.values(), *instead, *added)


def _must(run: Replayed, move: str) -> bool:
    """Whether a move answers a card that has to be answered."""
    asked = question(move)
    cards = [card.id for card in run.loaded.rules.cards if card.silence < 0]
    return asked is not None and asked[0] == "card" and asked[1] in cards


def turn(run: Replayed, week: int, move: str) -> Turn:
    """Where another move can be made in a week of a run.

    A move that answers a question of its own takes the place of the one that answered it. Any other one is added at the
    last place of the week at which it is legal. WITHOUT and the id of a move that was made leaves that out.

    Args:
        run: exact.
        week: of the run.
        move: id.

    Raises:
        InputRefused: the run never came to that week.
        IllegalMove: there is no such move, or it was not legal then; with the reason.
        UsageError: it is what was done; or one to leave out was not made, or answers what must be answered.
    """
    run.raise_unless_exact()
    positions = _positions(run, week)
    start, made = positions[0], positions[-1].made
    if move.startswith(WITHOUT):
        return _left_out(run, positions, move.removeprefix(WITHOUT))
    _refuse_unknown(start, move)
    wanted = question(move)
    place = next((i for i, one in enumerate(made) if wanted and question(one) == wanted), None)
    if place is None:
        place = _last_legal(positions, move)
        if move in made[place:]:
            raise _done(move, week)
        return Turn(start, week, made[:place], "", move, made[place:])
    if made[place] == move:
        raise _done(move, week)
    moved(positions[place], move)
    return Turn(start, week, made[:place], made[place], move, made[place + 1 :])


def _done(move: str, week: int) -> UsageError:
    return UsageError(f"'{move}' is what was done in week {week}", help="Name another move.")


def _left_out(run: Replayed, positions: Sequence[Position], move: str) -> Turn:
    """A week without a move that was made in it; without the last of these where there are several."""
    start, made, week = positions[0], positions[-1].made, positions[0].week
    _refuse_unknown(start, move)
    if move not in made:
        raise UsageError(f"'{move}' was not made in week {week}", help=f"Made were: {', '.join(made) or 'none'}.")
    if _must(run, move):
        message = f"'{move}' answers a card that has to be answered"
        raise UsageError(message, help="Name another answer with --move.")
    place = max(at for at, one in enumerate(made) if one == move)
    return Turn(start, week, made[:place], move, "", made[place + 1 :])


def _positions(run: Replayed, week: int) -> tuple[Position, ...]:
    """The positions of a week, from its start over each of its moves."""
    going = not run.position.over and week == run.position.week
    if not going and not 0 <= week < len(run.weeks):
        last = len(run.weeks) - 1 if run.position.over else run.position.week
        message = f"no week {week} to choose otherwise in: the run has weeks 0 to {max(last, 0)}"
        raise InputRefused(message, file=run.name)
    return (run.position if going else run.weeks[week][0]).trail


def _refuse_unknown(start: Position, move: str) -> None:
    try:
        start.rules.move(move)
    except KeyError:
        moved(start, move)


def _last_legal(positions: Sequence[Position], move: str) -> int:
    """The last place at which a move is legal; the reason why not is that of the start of the week."""
    for place in range(len(positions) - 1, 0, -1):
        try:
            moved(positions[place], move)
        except IllegalMove:
            continue
        return place
    moved(positions[0], move)
    return 0


def what_if(
    run: Replayed,
    at: Turn,
    path: Path,
    policy: Policy | None = None,
    n: int = 200,
    hands: Hands = ALONE,
) -> WhatIf:
    """Play the other way, with the same luck, into a run file of its own; and the fan.

    Args:
        run: exact.
        at: where it turns.
        path: of the new file.
        policy: who plays on behind the turn; None makes the player's own later moves as far as they are legal.
        n: futures of each in the fan.
        hands: who plays these.

    Raises:
        StorageFailed: the file cannot be made.
    """
    fan_of = fan(run, at, n, policy, hands)
    both = ways(run, at, policy)
    made = keep(both.branch, path)
    return WhatIf(at, both.was, replace(both.now, name=shown_path(made.name)), both.way, made, fan_of)


def branch_path(path: Path, header: Header, week: int) -> Path:
    """Where a branch is kept if nothing else is said: beside its run, under a name that no file has.

    Args:
        path: of the run.
        header: of the run.
        week: of the turn.

    Raises:
        StorageFailed: nothing can be kept there.
    """
    return run_path(path.absolute().parent, header.scenario.id, header.seed, f"what-if-{week}")


def ways(run: Replayed, at: Turn, policy: Policy | None = None) -> Ways:
    """Play the other way, with the same luck, into no file; `game.branch.keep` writes the branch to one.

    Args:
        run: exact.
        at: where it turns.
        policy: see `what_if`.
    """
    session = branch(run, at.week, None)
    for one in (*at.kept, *at.made):
        session.play(one)
    if policy is None:
        way = _by_player(session, run, at)
    else:
        way = _by_policy(session, policy, () if at.move else _alike(run.loaded.rules, at.replaced))
    now = course_of(replayed(journal_of(session, run.name), run.name))
    return Ways(at, course_of(run), replace(now, loaded=run.loaded), way, session)


def _by_policy(session: Session, policy: Policy, quiet: tuple[int, ...] = ()) -> Way:
    """A policy plays on; in the present week without the moves that are left out."""
    since = session.position.week
    if quiet:
        rules = session.loaded.rules
        for move in own_moves(rules, policy.bind(rules), session.position.state, Branch(since, (), quiet=quiet)):
            session.play(move)
        answer_what_must_be(session)
        session.end_week()
    record(session, policy)
    return Way((), (), policy.id, since)


def _by_player(session: Session, run: Replayed, at: Turn) -> Way:
    """The player's own moves; where the run of the player was over by then, the reference policy goes on."""
    dropped, forced = list[Dropped](), list[tuple[int, str]]()
    taken = question(at.move)
    plans = [at.later, *(before.made for before, _ in run.weeks[at.week + 1 :])]
    if not run.position.over and at.week < run.position.week:
        plans.append(run.position.made)
    for count, plan in enumerate(plans):
        for move in plan:
            if count == 0 and taken is not None and question(move) == taken:
                dropped.append(Dropped(at.week, move, SAME_QUESTION))
                continue
            try:
                session.play(move)
            except IllegalMove as error:
                dropped.append(Dropped(session.position.week, move, error.reason))
        if not run.position.over and count == len(plans) - 1:
            return Way(tuple(dropped), tuple(forced), "", 0)
        forced += ((session.position.week, move) for move in answer_what_must_be(session))
        session.end_week()
        if session.outcome is not None:
            return Way(tuple(dropped), tuple(forced), "", 0)
    return Way(tuple(dropped), tuple(forced), *_taken_over(session))


def _taken_over(session: Session) -> tuple[str, int]:
    way = _by_policy(session, reference())
    return way.policy, way.since


# The fan


def fan(run: Replayed, at: Turn, n: int, policy: Policy | None = None, hands: Hands = ALONE) -> Fan:
    """Futures from the position of the turn, in worlds that fit what was known then; the same for both.

    Args:
        run: the run.
        at: where it turns.
        n: how many of each.
        policy: who plays on; None for the reference.
        hands: who does the work.
    """
    who = policy or reference()
    state = at.start.state
    keys = keys_of(state.known, state.future)
    pieces = tuple(Piece(branch, 0, n) for branch in _branches(run, at))
    asking = Question(run.loaded.rules, as_sent(who), state.known, keys, pieces)
    without, with_ = (units / SCORE_UNIT for units in asked(asking, hands.jobs, hands.executor))
    better, worse = (int((apart > NOTHING).sum()) for apart in (with_ - without, without - with_))
    return Fan(n, who.id, _spread(without), _spread(with_), gain(with_, without), better, worse, not at.move)


def _branches(run: Replayed, at: Turn) -> tuple[Branch, Branch]:
    """Without the other move, and with it. A card that was left unanswered stays so, and so does what is left out."""
    rules = run.loaded.rules
    kept = tuple(rules.move(one) for one in at.kept)
    if not at.move:
        return Branch(0, (*kept, rules.move(at.replaced))), Branch(0, kept, quiet=_alike(rules, at.replaced))
    row = rules.move(at.move)
    if at.replaced:
        return Branch(0, (*kept, rules.move(at.replaced))), Branch(0, (*kept, row))
    silent = tuple(place for place, card in enumerate(rules.cards) if row in card.answers and card.silence >= 0)
    return Branch(0, kept, quiet=silent), Branch(0, (*kept, row))


def _alike(rules: Rules, move: str) -> tuple[int, ...]:
    """Rows of the moves that answer the same question, or are the same small move."""
    asks = question(move)
    return tuple(
        row for row, one in enumerate(rules.moves) if one.id == move or (asks is not None and question(one.id) == asks)
    )


def _spread(points: Floats) -> Spread:
    low, middle, high = (float(one) for one in np.quantile(points, (0.1, 0.5, 0.9)))
    return Spread(low, middle, high, float(points.mean()))
