"""Widgets that Textual does not have, or has in a form that costs too much; each says why it is our own."""
