"""Transactions of a connection: its own, and savepoints in it."""

from .. import exc


class Transaction:
    """What all transactions share."""

    def __init__(self, connection):
        self.connection = connection
        self.is_active = True
        self._entered = False

    @property
    def is_valid(self):
        return self.is_active and not self.connection.closed

    def commit(self):
        """Keeps what was done."""
        if not self.is_active:
            raise exc.InvalidRequestError("This transaction is inactive")
        self._do_commit()

    def rollback(self):
        """Undoes what was done."""
        if self.is_active:
            self._do_rollback()

    def close(self):
        """Ends the transaction without keeping anything."""
        self.rollback()

    def _rollback_can_be_called(self):
        return self.is_active

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None and self.is_active:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()


class RootTransaction(Transaction):
    """The transaction of a connection."""

    def _do_commit(self):
        self.is_active = False
        self.connection._end(self, commit=True)

    def _do_rollback(self):
        self.is_active = False
        self.connection._end(self, commit=False)


class NestedTransaction(Transaction):
    """A savepoint."""

    def __init__(self, connection):
        super().__init__(connection)
        connection._savepoint_number += 1
        self._savepoint = "sa_savepoint_%d" % connection._savepoint_number
        self._outer = connection._nested
        connection._savepoint("SAVEPOINT ", self._savepoint)
        connection._nested = self

    def _leave(self):
        self.is_active = False
        inner = self.connection._nested
        while inner is not None and inner is not self:
            inner.is_active = False
            inner = inner._outer
        self.connection._nested = self._outer

    def _do_commit(self):
        self.connection._savepoint("RELEASE SAVEPOINT ", self._savepoint)
        self._leave()

    def _do_rollback(self):
        self._leave()
        self.connection._savepoint("ROLLBACK TO SAVEPOINT ", self._savepoint)


class TwoPhaseTransaction(RootTransaction):
    """A transaction in two phases, which migrations have no use for."""
