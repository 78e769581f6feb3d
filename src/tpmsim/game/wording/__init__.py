"""Wording: every word that plain mode and the screens share. `tpmsim.game.view.View` is the one door to it."""
