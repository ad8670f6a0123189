"""Training of the project's own small models; nothing here runs when articles are read."""
