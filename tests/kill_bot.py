"""Kill a game at a random moment, many times over, and look at what is left (S01). Prints one JSON object.

A process of its own, as it forks: `python kill_bot.py RUNS FOLDER`.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from tpmsim.game.journal import read
from tpmsim.game.records import Move
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded

LONGEST = 0.05


def play(loaded: Loaded, path: Path, told: int, seed: int) -> None:
    """Play on for ever, telling after each move that it is confirmed; the parent ends this."""
    dice = random.Random(seed)
    session = Session.resume(path) if path.exists() else Session.start(loaded, str(seed), path)
    os.write(told, b"r")
    while session.outcome is None:
        moves = [one for one in session.legal_moves if not one.endswith("/kill")]
        if moves and dice.random() < 0.8:
            session.play(dice.choice(moves))
            os.write(told, b"m")
        elif not session.position.unanswered:
            session.end_week()
            os.write(told, b"w")
    time.sleep(60)


def trial(loaded: Loaded, path: Path, seed: int, ready: bool) -> tuple[int, bytes]:
    """One child, killed; how many moves it had confirmed, and the bytes it left.

    With `ready` the clock starts when its game is open, else with the process itself.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            play(loaded, path, told, seed)
        finally:
            os._exit(9)
    os.close(told)
    if ready:
        select.select([heard], [], [], 30.0)
    time.sleep(random.Random(seed).random() * LONGEST)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as pipe:
        confirmed = pipe.read().count(b"m")
    return confirmed, path.read_bytes() if path.exists() else b""


def main(runs: int, folder: Path) -> int:
    """Two kills a run: one of a new game, one of the game that goes on; then it is opened once more."""
    loaded, lost, torn, opened, moves = open_scenario("first-product"), 0, 0, 0, 0
    for number in range(runs):
        path = folder / f"run-{number}.tpmrun"
        confirmed, kept = trial(loaded, path, number, ready=False)
        more, after = trial(loaded, path, number + runs, ready=True)
        good = read(path).good
        lost += not after.startswith(kept[: kept.rfind(b"\n") + 1])
        torn += len(after) > good
        with Session.resume(path) as session:
            opened += session.position.week >= 0
        stored = sum(isinstance(one, Move) for one in read(path).records)
        lost += stored < confirmed + more
        moves += confirmed + more
    left = [one.name for one in folder.iterdir() if one.name.endswith(".tpmtmp")]
    print(json.dumps({"runs": runs, "opened": opened, "lost": lost, "torn": torn, "moves": moves, "left": len(left)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
