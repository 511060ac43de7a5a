"""``ordering_list``: a relationship's list that keeps a position column up to date."""

from sqlalchemy.orm.collections import InstrumentedList


def ordering_list(attr, count_from=None, ordering_func=None, reorder_on_append=False):
    """A collection class that numbers its objects."""
    start = count_from or 0
    number = ordering_func or (lambda index, collection: index + start)
    return lambda: OrderingList(attr, number, reorder_on_append)


def count_from_0(index, collection):
    return index


def count_from_1(index, collection):
    return index + 1


def count_from_n_factory(start):
    return lambda index, collection: index + start


class OrderingList(InstrumentedList):
    """A list whose objects carry their position."""

    def __init__(self, ordering_attr=None, ordering_func=count_from_0, reorder_on_append=False):
        InstrumentedList.__init__(self)
        self.ordering_attr = ordering_attr
        self.ordering_func = ordering_func
        self.reorder_on_append = reorder_on_append

    def _number(self, index, item, again=True):
        if again or getattr(item, self.ordering_attr) is None:
            value = self.ordering_func(index, self)
            if getattr(item, self.ordering_attr) != value:
                setattr(item, self.ordering_attr, value)

    def reorder(self):
        for index, item in enumerate(self):
            self._number(index, item)

    def append(self, item):
        InstrumentedList.append(self, item)
        self._number(len(self) - 1, item, self.reorder_on_append)

    def insert(self, index, item):
        InstrumentedList.insert(self, index, item)
        self.reorder()

    def remove(self, item):
        InstrumentedList.remove(self, item)
        self.reorder()

    def pop(self, index=-1):
        item = InstrumentedList.pop(self, index)
        self.reorder()
        return item

    def __setitem__(self, index, item):
        InstrumentedList.__setitem__(self, index, item)
        self.reorder()

    def __delitem__(self, index):
        InstrumentedList.__delitem__(self, index)
        self.reorder()
