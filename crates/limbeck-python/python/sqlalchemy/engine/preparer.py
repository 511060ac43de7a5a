"""Names as the engine writes them."""

from ..sql.identifiers import IdentifierPreparer


class EnginePreparer(IdentifierPreparer):
    """Quotes as the engine does, so that scripts and operations agree on names."""

    def _requires_quotes(self, value):
        if IdentifierPreparer._requires_quotes_illegal_chars(self, value):
            return True
        if value.lower() != value or value[0] in "$0123456789":
            return True
        import _limbeck

        return _limbeck.quote(self.dialect.engine_name, value) != value
