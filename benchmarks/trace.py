"""What is typed in the measurements: whole queries a key at a time, single letters, and fields with words."""

from __future__ import annotations

QUERIES = (
    "energy cooperation",
    "erdogan",
    "united nations security",
    "migration",
    "climate change",
    "izmir",
    "defence industry",
    "food security",
    "meloni rome",
    "trade agreement italy",
    "renewable energy",
    "border management",
    "turkiye greece",
    "supply chains",
    "artificial intelligence",
    "maritime security",
    "joint declaration",
    "mitsotakis athens",
    "sao paulo",
    "paris",
)

KEYS = tuple(query[:length] for query in QUERIES for length in range(1, len(query) + 1))
"""What stands in the query line after each of 285 keys."""

LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")

FIELDS = (
    "leader:erdogan energy",
    "leader:meloni migration",
    "leader:merkel country:DE trade",
    "leader:mitsotakis 2015.. maritime",
    "leader:orban status:signed",
    "leader:tusk year:2010..2020 border",
    "country:TR energy",
    "country:italy 2020.. defence",
    "country:FR status:in_force climate",
    "country:GR country:TR security",
    "country:japan year:2005 hydrogen",
    "status:signed migration",
    "status:expected 2025.. railways",
    "status:in_force country:PL",
    "year:2016 food security",
    "year:1995..2005 united nations",
    "2020..2024 artificial",
    "is:expected energy",
    "is:disputed trade",
    "leader:erdogan leader:meloni energy",
    "-leader:erdogan country:TR trade",
    "country:IT status:signed 2010..2020 energy cooperation",
)
"""Queries that act through links, with words beside them."""

FREQUENT = "energy"
