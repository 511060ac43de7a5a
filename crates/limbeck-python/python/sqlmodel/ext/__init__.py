"""Extensions of sqlmodel."""
