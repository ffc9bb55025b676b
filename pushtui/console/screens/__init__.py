"""One module per screen, each with its styles in it."""
