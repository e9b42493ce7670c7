"""`field__among=values`: the same as `in`, as one parameter where the database has arrays.

PostgreSQL then prepares one statement for any number of values, and does not read whole tables where it would for
many placeholders: finding 130 pages took a tenth of the time.
"""

from typing import Any

from django.db.models import Field, Lookup
from django.db.models.lookups import In


@Field.register_lookup
class Among(Lookup[Any]):
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return In(self.lhs, list(self.rhs)).as_sql(compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        prepared = [self.lhs.output_field.get_db_prep_value(value, connection, prepared=False) for value in self.rhs]
        return f"{column} = ANY(%s)", [*params, prepared]
