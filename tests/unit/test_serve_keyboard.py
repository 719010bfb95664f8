"""What a client sends becomes keys, whatever it sends and however it is cut."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.serve import keyboard as module
from tui.serve.keyboard import Keyboard
from tui.serve.limits import BYTES_A_SECOND, BYTES_AT_ONCE, KEYS_A_SECOND, KEYS_AT_ONCE
from tui.serve.pasting import MOST, Pastes


class Client:
    """Notes when it is told to wait."""

    def __init__(self) -> None:
        self.waits = False

    def pause_reading(self) -> None:
        self.waits = True

    def resume_reading(self) -> None:
        self.waits = False


class Desk:
    """A keyboard with its client, and the events it has posted."""

    def __init__(self) -> None:
        self.client = Client()
        self.posted: list[Message] = []
        self.ended: list[int] = []
        """How many events had been posted when the end of the input was told."""
        self.keyboard = Keyboard(self.client, lambda: self.ended.append(len(self.posted)))

    def open(self) -> Desk:
        self.keyboard.open(self.posted.append)
        return self

    async def hear(self, data: bytes) -> None:
        """Receive bytes, and wait until nothing of them is left to post."""
        self.keyboard.receive(data)
        while self.keyboard._timer is not None:
            await asyncio.sleep(0)

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.posted if isinstance(message, events.Key)]


async def test_keys_are_posted_in_their_order() -> None:
    desk = Desk().open()
    await desk.hear("/é€\x1b[A\r\x04".encode())
    assert desk.keys[3:] == ["up", "enter", "ctrl+d"]
    assert [message.character for message in desk.posted[:3]] == ["/", "é", "€"]  # type: ignore[attr-defined]


TYPED = st.sampled_from(
    ["j", "é", "€", "漢", "\r", "\t", "\x7f", "\x04", "\x00", " ", "\x1b[A", "\x1bOP", "\x1b[5~", "\x1b[Z", "\x1bx",
     "ab", "\x1b[200~", "\x1b[201~", "\x1b[3;5R", "\x1b[<0;5;5M", "\x1b[97;5u", "\x1b[", "\x1b]", "[A", "200~", "1~"]
)  # fmt: skip


@given(st.lists(TYPED, max_size=12))
def test_what_is_typed_is_read_as_the_parser_reads_it(typed: list[str]) -> None:
    """Short texts are looked up; what comes of them is what a parser makes of all, which has no time in between."""

    async def heard() -> list[str]:
        desk = Desk().open()
        desk.keyboard._keys._level = desk.keyboard._bytes._level = 1e9
        desk.keyboard._keys._burst = desk.keyboard._bytes._burst = 1e9
        for text in typed:
            await desk.hear(text.encode())
        desk.keyboard.close()
        return [str(message) for message in desk.posted]

    parser, pastes = XTermParser(), Pastes()
    passed = "".join(pastes.passed(text.encode()).decode() for text in typed)
    assert asyncio.run(heard()) == [
        str(message) for message in parser.feed(passed) if isinstance(message, module._WANTED)
    ]


async def test_it_tells_whether_more_keys_have_come() -> None:
    desk = Desk().open()
    desk.keyboard.receive(b"jjj")
    more = [desk.keyboard.more]
    while len(desk.posted) < 3:
        await asyncio.sleep(0)
        more.append(desk.keyboard.more)
    assert (desk.keys, more[0], more[-1]) == (["j", "j", "j"], True, False)


async def test_a_letter_and_a_key_may_come_in_pieces() -> None:
    desk = Desk().open()
    for byte in "ğ\x1b[B".encode():
        await desk.hear(bytes([byte]))
    assert desk.posted[0].character == "ğ"  # type: ignore[attr-defined]
    assert desk.keys[1:] == ["down"]


async def test_escape_alone_is_a_key_after_a_moment() -> None:
    desk = Desk().open()
    await desk.hear(b"\x1b")
    assert desk.keys == []
    for _ in range(500):
        await asyncio.sleep(0.01)
        if desk.keys:
            break
    assert desk.keys == ["escape"]


async def test_keys_typed_ahead_are_kept_and_the_client_waits_when_they_are_many() -> None:
    desk = Desk()
    desk.keyboard.receive(b"jjq")
    assert not desk.client.waits
    desk.open()
    await desk.hear(b"")
    assert desk.keys == ["j", "j", "q"]
    other = Desk()
    other.keyboard.receive(b"j" * (BYTES_AT_ONCE + 1))
    assert other.client.waits


async def test_no_more_keys_at_once_than_a_person_types_and_none_is_lost() -> None:
    desk = Desk().open()
    desk.keyboard._keys = module.Bucket(KEYS_A_SECOND, KEYS_AT_ONCE, clock=lambda: 0.0)
    desk.keyboard.receive(b"j" * (KEYS_AT_ONCE + 5))
    assert len(desk.keys) == 1
    for _ in range(500):
        await asyncio.sleep(0)
    assert len(desk.keys) == KEYS_AT_ONCE
    assert desk.client.waits
    desk.keyboard._keys = module.Bucket(KEYS_A_SECOND, KEYS_AT_ONCE)
    for _ in range(500):
        await asyncio.sleep(0.01)
        if not desk.client.waits:
            break
    assert len(desk.keys) == KEYS_AT_ONCE + 5


@pytest.mark.parametrize("bucket", ["_keys", "_bytes"])
async def test_keys_that_come_one_by_one_are_held_to_the_same_pace(bucket: str) -> None:
    desk = Desk().open()
    setattr(desk.keyboard, bucket, module.Bucket(1, 20, clock=lambda: 0.0))
    for _ in range(25):
        desk.keyboard.receive(b"j")
        for _ in range(5):
            await asyncio.sleep(0)
    assert (len(desk.keys), desk.client.waits, desk.keyboard.more) == (20, True, True)
    desk.keyboard.close()


async def test_keys_that_come_at_once_have_a_turn_each() -> None:
    desk = Desk().open()
    posted = []
    for _ in range(3):
        desk.keyboard.receive(b"j")
    while not posted or posted[-1] < 3:
        posted.append(len(desk.posted))
        await asyncio.sleep(0)
    assert posted == [1, 2, 3]


async def test_a_letter_of_which_the_rest_never_comes_is_told_from_the_next_key() -> None:
    desk = Desk().open()
    await desk.hear("ğ".encode()[:1])
    await desk.hear(b"j")
    assert [message.character for message in desk.posted] == ["\ufffd", "j"]  # type: ignore[attr-defined]


async def test_a_paste_is_taken_as_far_as_a_query_may_go() -> None:
    desk = Desk().open()
    await desk.hear(b"\x1b[200~" + b"x" * 20_000 + b"\x1b[201~j")
    pastes = [message for message in desk.posted if isinstance(message, events.Paste)]
    assert [len(paste.text) for paste in pastes] == [MOST]
    assert desk.keys == ["j"]


async def test_a_key_after_a_paste_of_a_megabyte_does_not_wait_for_it() -> None:
    desk = Desk().open()
    desk.keyboard._bytes = module.Bucket(BYTES_A_SECOND, BYTES_AT_ONCE, clock=lambda: 0.0)
    assert desk.keyboard.receive(b"\x1b[200~" + b"x" * 20_000) == 20_000 - MOST - len(b"\x1b[201~")
    for _ in range(49):
        assert desk.keyboard.receive(b"x" * 20_000) == 20_000
    await desk.hear(b"\x1b[201~j")
    assert desk.keys == ["j"]


async def test_whoever_pastes_without_end_waits_all_the_same() -> None:
    desk = Desk().open()
    desk.keyboard._bytes = module.Bucket(BYTES_A_SECOND, BYTES_AT_ONCE, clock=lambda: 0.0)
    await desk.hear(b"\x1b[200~x")
    for _ in range(500):
        desk.keyboard.receive(b"x" * 32_768)
        await asyncio.sleep(0)
    assert desk.client.waits
    desk.keyboard.close()


async def test_a_paste_without_end_is_taken_once_and_the_rest_is_let_go_until_it_ends() -> None:
    desk = Desk().open()
    desk.keyboard._bytes = module.Bucket(1e9, 1e9)
    await desk.hear(b"\x1b[200~" + b"q" * 70_000)
    for _ in range(50):
        await desk.hear(b"q" * 20_000)
    assert len(desk.keyboard._held) == 0
    assert [type(message) for message in desk.posted] == [events.Paste]
    await desk.hear(b"q\x1b[20")
    await desk.hear(b"1~jk")
    assert desk.keys == ["j", "k"]


async def test_the_end_of_the_input_is_told_after_its_last_key() -> None:
    desk = Desk()
    desk.keyboard.receive(b"jk\x1b")
    desk.keyboard.end()
    await asyncio.sleep(0.1)
    assert desk.ended == []
    desk.open()
    for _ in range(500):
        await asyncio.sleep(0.01)
        if desk.ended:
            break
    assert desk.keys == ["j", "k", "escape"]
    assert desk.ended == [3]


@pytest.mark.parametrize("told", [b"\x1b[48;50;200;1;1t", b"\x1b[I", b"\x1b[O", b"\x1b[12;40R", b"\x1b[?2048;1$y"])
async def test_of_size_and_focus_only_ssh_speaks(told: bytes) -> None:
    desk = Desk().open()
    await desk.hear(told + b"j")
    assert desk.keys[-1] == "j"
    assert all(isinstance(message, events.Key) for message in desk.posted)


async def test_what_the_parser_stumbles_over_is_forgotten() -> None:
    desk = Desk().open()
    # A window of no width, and a mouse in it: the parser divides by the width.
    await desk.hear(b"\x1b[48;0;0;9;9t\x1b[<0;5;5M")
    await desk.hear(b"jk")
    assert desk.keys[-2:] == ["j", "k"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"\x1b", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b";" * 40])))
def test_no_bytes_raise_and_the_next_key_is_heard(pieces: list[bytes]) -> None:
    async def typed() -> None:
        desk = Desk().open()
        desk.keyboard._keys = desk.keyboard._bytes = module.Bucket(1e9, 1e9)
        for piece in pieces:
            await desk.hear(piece)
        # The end of whatever was begun, and a key.
        await desk.hear(b"\x1b[201~" + b" " * 40 + b"\x1b[201~j")
        assert desk.keys[-1] == "j"
        desk.keyboard.close()

    asyncio.run(typed())
