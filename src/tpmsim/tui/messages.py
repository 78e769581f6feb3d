"""What panes and widgets say upward: what the player wants. They never do anything themselves."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Make(Message):
    """A move is to be made."""

    move: str


@dataclass
class Open(Message):
    """A menu is to be opened: a group of moves, and what it is about."""

    group: str
    subject: str = ""


@dataclass
class AskWhy(Message):
    """The causes of a number are to be shown."""

    number: str


@dataclass
class Show(Message):
    """A page of the play screen is to be shown, by its name."""

    page: str
