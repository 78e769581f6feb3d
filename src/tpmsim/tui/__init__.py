"""The game on the screen (Textual). Screens show observations in words and send moves; nothing else crosses."""
