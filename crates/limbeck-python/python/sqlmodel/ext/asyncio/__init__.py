"""Async sessions of sqlmodel; migrations do not run them."""
