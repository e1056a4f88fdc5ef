"""A folder of Delta Lake tables that holds reports, claims and events: it stores and finds, it does not decide.

Reading: :func:`open_dataset` gives a :class:`Dataset`, one version of it. Writing: :func:`init_dataset` makes one,
:func:`writing` gives a :class:`Writer` under the dataset's lock, whose ``commit`` makes a version of all changed tables
at once. See docs/dataset.md.
"""

from whodid.dataset.heads import Head
from whodid.dataset.reader import Dataset, open_dataset
from whodid.dataset.schema import schema_version, tables
from whodid.dataset.writer import Run, Writer, init_dataset, writing

__all__ = ["Dataset", "Head", "Run", "Writer", "init_dataset", "open_dataset", "schema_version", "tables", "writing"]
