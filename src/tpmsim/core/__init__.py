"""The world: frozen rules, frozen states, and the two functions that lead on. Numpy only, pure, batched.

Read `week.py` first. Nothing in here knows words, files, terminals or clocks.
"""
