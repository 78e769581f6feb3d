"""Panes: the pages of the play screen. Each lays out one part of a desk and posts messages."""
