"""Trying a scenario out: scripted paths, play that looks for what was not reached yet, and checks of every week."""
