"""The commands of `tpmsim`: where each is, and what it does in a sentence. None is imported before it is used.

Together they bring in the whole engine, which takes a second; the list of them in `tpmsim --help` needs only this.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import Final, NamedTuple

import click

from tpmsim.text import quoted


class Signpost(NamedTuple):
    """A command.

    Attributes:
        module: of this package.
        name: of the command in it.
        says: the first sentence of its help.
    """

    module: str
    name: str
    says: str

    def imported(self) -> click.Command:
        """The command itself."""
        found = getattr(import_module(f"tpmsim.cli.{self.module}"), self.name)
        assert isinstance(found, click.Command)
        return found


COMMANDS: Final[Mapping[str, Signpost]] = MappingProxyType(
    {
        "play": Signpost("play", "play", "Play a scenario, or go on with a run file."),
        "preview": Signpost(
            "preview",
            "preview",
            "Play a scenario while you edit it: the folder or file PATH, or the scenario in this folder.",
        ),
        "run": Signpost("run", "run", "Let a policy play SCENARIO many times."),
        "test": Signpost(
            "trial",
            "test",
            "Try each SCENARIO out: a path, or the id of one that ships; without one, the scenario in this folder.",
        ),
        "balance": Signpost(
            "balance",
            "balance",
            "Measure SCENARIO: a ladder of policies on the same seeds, an audit of every decision, its contract.",
        ),
        "verify": Signpost("verify", "verify", "Re-simulate FILES and compare every week; nothing is ever written."),
        "class": Signpost(
            "class_",
            "class_command",
            "Look at all runs in FOLDER together: how they went, where they parted, what they foresaw.",
        ),
        "compare": Signpost(
            "compare",
            "compare",
            "Lay two runs side by side: what they share, where they first part, week by week, decision by decision.",
        ),
        "whatif": Signpost(
            "whatif",
            "whatif",
            "Play RUN once more with another move in one week, or none, and the same luck, into a run file of its own.",
        ),
        "replay": Signpost(
            "replay", "replay", "Show a RUN week by week: what was done, what happened, what it changed and why."
        ),
        "debrief": Signpost(
            "debrief", "debrief", "Judge a RUN that is over: how much of its result was decided, and how much was luck."
        ),
        "branch": Signpost(
            "replay", "branch", "Make a new run that is RUN up to the start of a week, with the same luck after it."
        ),
        "list": Signpost("listing", "list_command", "List scenarios and kept runs."),
        "rename": Signpost("saves", "rename", "Give RUN another NAME, in its folder."),
        "delete": Signpost(
            "saves",
            "delete",
            "Put each RUN into the trash, a folder beside the runs; 'tpmsim list --trash' shows what is there.",
        ),
        "new": Signpost("new", "new", "Make a folder NAME with a scenario to go on from."),
        "fmt": Signpost("fmt", "fmt", "Put the files of scenarios in house style."),
        "docs": Signpost("docs", "docs", "Print the reference of the scenario format, or of the models."),
        "schema": Signpost("schema", "schema", "Print the JSON Schema of a KIND of file: scenario, if none is named."),
        "check": Signpost(
            "check",
            "check_command",
            "Find what is wrong in scenarios, all of it at once, each with its line and what to do.",
        ),
        "explain": Signpost(
            "explain", "explain", "Tell what a finding means: why it is given, what to do, a bad and a good example."
        ),
        "publish": Signpost(
            "publish", "publish", "Write down the version, the digest and the ids of SCENARIO before you give it away."
        ),
        "upgrade": Signpost("upgrade", "upgrade", "Bring scenarios up to the present format."),
        "graph": Signpost(
            "graph",
            "graph_command",
            "Draw SCENARIO: which cards may come in which stage, and which answer leads to what.",
        ),
        "doctor": Signpost(
            "doctor",
            "doctor",
            "Check versions, terminal, save folder, and that golden runs give the same bits here as everywhere.",
        ),
    }
)
"""By their names, in the order of the help."""


class Commands(click.Group):
    """The commands by name, each imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, if there is one."""
        return COMMANDS[cmd_name].imported() if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant; for a name that is none, the nearest one is asked after."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command {quoted(args[0])}" + (f"; did you mean '{near[0]}'?" if near else "."))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of them, each with its whole sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.says) for name, one in COMMANDS.items()])
