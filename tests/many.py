"""Many run files in little time: policies play batches, and the records of their weeks are made column by column.

What a class is tested on, and measured with; for policies that answer every card which must be answered.
"""

from pathlib import Path

import numpy as np

from tpmsim import __version__
from tpmsim.core.arrays import Ints
from tpmsim.core.batch import take
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending, score_units
from tpmsim.core.rolls import RNG, seed_text
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.game.journal import START, Tip, chain, encode
from tpmsim.game.jsonl import canonical
from tpmsim.game.recording_many import Recorder
from tpmsim.game.records import Embedded, End, Header, to_data
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import play_week
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText


class Written:
    """A run file that is being written."""

    def __init__(self, loaded: Loaded, seed: str, alias: str) -> None:
        names = Embedded(
            loaded.scenario.id, str(loaded.scenario.version), loaded.digest, loaded.text_digest, loaded.files
        )
        header = Header(__version__, RULES_NUMBER, RNG, names, seed, "free", None, SafeText.clean(alias))
        line, self.tip = encode(header, START)
        self.lines = [line]

    def add(self, body: bytes) -> None:
        """Hang a canonical record on the chain."""
        h = chain(self.tip.h, body)
        place = body.index(b'},"kind":"week"') + 1 if body.startswith(b'{"fp"') else 0
        mark = b'"h":"' + h.encode() + b'"'
        if place:
            line = body[:place] + b"," + mark + body[place:]
        elif body.startswith(b'{"ending"'):
            place = body.index(b',"kind"')
            line = body[:place] + b"," + mark + body[place:]
        else:
            line = b"{" + mark + b"," + body[1:]
        self.lines.append(line + b"\n")
        self.tip = Tip(self.tip.n + 1, h)


def write_runs(
    folder: Path, seeds: list[int], policy: str, name: str = "first-product", stem: str = "run"
) -> list[Path]:
    """One run a seed, played by a policy to its end."""
    loaded = open_scenario(name)
    rules, bound = loaded.rules, get_policy(policy).bind(loaded.rules)
    files = [Written(loaded, seed_text(seed), f"{stem} {place}") for place, seed in enumerate(seeds)]
    state, places = initial(rules, np.array(seeds, dtype=np.uint64)), np.arange(len(seeds))
    recorder = Recorder(rules)

    def heed(_: State, chosen: Ints) -> None:
        for column in np.flatnonzero(chosen >= 0):
            file = files[places[column]]
            file.add(canonical({"id": rules.moves[chosen[column]].id, "kind": "move", "n": file.tip.n + 1}))

    while places.shape[0]:
        week = state.week
        state = advance(rules, play_week(rules, state, bound, heed))
        numbers = [files[place].tip.n + 1 for place in places]
        for place, body in zip(places, recorder.bodies(week, state, numbers), strict=True):
            files[place].add(body)
        scores, told = score_units(rules, state.known), ending(rules, state.known)
        for column in np.flatnonzero(~state.live):
            file = files[places[column]]
            end = End(int(scores[column]), rules.endings[told[column]].id, int(state.known.week[column]))
            file.add(canonical({"n": file.tip.n + 1, **to_data(end)}))
        places, state = places[state.live], take(state, state.live)
    paths = [folder / f"{stem}-{place:05d}.tpmrun" for place in range(len(seeds))]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(b"".join(file.lines))
    return paths
