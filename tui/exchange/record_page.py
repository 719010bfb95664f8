"""The page of a record: what a person reads about it, in the order in which they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.agreement_page import agreement_page
from tui.exchange.leader_page import leader_page
from tui.exchange.page import Page
from tui.exchange.source_page import source_page
from tui.exchange.summit_page import summit_page
from tui.exchange.topic_page import topic_page
from tui.records import Agreement, Leader, Record, Summit, Topic

if TYPE_CHECKING:
    from tui.index import Index


MOST_READ = 200
"""Meetings, and agreements, that a page on the screen has: a library of a million records has topics with thousands of
them, which take seconds to lay out, and the list beside the page has them all."""


def record_page(record: Record, index: Index, most: int | None = None) -> Page:
    """Return the page of a record; `index` gives the names and rows of what it is linked with.

    Of the meetings and agreements of a leader, a topic or a source it has so many of the newest, and a query that finds
    all; None is for all.
    """
    if isinstance(record, Summit):
        return summit_page(record, index)
    if isinstance(record, Leader):
        return leader_page(record, index, most)
    if isinstance(record, Topic):
        return topic_page(record, index, most)
    if isinstance(record, Agreement):
        return agreement_page(record, index)
    return source_page(record, index, most)
