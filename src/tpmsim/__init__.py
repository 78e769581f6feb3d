"""tpmsim: the flight recorder of product management."""

__version__ = "0.1.0"
