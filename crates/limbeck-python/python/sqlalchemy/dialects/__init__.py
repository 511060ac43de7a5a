"""The dialects, each with its own types and constructs."""
