"""The policies that come with the program."""
