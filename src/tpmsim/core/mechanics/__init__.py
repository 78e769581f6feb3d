"""The mechanics of a week: one published model a module, its equations first, then how it acts on the state."""
