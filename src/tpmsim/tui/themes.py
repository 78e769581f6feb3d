"""Colours. Good and bad are sky blue and vermillion (Okabe & Ito 2008), told apart by colour-blind eyes as well."""

from textual.theme import Theme

NIGHT = Theme(
    name="tpmsim",
    primary="#7FB2D9",
    secondary="#9AA5B1",
    accent="#E69F00",
    foreground="#D8DEE6",
    background="#12161C",
    surface="#181D25",
    panel="#222A35",
    success="#56B4E9",
    warning="#E69F00",
    error="#E8703A",
    dark=True,
    variables={
        "block-cursor-background": "#2F4A66",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#222A35",
        "block-cursor-blurred-foreground": "#D8DEE6",
        "border": "#3A4654",
        "scrollbar": "#3A4654",
        "scrollbar-background": "#181D25",
    },
)

PLAIN = "ansi-dark"
"""The theme where colours are not wanted: only what the terminal itself has."""
