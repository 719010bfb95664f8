"""The explorer over SSH: one server, many people, each with an explorer of their own on one shared index."""
