"""Learning from runs: decision or luck, what if, and what a class did."""
