"""What was published of a scenario: the ids that others may have written down, and its digest.

Runs, translations, scripted paths and policies name things by their ids, so an id is for good once a scenario was given
away. `tpmsim publish` writes the file `published.yaml` beside a scenario; `check` compares. Renamed and removed ids are
told, and changes without a new version. Not here: writing files.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from tpmsim.scenario.binding import bind
from tpmsim.scenario.codes import References
from tpmsim.scenario.diagnostics import Diagnostic, finding, in_order, nearest
from tpmsim.scenario.fields import Meaning, Model
from tpmsim.scenario.positions import Positions
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.yaml_reader import read

FILE: Final = "published.yaml"

_HEAD: Final = "# Made by 'tpmsim publish'. Keep it with the scenario: 'tpmsim check' tells what has gone since.\n"

Ids = tuple[Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}(/[a-z0-9_-]{1,64})?$")], ...]


class Published(Model):
    """The file."""

    format: Annotated[Literal[1], Meaning("How to read the file.")] = 1
    version: Annotated[int, Field(ge=1, le=9999), Meaning("The edition that was published.", "editions")]
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$"), Meaning("Of the scenario without its texts.")]
    ids: Annotated[dict[str, Ids], Meaning("What there was, by section; answers as card/answer.")]


def ids_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """All ids that an author has chosen, by section."""
    game = scenario
    return {
        "segments": tuple(game.market.segments),
        "rivals": tuple(game.market.rivals),
        "needs": tuple(game.needs),
        "instruments": tuple(game.instruments),
        "features": tuple(game.features),
        "profiles": tuple(game.profiles),
        "stakeholders": tuple(game.stakeholders),
        "memory": tuple(game.memory),
        "cards": tuple(game.cards),
        "answers": tuple(f"{card}/{answer}" for card, one in game.cards.items() for answer in one.answers),
        "objectives": tuple(game.objectives),
        "endings": tuple(game.endings),
    }


def written(scenario: Scenario, digest: str) -> bytes:
    """The file for a scenario as it is now."""
    lines = [f"format: 1\nversion: {scenario.version}\ndigest: {digest}\nids:\n"]
    for section, ids in ids_of(scenario).items():
        items = "".join(f"    - {one}\n" for one in ids)
        lines.append(f"  {section}:\n{items}" if ids else f"  {section}: []\n")
    return (_HEAD + "".join(lines)).encode()


def compared(
    data: bytes, file: str, scenario: Scenario, digest: str, place: tuple[str, Positions]
) -> tuple[Diagnostic, ...]:
    """What has become of a published scenario.

    Args:
        data: of the file.
        file: the file as it may be shown.
        scenario: as it is now.
        digest: of it.
        place: the scenario's own file as it may be shown, and where its parts stand.

    Raises:
        InputRefused: it is no YAML that is read here.
    """
    bound = bind(read(data, file).root, Published, file)
    if bound.model is None:
        return bound.findings
    return in_order([*bound.findings, *_changed(bound.model, scenario, digest, place)])


def _place(section: str, one: str) -> tuple[str, ...]:
    """Where an id stood that is gone, or what is left around it."""
    if section == "answers":
        return ("cards", one.partition("/")[0])
    return ("market", section) if section in ("segments", "rivals") else (section,)


def _changed(before: Published, scenario: Scenario, digest: str, place: tuple[str, Positions]) -> Iterator[Diagnostic]:
    file, positions = place
    if before.digest == digest:
        return
    now = ids_of(scenario)
    for section, ids in before.ids.items():
        here = now.get(section, ())
        for one in ids:
            if one not in here:
                new = [other for other in here if other not in ids]
                said: dict[str, Any] = {"what": section.removesuffix("s"), "id": one, "version": before.version}
                where = positions.key(*_place(section, one))
                yield finding(References.GONE, file, *where, meant=nearest(one, new), **said)
    if before.version == scenario.version:
        yield finding(References.SAME_VERSION, file, *positions.key("version"), version=before.version)
