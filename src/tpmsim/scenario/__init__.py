"""The author's side: from a YAML file to frozen rules, with every fault named and placed."""
