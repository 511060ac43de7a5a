"""Sessions of sqlmodel."""
