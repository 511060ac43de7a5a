"""Where the package keeps its encrypted types."""
