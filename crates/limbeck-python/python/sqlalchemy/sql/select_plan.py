"""Works out what a SELECT leaves open: its FROM list, its joins, the names of its columns."""

from .. import exc
from .selectable import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Join,
    can_join,
)
from .visitors import iterate


class _AnonymousNames(dict):
    """Numbers for anonymous names: `%(123 anon)s` is `anon_1`."""

    def __missing__(self, key):
        _seed, _, body = key.partition(" ")
        number = self.get(body, 1)
        dict.__setitem__(self, body, number + 1)
        name = "%s_%d" % (body, number)
        self[key] = name
        return name


def naming_convention(style):
    """A function that gives each column of a query its key."""
    qualified = style is LABEL_STYLE_TABLENAME_PLUS_COL
    dedupe = style is not LABEL_STYLE_NONE
    numbers = _AnonymousNames()
    names = set()

    def key_of(column):
        if column._is_text_clause:
            return None
        if not dedupe:
            return column._proxy_key or "_no_label"
        name = column._tq_key_label if qualified else column._proxy_key
        if name is None:
            if "_no_label" in names:
                return column._anon_label("_no_label") % numbers
            names.add("_no_label")
            return "_no_label"
        if name in names:
            label = column._anon_tq_key_label if qualified else column._anon_key_label
            return label % numbers
        names.add(name)
        return name

    return key_of


def columns_plus_names(select, anon_for_dupe_key, columns=None):
    """For each column (label it must have, key, label it may have, column, repeated)."""
    if columns is None:
        columns = select._all_selected_columns
    style = getattr(select, "_label_style", None)
    key_of = naming_convention(style)
    qualified = style is LABEL_STYLE_TABLENAME_PLUS_COL
    names = {}
    result = []
    duplicates = 1
    for column in columns:
        repeated = False
        effective = required = fallback = None
        if not column._render_label_in_columns_clause:
            pass
        elif style is LABEL_STYLE_NONE:
            fallback = column._non_anon_label or column._anon_name_label
        else:
            if qualified:
                required = effective = fallback = column._tq_label
            else:
                effective = fallback = column._non_anon_label
            if effective is None:
                anonymous = column._anon_name_label
                repeated = anonymous in names
                names[anonymous] = column
                required = None
                if not repeated:
                    fallback = anonymous
                else:
                    dedupe = _dedupe(column, qualified)
                    fallback = dedupe(duplicates)
                    duplicates += 1
        if effective is not None:
            if effective not in names:
                names[effective] = column
            elif names[effective] is not column:
                required = fallback = (
                    column._anon_tq_label if qualified else column._anon_name_label
                )
                if anon_for_dupe_key and required in names:
                    required = fallback = _dedupe(column, qualified)(duplicates)
                    duplicates += 1
                    repeated = True
                else:
                    names[required] = column
            elif anon_for_dupe_key:
                required = fallback = _dedupe(column, qualified)(duplicates)
                duplicates += 1
                repeated = True
        result.append((required, key_of(column), fallback, column, repeated))
    return result


def _dedupe(column, qualified):
    return column._dedupe_anon_tq_label_idx if qualified else column._dedupe_anon_label_idx


def normalize_froms(froms):
    """Each element once, without those that a join contains."""
    seen = set()
    kept = []
    for one in froms:
        if id(one) not in seen:
            seen.add(id(one))
            kept.append(one)
    if len(kept) > 1 or (kept and kept[0]._hide_froms):
        hidden = {id(inner) for one in kept for inner in one._hide_froms}
        if hidden:
            kept = [one for one in kept if id(one) not in hidden]
    return kept


class SelectPlan:
    """The FROM elements and the named columns of one SELECT."""

    def __init__(self, statement):
        self.statement = statement
        self.from_clauses = list(statement._from_obj)
        for right, onclause, left, flags in statement._setup_joins:
            self._join(right, onclause, left, flags)
        froms = list(self.from_clauses)
        for one in statement._raw_columns:
            froms.extend(one._from_objects)
        for one in statement._where_criteria:
            froms.extend(one._from_objects)
        for one in froms:
            if getattr(one, "_is_subquery", False) and one.element is statement:
                raise exc.InvalidRequestError("select() construct refers to itself as a FROM")
        self.froms = normalize_froms(froms)
        self.columns_plus_names = columns_plus_names(statement, True)
        self.ambiguous_names = self._ambiguous_names()
        self._labels = None

    def _ambiguous_names(self):
        """Names of tables that a table of the same name in a schema makes ambiguous."""
        found = None
        for item in self.froms:
            for one in item._from_objects:
                if one._is_from_clause and one._is_table and one.schema:
                    from .elements import _anonymous_label

                    if found is None:
                        found = {}
                    if one.name not in found:
                        found[one.name] = _anonymous_label.safe_construct(
                            abs(hash(one.name)), one.name
                        )
        return found

    def _join(self, right, onclause, left, flags):
        place = None
        if left is None:
            left, place = self._left_side(right, onclause)
        else:
            for index, one in enumerate(self.from_clauses):
                if left is one or one.is_derived_from(left):
                    place = index
                    break
        if place is not None:
            left = self.from_clauses[place]
        made = Join(left, right, onclause, isouter=flags[0], full=flags[1])
        if place is None:
            self.from_clauses.append(made)
        else:
            self.from_clauses[place] = made

    def _left_side(self, right, onclause):
        known = bool(self.from_clauses)
        if known:
            candidates = self.from_clauses
        else:
            candidates = []
            for one in (*self.statement._raw_columns, *self.statement._where_criteria):
                for source in one._from_objects:
                    if not any(source is other for other in candidates):
                        candidates.append(source)
        indexes = _joinable(candidates, right, onclause)
        if len(indexes) > 1:
            raise exc.InvalidRequestError(
                "Can't determine which FROM clause to join from, there are multiple FROMS which "
                "can join to this entity. Please use the .select_from() method to establish an "
                "explicit left side, as well as providing an explicit ON clause if not present "
                "already to help resolve the ambiguity."
            )
        if not indexes:
            raise exc.InvalidRequestError(
                "Don't know how to join to %r. Please use the .select_from() method to establish "
                "an explicit left side, as well as providing an explicit ON clause if not present "
                "already to help resolve the ambiguity." % (right,)
            )
        return candidates[indexes[0]], indexes[0] if known else None

    def display_froms(self, explicit, implicit):
        """What is written in FROM, when the outer statement has these elements."""
        froms = self.froms
        statement = self.statement
        if statement._correlate:
            froms = _without(froms, explicit, statement._correlate)
        if statement._correlate_except is not None:
            kept = {id(one) for one in statement._correlate_except}
            outer = {id(one) for one in explicit}
            froms = [one for one in froms if id(one) not in outer or id(one) in kept]
        if statement._auto_correlate and implicit and len(froms) > 1:
            outer = {id(one) for one in implicit}
            froms = [one for one in froms if id(one) not in outer]
            if not froms:
                raise exc.InvalidRequestError(
                    "Select statement '%r' returned no FROM clauses due to auto-correlation; "
                    "specify correlate(<tables>) to control correlation manually." % statement
                )
        return froms

    @property
    def labels(self):
        """Names that ORDER BY and GROUP BY may use: (all, of tables, of columns)."""
        if self._labels is None:
            columns = {
                one._tq_label or one.key: one
                for one in self.statement._all_selected_columns
                if one._allow_label_resolve
            }
            tables = {
                one.key: one
                for source in self.froms
                for one in source._select_iterable
                if one._allow_label_resolve
            }
            self._labels = ({**tables, **columns}, tables, columns)
        return self._labels


class CompoundPlan:
    """The names of a UNION's columns."""

    def __init__(self, statement):
        subquery = statement.subquery()
        subquery.named_with_column = False
        names = {one.key: one for one in subquery.c}
        self.labels = (names, names, names)


def _without(froms, outer, chosen):
    outer = {id(one) for one in outer}
    chosen = {id(one) for one in chosen}
    return [one for one in froms if not (id(one) in outer and id(one) in chosen)]


def _joinable(candidates, right, onclause):
    """Which elements the join can start from: by the ON clause, else by foreign keys."""
    targets = right._from_objects if right._is_from_clause else [right]
    columns = None
    if len(candidates) > 1 and onclause is not None:
        columns = {one for one in iterate(onclause) if one.__visit_name__ == "column"}
    found = []
    for index, one in enumerate(candidates):
        for target in targets:
            if target is one:
                continue
            if columns is not None:
                fits = columns <= {*one.c, *target.c}
            else:
                fits = onclause is not None or can_join(one, target)
            if fits:
                found.append(index)
                break
    if len(found) > 1:
        hidden = {id(inner) for one in candidates for inner in one._hide_froms}
        found = [index for index in found if id(candidates[index]) not in hidden]
    if not found and onclause is not None:
        return list(range(len(candidates)))
    return found
