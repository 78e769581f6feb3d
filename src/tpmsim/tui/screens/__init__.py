"""Screens: whole pages and dialogs. Dialogs are modal and give back a typed result."""
