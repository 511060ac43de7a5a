"""Tables in an order in which each comes after those it refers to."""


class TableOrder:
    """The inspector's methods that sort tables."""

    def get_sorted_table_and_fkc_names(self, schema=None, **kw):
        """`(table, [(table, foreign key)])`, last `(None, keys that have to be added afterwards)`."""
        told = self.sort_tables_on_foreign_key_dependency((schema,))
        return [(own[1] if own else None, [(table[1], key) for table, key in keys]) for own, keys in told]

    def sort_tables_on_foreign_key_dependency(self, consider_schemas=(None,), **kw):
        """The same with `(schema, table)` for a table."""
        needs, keys = {}, {}
        for schema in consider_schemas:
            for own, found in self.get_multi_foreign_keys(schema).items():
                targets = [(key["referred_schema"], key["referred_table"]) for key in found]
                needs[own] = {target for target in targets if target != own}
                keys[own] = {key["name"] for key in found}
        ordered, later = _sorted(needs), []
        if ordered is None:
            # One circle, and no reference counts: which of them to leave out is nobody's choice here.
            later = [(own, key) for own in needs if needs[own] for key in keys[own]]
            ordered = list(needs)
        names = {key for _, key in later}
        told = [(own, [(own, key) for key in keys[own] - names]) for own in ordered]
        return told + [(None, later)]


def _sorted(needs):
    """The tables in order; `None` when some refer to each other."""
    ordered, remaining = [], list(needs)
    while remaining:
        waiting = set(remaining)
        ready = [own for own in remaining if not needs[own] & waiting]
        if not ready:
            return None
        ordered += ready
        done = set(ready)
        remaining = [own for own in remaining if own not in done]
    return ordered
