"""What an action on one object reaches through its relationships."""

from .state import instance_state


def reach(state, kind, load=None):
    """The states that ``save-update``, ``delete``, ``merge``, ``expunge`` or ``refresh-expire`` leads to."""
    if load is None:
        load = kind == "delete"
    seen = {state}
    found = []
    todo = [state]
    while todo:
        one = todo.pop(0)
        for key, prop in one.mapper.props.items():
            if not prop.is_relationship or kind not in prop.cascade or prop.viewonly:
                continue
            prop.configure()
            if kind == "delete" and prop.passive_deletes and key not in one.dict:
                continue
            items = prop.members_of(one, load=load and one.key is not None)
            if kind == "save-update" and key in one.committed and prop.uselist:
                items = list(items) + [item for item in one.committed[key] or () if "delete-orphan" not in prop.cascade]
            elif kind == "save-update" and prop.uselist and one.queued and key in one.queued:
                items = list(items) + list(one.queued[key][0])
            for item in items:
                if item is None:
                    continue
                other = instance_state(item)
                if other not in seen:
                    seen.add(other)
                    found.append(other)
                    todo.append(other)
    return found
