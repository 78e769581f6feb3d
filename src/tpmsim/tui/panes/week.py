"""The week: the inbox, and what can be done. On a wide window the other pages stand beside them in short."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tpmsim.core.observe import FeatureSeen
from tpmsim.game.desk import Desk
from tpmsim.game.menus import Above, Entry, Menu, Refused, group_menu, home
from tpmsim.game.pages import Message
from tpmsim.game.reveal import QUIET as QUIET_WEEK
from tpmsim.game.wording.course import SIGNS, outlook
from tpmsim.game.wording.labels import word_of
from tpmsim.game.wording.prose import clip, counted, shortened
from tpmsim.tui.messages import Make, Open, Show
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.shown import BAD, GOOD, INBOX, QUIET, STRONG, WARN, joined, line, lines, turned
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.window import TALL, WIDE

LOOKS = {"card": STRONG, "voice": "", "chased": WARN, "due": WARN, "blocked": WARN, "ready": GOOD}
BACK = "back"
BELIEFS = 4
"""Needs of each segment that are shown beside the week."""

NEED, BAR = 29, 19
"""Characters of a need's name there, and of its bar."""

PROMISED = 26
"""Characters of what was promised, and to whom."""

DONE = Line("", "The run is over", reason="x tells how it ended, and what next")
"""In place of moves, once there are none any more."""


class Week(Pane):
    """Inbox and moves; the first page."""

    def __init__(self) -> None:
        super().__init__(id="week")
        self._place: list[tuple[str, str]] = []
        self._desk: Desk | None = None
        self._hint = ""
        self._hinted: set[str] = set()
        self._hinted_at = (-1, 0)
        self._week = -1

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(id="doing"):
                yield Static("", id="guide", markup=False)
                yield Choices(id="inbox")
                yield Choices(id="moves")
                yield Static("", id="detail", markup=False)
            with Vertical(id="beside"):
                for name in ("numbers", "people", "beliefs", "log"):
                    with VerticalScroll(id=f"beside-{name}", can_focus=False):
                        yield Static("", markup=False)

    def on_mount(self) -> None:
        for name, title in (("inbox", "Inbox"), ("moves", "What do you do?")):
            self.query_one(f"#{name}", Choices).border_title = title
        for name, title in (
            ("numbers", "Numbers, and what last week changed"),
            ("people", "People"),
            ("beliefs", "What we believe"),
            ("log", "Last week"),
        ):
            self.query_one(f"#beside-{name}").border_title = title

    def show(self, desk: Desk) -> None:
        begins = self._desk is None or desk.week != self._week
        self._desk, self._week = desk, desk.week
        self._guide(desk)
        inbox = self.query_one("#inbox", Choices)
        messages = desk.inbox()
        inbox.show(tuple(_message(desk, row, one) for row, one in enumerate(messages)))
        inbox.display = bool(messages)
        if begins:
            self._place.clear()
        self._menu(first=begins)
        for name, drawn in (
            ("numbers", _numbers(desk)),
            ("people", _people(desk)),
            ("beliefs", _beliefs(desk)),
            ("log", _log(desk)),
        ):
            self.query_one(f"#beside-{name} Static", Static).update(drawn)

    def describe(self, desk: Desk) -> str:
        seen, waiting = desk.seen, counted(len(desk.seen.cards), "card")
        messages = counted(len(desk.inbox()), "message")
        return f"{desk.view.clock(seen)}: {messages}, of which {waiting} to answer; {seen.hours:g} h left."

    def focus_moves(self) -> None:
        """Put the cursor on the moves."""
        self.query_one("#moves", Choices).focus()

    def go(self, group: str, subject: str = "") -> None:
        """Open a menu."""
        self._place.append((group, subject))
        self._menu(first=True)
        self.focus_moves()

    def back(self) -> bool:
        """Go one menu back; false where there is none to go back to."""
        if not self._place:
            return False
        left = self._place.pop()
        self._menu(_door(*left))
        return True

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choices.id == "inbox":
            self._read(event.line)
        elif event.line.id == BACK:
            self.back()
        elif event.line.id.startswith("open "):
            _, group, subject = event.line.id.split(" ")
            self._enter(group, subject)
        else:
            self.post_message(Make(event.line.id))

    def on_choices_present(self, event: Choices.Present) -> None:
        event.stop()
        if event.choices.id == "moves":
            self._tell(event.line.detail)

    def _enter(self, group: str, subject: str) -> None:
        if group in ("answer", "gate"):
            self.post_message(Open(group, subject))
        else:
            self.go(group, subject)

    def _read(self, chosen: Line) -> None:
        """Follow a message to where something can be done about it."""
        kind, _, rest = chosen.id.partition(" ")
        if kind == "card":
            self.post_message(Open("answer", rest))
        elif kind == "ready":
            self.post_message(Open("gate"))
        else:
            self.post_message(Show("people" if kind in ("voice", "chased") else "roadmap"))

    def _guide(self, desk: Desk) -> None:
        """One word of the guide at a time, while it fits: the next comes after a move, and none outlives its week."""
        now, guide = (desk.week, len(desk.made)), self.query_one("#guide", Static)
        fitting = dict(desk.hints())
        fresh = [name for name in fitting if name not in self._hinted] if now != self._hinted_at else []
        if fresh:
            self._hint = fresh[0]
            self._hinted.add(self._hint)
            guide.border_title = "Guide"
            guide.update(line(fitting[self._hint]))
        elif desk.week != self._hinted_at[0]:
            self._hint = ""
        guide.display = self._hint in fitting
        self._hinted_at = now

    def _menu(self, at: str = "", first: bool = False) -> None:
        """Show the menu of the place; `at` is the line to stand on, or the first one."""
        desk = self._desk
        if desk is None:
            return
        menu = home(desk)
        while self._place:
            deeper = group_menu(desk, *self._place[-1])
            if deeper is not None:
                menu = deeper
                break
            self._place.pop()
        moves = self.query_one("#moves", Choices)
        moves.border_title = Content(menu.title)
        told = (DONE,) if desk.over else tuple(_menu_lines(menu))
        top = next((one.id for one in told if one.id), "") if first else ""
        moves.show(told, at or top, detailed=self._roomy)
        self._tell(moves.present.detail if moves.present else "")

    @property
    def _roomy(self) -> bool:
        """Whether the details of all lines fit below them."""
        return self.app.size.width >= WIDE and self.app.size.height >= TALL

    def _tell(self, detail: str) -> None:
        """What belongs to the menu as a whole and to its present line."""
        above: tuple[Above, ...] = ()
        if self._desk is not None and self._place:
            menu = group_menu(self._desk, *self._place[-1])
            above = menu.before if menu is not None else ()
        told = [line(one.text, QUIET) for one in above]
        below = [line(detail)] if detail and not self._roomy else []
        panel = self.query_one("#detail", Static)
        panel.update(lines(*told, *below))
        panel.display = bool(told) or not self._roomy


def _menu_lines(menu: Menu) -> Iterator[Line]:
    for one in menu.entries:
        yield _entry(one)
    for refused in menu.refused:
        yield _refused(refused)
    if not menu.home:
        yield Line(BACK, "Back", sign="<", kind=QUIET, detail="")


def _door(group: str, subject: str) -> str:
    return f"open {group} {subject}"


def _entry(one: Entry) -> Line:
    if one.move:
        return Line(one.move, one.text, one.price, one.detail)
    return Line(_door(*one.opens), one.text, detail=one.detail, sign=">")


def _refused(one: Refused) -> Line:
    return Line("", one.text, reason=one.reason)


def _message(desk: Desk, row: int, one: Message) -> Line:
    name = one.card if one.kind == "card" else str(row)
    text = f"{desk.view.speaker(one.card)}: {one.text}" if one.card else one.text
    return Line(f"{one.kind} {name}", text, sign=INBOX[one.kind], kind=BAD if one.warns else LOOKS[one.kind])


def _numbers(desk: Desk) -> Content:
    told = []
    for row in desk.numbers():
        if row.main:
            change = line(f"  {row.change}", turned(row.turn.word) if row.turn else "") if row.change else ""
            told.append(joined(line(f"{clip(row.title, 22):<23}", QUIET), line(row.value), change))
    return lines(*told)


def _people(desk: Desk) -> Content:
    told = []
    for one in desk.seen.people:
        name = desk.view.titles.introduced(one.id)
        if one.gone:
            told.append(line(f"{name}: has left", QUIET))
            continue
        harm = desk.view.people.warning(one.intent)
        bar = "#" * round(one.trust * 5)
        told.append(
            joined(
                line(f"{clip(name, 26):<27}", QUIET),
                line(f"{bar:-<5}  "),
                line(desk.view.people.intent(one.intent), BAD if harm else ""),
            )
        )
    due = sorted((one for one in desk.seen.features if one.due), key=lambda one: one.due)
    meant = (line(SIGNS, QUIET),) if due else ()
    return lines(*told, *(_promise(desk, one) for one in due), *meant)


def _promise(desk: Desk, one: FeatureSeen) -> Content:
    """A promise in a line, with the sign of its outlook."""
    stands = outlook(desk.view.backlog, one, desk.seen)
    state = "done" if one.complete else f"{one.reported * 100:.0f} %"
    whom = f", {desk.view.titles.person(one.to)}" if one.to else ""
    what = shortened(desk.view.titles.feature(one.id), PROMISED - len(whom))
    told = f"{stands.sign} week {one.due:>2}  {word_of(one.word):<6} {state:>5}  {what}{whom}"
    return line(told, WARN if stands.risky else QUIET)


def _beliefs(desk: Desk) -> Content:
    told = []
    for segment in dict.fromkeys(one.segment for one in desk.seen.beliefs):
        target = segment == desk.seen.target
        if desk.seen.target is not None and not target:
            continue
        told.append(line(desk.view.titles.segment(segment) + (", the target" if target else ""), STRONG))
        here = sorted((one for one in desk.seen.beliefs if one.segment == segment), key=lambda one: -one.mean)
        for one in here[: BELIEFS * (2 if target else 1)]:
            need = shortened(desk.view.titles.need(one.need), NEED)
            told.append(joined(line(f"{need:<{NEED}} ", QUIET), line(desk.view.backlog.bar(one, BAR))))
    return lines(*told)


def _log(desk: Desk) -> Content:
    """The week that ended last, quiet as it may have been."""
    ended = len(desk.reports)
    if not ended:
        return line("Nothing has happened yet.", QUIET)
    last = desk.log()[ended - 1]
    told = [*(f"you: {text}" for text in last.made), *(one.text for one in last.happened or (QUIET_WEEK,))]
    return lines(line(last.title, STRONG), *told)
