"""Offline scripts: Alembic writes text, Limbeck wants statements. Each piece of text is one statement, or a comment."""


class Writer:
    """Stands where Alembic's output buffer would."""

    def __init__(self, pipe, place):
        self._pipe = pipe
        self._place = place
        self._autocommit = False

    def attach(self, context):
        """Takes over what the context's implementation writes."""
        impl = context.impl
        terminator = impl.command_terminator

        def static_output(text):
            text = text.strip()
            if terminator and text.endswith(terminator):
                text = text[: -len(terminator)].rstrip()
            if text:
                self._tell(text)

        def leave_transaction():
            self._autocommit = True

        def enter_transaction():
            self._autocommit = False

        impl.static_output = static_output
        impl.emit_commit = leave_transaction
        impl.emit_begin = enter_transaction

    def _tell(self, text):
        message = {"say": "statement", "sql": text, "autocommit": self._autocommit}
        place = self._place()
        if place:
            message["file"], message["line"] = place
        answer = self._pipe.ask(message)
        if "error" in answer:
            raised = RuntimeError(answer["error"]["message"])
            raised.limbeck_refusal = answer.get("number")
            raise raised

    def write(self, text):
        return len(text)

    def flush(self):
        pass
