"""In and out: how a record is laid before a reader, how it is written by hand, and the formats of others.

Where to look:

- the page of a record: `record_page` chooses between `summit_page`, `leader_page`, `topic_page`, `agreement_page` and
  `source_page`; what they are made of: `page`, `parts`, `references`, `quotes`
- other pages: `start_page`, `empty_page`, `evidence_page`, `briefing`, `changes_page`, `history_page`
- views of many records: `timeline` with `timeline_page`, `comparison` with `compared_figures`, `disagreement`,
  `pictures` with `charts`, `figures_page` with `spoken_figures`; what they count: `editions`, `standings`
- from pages to lines of text: `text`, `tables`, `dates`, `printable`
- rooms: `out` (formats that others read), `into` (imports), `form` (a record edited as text)
"""
