"""Extensions of the ORM, each imported when it is used."""
