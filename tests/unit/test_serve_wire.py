"""A connection takes what comes at a pace, and what nobody will read counts little."""

from __future__ import annotations

from tui.serve.limits import LET_GO, Bucket
from tui.serve.wire import Wire


class Still(Wire):
    """A connection that is not connected, with a packet that has come and a clock that stands still."""

    def __init__(self, packet: int) -> None:
        self._pktlen = packet
        self._incoming = Bucket(1, 100_000, clock=lambda: 0.0)
        self._incoming.take(packet)


def test_what_is_let_go_counts_little() -> None:
    connection = Still(packet=32_000)
    connection.let_go(32_000)
    assert connection._incoming._level == 100_000 - 32_000 * LET_GO


def test_of_a_packed_packet_no_more_is_given_back_than_came() -> None:
    """Else a paste of which a few bytes come would pay for questions of the protocol."""
    connection = Still(packet=100)
    connection.let_go(32_000)
    assert connection._incoming._level == 100_000 - 100 * LET_GO
