"""The Textual app: lists, reader, query line, screens and the commands that drive them."""
