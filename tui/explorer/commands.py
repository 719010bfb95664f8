"""Every command of the explorer, once: bindings, palette, help and the README's table are made from this list."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar

from msgspec import Struct

from tui.explorer.key_names import shown as shown
from tui.language import later

LIST, READER, QUERY, GRID, PAGE, DISPUTES = "list", "reader", "query", "grid", "page", "disputes"
"""Where a command works: lists, reader, query line, the timeline's grid, a page of its own, the disagreements."""


APP = later("Explorer")
"""The group of the commands that the app carries out; the others are the screen's."""


class Command(Struct, frozen=True):
    """A thing the user can do."""

    action: str
    """The app's action, as Textual writes it: `pane('leader')`."""
    keys: tuple[str, ...]
    """Textual's names of the keys; empty when the palette alone offers it."""
    label: str
    """A word or two for the bar at the bottom."""
    help: str
    """One sentence for help, palette and README."""
    group: str
    where: frozenset[str] = frozenset({LIST, READER})
    bar: int = 0
    """How dear its place in the bar is: 1 goes last when the line is too short; 0 is never there."""

    @property
    def name(self) -> str:
        """The name of the action, with its argument: `pane-leader`."""
        return self.action.replace("('", "-").replace("')", "").replace("_", "-")


_LIST = frozenset({LIST})
_READER = frozenset({READER})
_QUERY = frozenset({QUERY})
_GRID = frozenset({GRID})
_PAGE = frozenset({PAGE})
_DISPUTES = frozenset({DISPUTES})
_OVER = frozenset({PAGE, DISPUTES})
_RECORD = frozenset({LIST, READER, PAGE, DISPUTES})
_LINES = frozenset({LIST, READER, GRID, PAGE, DISPUTES})
_BESIDE = frozenset({LIST, READER, GRID, DISPUTES})
_ALL = frozenset({LIST, READER, QUERY, GRID, PAGE, DISPUTES})

COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "down", "Move down a line.", "Move", _LINES),
    Command("up", ("k", "up"), "up", "Move up a line.", "Move", _LINES),
    Command("page_down", ("ctrl+d", "pagedown"), "page down", "Move down half a page.", "Move", _LINES),
    Command("page_up", ("ctrl+u", "pageup"), "page up", "Move up half a page.", "Move", _LINES),
    Command("top", ("g", "home"), "top", "Go to the first line.", "Move", _LINES),
    Command("bottom", ("G", "end"), "bottom", "Go to the last line.", "Move", _LINES),
    Command("page_on", ("J",), "", "Move the page down; the keys stay in the list.", "Move", _BESIDE, 5),
    Command("page_back", ("K",), "", "Move the page up; the keys stay in the list.", "Move", _BESIDE),
    Command("pane('summit')", ("1",), "summits", "Go to the summits.", "Panes"),
    Command("pane('leader')", ("2",), "leaders", "Go to the leaders.", "Panes"),
    Command("pane('topic')", ("3",), "topics", "Go to the agenda topics.", "Panes"),
    Command("pane('agreement')", ("4",), "agreements", "Go to the agreements.", "Panes"),
    Command("next_pane", ("tab",), "next", "Go to the next pane.", "Panes"),
    Command("previous_pane", ("shift+tab",), "previous", "Go to the pane before.", "Panes"),
    Command("read", ("l", "right"), "read", "Go from the list to the reader.", "Panes", frozenset({LIST, DISPUTES}), 3),
    Command("start", ("H",), "library", "Show what the library holds, upcoming meetings first.", "Panes"),
    Command("leave_reader", ("h", "left"), "lists", "Go back from the reader to the list.", "Panes", _READER, 7),
    Command("search", ("slash",), "search", "Type a query; every pane narrows with each key.", "Query", _LIST, 8),
    Command("enter", ("enter",), "narrow", "Narrow every pane to the record under the cursor.", "Query", bar=9),
    Command("narrow", ("space",), "narrow", "Narrow to the record, also where Enter opens the reader.", "Query"),
    Command(
        "widen",
        ("escape",),
        "widen",
        "Take the last term off the query; the words that found it come back.",
        "Query",
        bar=6,
    ),
    Command("go_back", ("left_square_bracket",), "back", "Go back to the query before.", "Query", bar=2),
    Command("go_forward", ("right_square_bracket",), "forward", "Go forward again.", "Query"),
    Command(
        "insist", ("equals_sign",), "as typed", "Search only the words as typed, where near ones were too.", "Query"
    ),
    Command("clear", (), "clear", "Empty the query.", "Query"),
    Command("sort", ("s",), "sort", "Sort the list by its next order.", "Query", _LIST, 1),
    Command("timeline", ("t",), "timeline", "Show the topics of the query across its meetings.", "Query", bar=4),
    Command("export", ("e",), "export", "Write the view, or the page, to a file.", "Query", _RECORD, 1),
    Command(
        "pictures", ("p",), "pictures", "Show the view in pictures: meetings, agreements, figures.", "Query", bar=3
    ),
    Command("disputes", ("d",), "disputes", "Show what sources tell differently, side by side.", "Query", bar=1),
    Command(
        "evidence", ("v",), "verify", "Show each source of the record with the facts that rest on it.", "Reader", bar=5
    ),
    Command("evidence", ("s",), "sources", "The same, from the reader.", "Reader", _READER),
    Command("brief", ("b",), "brief", "Show the meeting as a briefing of one page.", "Reader", bar=4),
    Command("compare", ("c",), "compare", "Mark a record; on a second one, compare the two.", "Reader", bar=2),
    Command("links", ("f",), "go to", "Show a letter beside each link; type it to go there.", "Reader", _RECORD, 5),
    Command("find", ("slash",), "find", "Find words in the page; / again goes to the query.", "Reader", _READER, 8),
    Command("next_hit", ("n",), "next hit", "Go to the next hit in the reader.", "Reader"),
    Command("previous_hit", ("N",), "hit before", "Go to the hit before.", "Reader"),
    Command("copy", ("y",), "copy", "Copy the record or page with its sources, also over SSH.", "Reader", _RECORD, 3),
    Command("copy_as", ("Y",), "copy as", "Copy the record in a format of your choice.", "Reader"),
    Command(
        "open_source", ("o",), "source", "Open a source in the browser, and copy its address.", "Reader", _RECORD, 2
    ),
    Command("edit", ("E",), "edit", "Edit the record in your editor.", "Curate"),
    Command("add", ("A",), "add", "Write a new record in your editor.", "Curate"),
    Command("change", ("x",), "change", "Add a status or a source; link, merge, remove.", "Curate"),
    Command("undo", ("u",), "undo", "Show the last change of the library, and take it back.", "Curate"),
    Command("redo", ("ctrl+r",), "redo", "Show the change that was undone last, and make it again.", "Curate"),
    Command("mark", ("m",), "mark", "Give this place a letter, to come back to it.", "Places"),
    Command("places", ("apostrophe",), "places", "Go to a mark by its letter, a bookmark, a recent query.", "Places"),
    Command("bookmark", ("B",), "bookmark", "Keep the query as a bookmark, or keep it no more.", "Places"),
    Command(
        "accept", ("tab",), "accept", "Take what the hint proposes, else go to the lists.", "Query line", _QUERY, 3
    ),
    Command("leave_query", ("enter",), "to the lists", "Keep the query and go to the lists.", "Query line", _QUERY, 9),
    Command("cancel_query", ("escape",), "leave", "Leave the query line; Esc again widens.", "Query line", _QUERY, 6),
    Command("insist", ("ctrl+o",), "as typed", "Search only the words as typed.", "Query line", _QUERY),
    Command("next_offer", ("down",), "down", "Choose the next offer, else move down the list.", "Query line", _QUERY),
    Command(
        "previous_offer",
        ("up",),
        "up",
        "Choose the offer before; recent queries; move up.",
        "Query line",
        _QUERY,
    ),
    Command("left", ("h", "left"), "", "Go to the meeting or year before.", "Timeline", _GRID),
    Command("right", ("l", "right"), "", "Go to the next meeting or year.", "Timeline", _GRID),
    Command("first_meeting", ("0",), "first", "Go to the first meeting.", "Timeline", _GRID),
    Command("last_meeting", ("dollar_sign",), "last", "Go to the last meeting.", "Timeline", _GRID),
    Command("next_mark", ("n", "tab"), "next", "Go to the next meeting with the topic.", "Timeline", _GRID, 5),
    Command(
        "sort_topics", ("s",), "sort", "Sort: by persistence, first appearance, recency, name.", "Timeline", _GRID, 6
    ),
    Command("zoom", ("z",), "years", "Show a column for each year, or for each meeting again.", "Timeline", _GRID, 6),
    Command(
        "choose",
        ("enter", "space"),
        "narrow",
        "Narrow to the topic and the meeting; open a year.",
        "Timeline",
        _GRID,
        8,
    ),
    Command("close", ("escape", "t"), "lists", "Go back to the lists.", "Timeline", _GRID, 7),
    Command("table", ("T",), "table", "Show pictures as tables, or tables as pictures again.", "Pages", _PAGE, 8),
    Command(
        "choose", ("enter", "space"), "go there", "Go to the record that is told differently.", "Pages", _DISPUTES, 8
    ),
    Command("close", ("escape", "h", "left"), "lists", "Go back to the lists.", "Pages", _OVER, 7),
    Command("command_palette", ("colon", "ctrl+p"), "commands", "Find a command by its name.", APP, bar=1),
    Command("theme('dark')", (), "dark", "Use the dark theme.", APP),
    Command("theme('light')", (), "light", "Use the light theme.", APP),
    Command("theme('contrast')", (), "contrast", "Use the theme of high contrast.", APP),
    Command("theme('terminal')", (), "terminal", "Use the terminal's own colours.", APP),
    Command("theme('plain')", (), "plain", "Use no colours, boxes or signs but those of ASCII.", APP),
    Command("help", ("question_mark",), "help", "Show the keys and the query language.", APP, _LINES, 10),
    Command("quit", ("q",), "quit", "Leave the explorer.", APP, _LINES, 4),
    Command("quit", ("ctrl+c", "ctrl+q"), "quit", "Leave, from anywhere.", APP, _ALL),
)
"""All commands, in the order of the help."""


class _Chosen(Struct):
    commands: tuple[Command, ...]
    by_context: dict[str, tuple[Command, ...]] = {}
    """Those of each context that has been asked for, which is with each moved cursor."""


_USUAL = _Chosen(COMMANDS)

_chosen: ContextVar[_Chosen] = ContextVar("commands", default=_USUAL)


def choose(commands: tuple[Command, ...]) -> None:
    """Let the commands have the keys of these from now on, in this explorer."""
    _chosen.set(_Chosen(commands))


def chosen() -> tuple[Command, ...]:
    """Return all commands with the keys that they have in this explorer."""
    return _chosen.get().commands


def in_context(where: str) -> tuple[Command, ...]:
    """Return the commands that work in a context."""
    known = _chosen.get()
    if where not in known.by_context:
        known.by_context[where] = tuple(command for command in known.commands if where in command.where)
    return known.by_context[where]


def groups(commands: Iterable[Command] | None = None) -> dict[str, list[Command]]:
    """Return commands by group, in the order of the list; all of them if none are given."""
    found: dict[str, list[Command]] = {}
    for command in chosen() if commands is None else commands:
        found.setdefault(command.group, []).append(command)
    return found
