"""The wall that PostgreSQL itself keeps between offices: who looks (`visitor`), what each table shows (`rules`), how it
is put up (`build`), how a transaction is placed before it (`stand`), and whether it stands (`examine`). Decision 0060.
"""

from .build import Runtime, put_up, take_down
from .examine import examine, sees_everything
from .stand import Wall
from .visitor import NOBODY, Visitor

__all__ = ["NOBODY", "Runtime", "Visitor", "Wall", "examine", "put_up", "sees_everything", "take_down"]
