"""The demo organisation: made up, seeded, and rich enough that every page shows something."""
