"""EXISTS whose SQL is written once for every question that is made from one queryset."""

from django.db.models import Exists


class Written(Exists):
    """An EXISTS that keeps its SQL: a list that is counted, walked and read asks the same of its rows five times.

    Django resolves and writes it anew in each question. Its OuterRef may name the queryset it stands in and none further out;
    under another alias (within another question) it is written anew.
    """

    _is_resolved = False
    _sql = None

    def copy(self):
        """A copy may be given other aliases, and so has nothing written yet."""
        clone = super().copy()
        clone._sql = None
        return clone

    def resolve_expression(self, *args, **kwargs):
        """Resolved once, where it is put into a filter."""
        if self._is_resolved:
            return self
        found = super().resolve_expression(*args, **kwargs)
        found._is_resolved = True
        return found

    def as_sql(self, compiler, *args, **kwargs):
        if args[1:] or kwargs:
            return super().as_sql(compiler, *args, **kwargs)
        if self._sql is None:
            words, params = super().as_sql(compiler, *args)
            self._sql = words, tuple(params)
        return self._sql
