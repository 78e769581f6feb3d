"""The headless shell: one command a module, click inside, no game."""
