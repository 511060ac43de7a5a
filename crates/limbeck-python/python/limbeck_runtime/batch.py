"""Does the operations of a batch, and gives unnamed constraints the names by which a batch speaks of them."""


def do_batch(batch):
    """Does the operations of a batch in order."""
    copied = batch._should_recreate()
    if copied:
        for kind, _, subject, _ in batch.batch:
            if kind == "add_constraint" and not isinstance(subject.name, str) and not subject._type_bound:
                raise ValueError("Constraint must have a name")
            if kind == "rename_table":
                raise NotImplementedError("TODO")
    if copied and batch.context.as_sql:
        from limbeck_runtime.batch_copy import write_copy

        write_copy(batch)
        return
    for kind, operation, subject, place in batch.batch:
        if kind == "drop_constraint" and batch.naming_convention:
            operation = _found_by_convention(batch, operation)
        batch.impl._apply(kind, operation, subject, place)
