"""The controlled words, what each means and how each is shown in the language of the screens.

Every list maps the stored word to a `Word`. A tone names a meaning (*pending*, *settled*), never a colour:
the explorer's themes give tones their colours, and the word itself is always printed beside it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tui.language import gettext, later, ngettext, plural

Tone = Literal["pending", "agreed", "settled", "active", "ended", "plain"]
"""*pending*: foreseen, not done; *agreed*: settled in words; *settled*: signed or adopted; *active*: has effect."""


class Word(Struct, frozen=True):
    """A controlled word as a person reads it."""

    label: str
    meaning: str = ""
    tone: Tone = "plain"

    @property
    def shown(self) -> str:
        """The word in the language of the screens."""
        return gettext(self.label)

    @property
    def explained(self) -> str:
        """Its meaning in the language of the screens."""
        return gettext(self.meaning)


class Status(Word, frozen=True):
    """A status of agreements, which may stand beside how many have it."""

    def of(self, count: int) -> str:
        """Return the word in the language of the screens, for so many agreements: `12 firmati` in Italian."""
        return ngettext(self.label, self.label, count)


STATUSES: dict[str, Word] = {
    "mentioned": Status("mentioned", "named, with no word on where it stands", "pending"),
    "proposed": Status("proposed", "put forward by one side", "pending"),
    "under_negotiation": Status("in talks", "being negotiated", "pending"),
    "expected": Status("expected", "foreseen before the event; not signed", "pending"),
    "announced": Status("announced", "made public, with no word on a signature", "agreed"),
    "agreed": Status("agreed", "agreed in words or in principle", "agreed"),
    "launched": Status("launched", "begun as a programme or a process", "agreed"),
    "initialled": Status("initialled", "text fixed by the negotiators", "agreed"),
    "adopted": Status("adopted", "adopted or issued as a text of the meeting", "settled"),
    "signed": Status("signed", "signed by the parties", "settled"),
    "approved": Status("approved", "approved at home after signature", "settled"),
    "ratified": Status("ratified", "ratified", "settled"),
    "provisionally_applied": Status("provisional", "applied before it is in force", "active"),
    "in_force": Status("in force", "in force", "active"),
    "implemented": Status("implemented", "carried out", "active"),
    "expired": Status("expired", "ended by its own terms", "ended"),
    "terminated": Status("terminated", "ended by a party", "ended"),
    "withdrawn": Status("withdrawn", "taken back", "ended"),
    "superseded": Status("superseded", "replaced by a later text", "ended"),
    "cancelled": Status("cancelled", "called off", "ended"),
}
"""The statuses of an agreement, in the order of a life. *Expected* is not *signed*."""

PENDING = frozenset(word for word, shown in STATUSES.items() if shown.tone == "pending")
"""The statuses that `is:expected` finds: foreseen or talked of, with no agreement yet."""

SUMMIT_STATUSES: dict[str, Word] = {
    "scheduled": Word("scheduled", "announced for a date", "pending"),
    "under_way": Word("under way", "meeting now", "active"),
    "held": Word("held", "took place", "settled"),
    "postponed": Word("postponed", "moved to a later date", "pending"),
    "cancelled": Word("cancelled", "called off", "ended"),
}
"""The statuses of a summit, as its sources leave it."""

OUTCOME_UNKNOWN = Word("outcome unknown", "its date has passed and no source says whether it took place", "pending")
"""Shown for a summit that its sources leave scheduled for a day that is over."""

SECTORS: dict[str, Word] = {
    "foreign_affairs": Word("foreign affairs"),
    "defence": Word("defence"),
    "security_justice": Word("security and justice"),
    "civil_protection": Word("civil protection"),
    "migration": Word("migration"),
    "economy": Word("economy"),
    "trade": Word("trade"),
    "finance": Word("finance"),
    "industry": Word("industry"),
    "energy": Word("energy"),
    "environment": Word("environment"),
    "agriculture": Word("agriculture"),
    "transport": Word("transport"),
    "infrastructure": Word("infrastructure"),
    "regional": Word("regional and border areas"),
    "digital": Word("digital"),
    "space": Word("space"),
    "science_education": Word("science and education"),
    "health": Word("health"),
    "social": Word("social affairs"),
    "culture": Word("culture and media"),
    "sport": Word("sport"),
    "tourism": Word("tourism"),
    "development": Word("development"),
    "general": Word("general"),
}
"""What a topic or an agreement is about, from a short closed list."""

INSTRUMENTS: dict[str, Word] = {
    "treaty": Word("treaty"),
    "convention": Word("convention"),
    "agreement": Word("agreement"),
    "framework_agreement": Word("framework agreement"),
    "trade_agreement": Word("trade agreement"),
    "protocol": Word("protocol"),
    "amendment": Word("amendment"),
    "memorandum_of_understanding": Word("memorandum"),
    "exchange_of_notes": Word("exchange of notes"),
    "arrangement": Word("arrangement", "an implementing arrangement, terms of reference or minutes"),
    "letter_of_intent": Word("letter of intent"),
    "declaration_of_intent": Word("declaration of intent"),
    "joint_declaration": Word("joint declaration"),
    "declaration": Word("declaration"),
    "joint_statement": Word("joint statement"),
    "statement": Word("statement"),
    "communique": Word("communiqué"),
    "action_plan": Word("action plan"),
    "programme": Word("programme", "a programme, work plan or roadmap"),
    "strategy": Word("strategy", "a strategy, agenda, vision or concept"),
    "charter": Word("charter", "a charter, compact, principles or code of conduct"),
    "partnership": Word("partnership", "a partnership, alliance or dialogue"),
    "mechanism": Word("mechanism", "a mechanism, platform, council, task force or other standing body"),
    "initiative": Word("initiative"),
    "decision": Word("decision"),
    "election": Word("election"),
    "commitment": Word("commitment"),
    "pledge": Word("pledge", "money or goods promised"),
    "fund": Word("fund"),
    "loan": Word("loan"),
    "contract": Word("contract"),
    "joint_venture": Word("joint venture"),
    "award": Word("award"),
    "report": Word("report", "a report or a chair's summary"),
    "unspecified": Word("text", "the sources do not say what sort of text it is"),
}
"""What sort of text an agreement is. The title of a text decides nothing about its legal effect."""

LEVELS: dict[str, Word] = {
    "government": Word("government"),
    "agency": Word("agency"),
    "company": Word("company"),
    "international": Word("international", "a text of a group of states or of an organisation"),
    "federation": Word("federation", "a sports or professional body"),
}
"""Who the parties are."""

ROLES: dict[str, Word] = {
    "chair": Word("chair", "chairs the meeting, alone or with others"),
    "participant": Word("participant", "takes part as leader of a state or an organisation"),
    "delegate": Word("delegate", "a minister or official of a delegation"),
    "guest": Word("guest", "invited, not a member"),
    "observer": Word("observer"),
    "expected": Word("expected", "announced or invited; whether they came is not known"),
    "absent": Word("absent", "said to have stayed away"),
}
"""How a person takes part in a meeting."""

AGENDA_ROLES: dict[str, Word] = {
    "priority": Word("priority", "high on the agenda, as a source puts it", "active"),
    "discussed": Word("discussed", "on the agenda", "settled"),
    "expected": Word("expected", "foreseen on the agenda before the meeting", "pending"),
    "excluded": Word("kept off", "kept off the agenda", "ended"),
}
"""How a topic stands on an agenda."""

STATEMENTS: dict[str, Word] = {
    "session": Word("Programme", "a part of the meeting"),
    "schedule": Word("Schedule", "how the date came about or moved"),
    "commitment": Word("Promised", "something promised for later"),
    "outcome": Word("Outcome", "a result that is no text of its own"),
    "aim": Word("Aims", "what a side wants from the meeting"),
    "context": Word("Context", "what lies around the meeting"),
    "series": Word("Series", "what a source says of the other editions"),
    "promise_chain": Word("Followed up", "one promise over several editions"),
}
"""What a statement is about."""

SOURCE_KINDS: dict[str, Word] = {
    "official": Word("official", "a government or the organisation itself"),
    "news": Word("news", "a newspaper, agency or broadcaster"),
    "analysis": Word("analysis", "a research body, journal or specialist page"),
    "reference": Word("reference", "an encyclopedia or database"),
    "mirror": Word("mirror", "a copy or a rolling page; never counted as a second witness"),
    "page": Word("page", "anything else"),
}
"""What sort of witness a source is."""


A_KIND = {
    "summit": later("a summit"),
    "leader": later("a leader"),
    "topic": later("a topic"),
    "agreement": later("an agreement"),
    "source": later("a source"),
}
"""The kinds of records with their article."""


def a_kind(kind: str) -> str:
    """Return the name of a kind of record with its article: `an agreement`."""
    return gettext(A_KIND[kind])


COUNTED = {
    "summit": plural("{count} summit", "{count} summits"),
    "leader": plural("{count} leader", "{count} leaders"),
    "topic": plural("{count} topic", "{count} topics"),
    "agreement": plural("{count} agreement", "{count} agreements"),
    "source": plural("{count} source", "{count} sources"),
}
"""So many records of a kind."""


def counted(kind: str, count: int) -> str:
    """Return how many records of a kind there are: `3 summits`."""
    return ngettext(*COUNTED[kind], count)


def label(words: dict[str, Word], word: str) -> str:
    """Return how `word` is shown; an unknown word is shown as it is, with its underscores opened."""
    return gettext(english(words, word))


def english(words: dict[str, Word], word: str) -> str:
    """Return how `word` is shown in English: indexes are in no other language, since all who look share them."""
    known = words.get(word)
    return known.label if known else word.replace("_", " ")
