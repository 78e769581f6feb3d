"""What many runs tell of a scenario: whether play matters, whether choices are real, whether its contract is kept."""
