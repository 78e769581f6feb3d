"""One run: its session, its journal, its file."""
