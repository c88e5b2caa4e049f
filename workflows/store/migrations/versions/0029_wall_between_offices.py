"""Rows are cut by the database itself for visitors (decision 0060): the wall is put up at the end of each upgrade.

It is described by `workflows/store/wall` as a whole, with the roles of this installation, so that nothing of it stands
here. The version is what makes an installation of before run the upgrade.
"""

from __future__ import annotations

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
