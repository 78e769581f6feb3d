"""The preview of a scenario that is being edited: the game on the screen, which follows every save."""
