"""What concerns a visitor in other offices, as functions of the database that look past its wall (text of SQL).

They say with keys what `screens/sight.py` says as conditions on rows of plans; `tests/store/test_wall.py` compares the
two. They run as whoever owns the tables, and take nothing from the one who asks but the settings of the transaction.
"""

from __future__ import annotations

from .rules import BODIES, CAME_IN, GROUPS, OFFICES, PEOPLE, PLANS

_MINE = f"t.assignee = ANY {PEOPLE} OR g.group_key = ANY {GROUPS}"
_OFFERED = "tasks AS t LEFT JOIN task_groups AS g ON g.task_id = t.id"

# Each function's name with its parameters, and what it answers.
FUNCTIONS: tuple[tuple[str, str], ...] = (
    (
        "kehoach_plan_concerns(plan bigint)",
        f"""plan = ANY {PLANS}
        OR EXISTS (SELECT FROM rounds AS r JOIN opinions AS o ON o.round_id = r.id
                   WHERE r.plan_id = plan AND o.body_id = ANY {BODIES})
        OR EXISTS (SELECT FROM recipients AS r WHERE r.subject = 'plan' AND r.subject_id = plan
                   AND r.body_id = ANY {BODIES} AND r.status <> 'chua_gui')
        OR EXISTS (SELECT FROM {_OFFERED} WHERE t.plan_id = plan AND (
                   (t.status IN ('open', 'completed') AND ({_MINE}))
                   OR (g.group_key = ANY {GROUPS} AND g.group_key NOT LIKE 'nguoi@%')))""",  # noqa: S608 - text of our own
    ),
    (
        "kehoach_plan_shown(plan bigint)",
        f"""EXISTS (SELECT FROM plans AS p WHERE p.id = plan AND p.office_id = ANY {OFFICES})
        OR kehoach_plan_concerns(plan)""",
    ),
    (
        "kehoach_task_concerns(task text, plan bigint)",
        f"""EXISTS (SELECT FROM task_groups AS g WHERE g.task_id = task AND g.group_key = ANY {GROUPS})
        OR kehoach_plan_shown(plan)""",
    ),
    (
        "kehoach_case_concerns(about bigint, plan bigint)",
        f"""kehoach_plan_shown(plan)
        OR EXISTS (SELECT FROM {_OFFERED} WHERE t.case_id = about AND ({_MINE}))""",
    ),
    (
        "kehoach_cycle_concerns(rule bigint, plan bigint)",
        f"""EXISTS (SELECT FROM report_rules AS r WHERE r.id = rule AND r.parent_body_id = ANY {OFFICES})
        OR kehoach_plan_shown(plan)""",
    ),
    (
        "kehoach_document_shown(subject text, about bigint)",
        f"""CASE subject
        WHEN 'plan' THEN kehoach_plan_shown(about)
        WHEN 'archive' THEN kehoach_plan_shown(about)
        WHEN 'report' THEN EXISTS (SELECT FROM cycles AS c WHERE c.id = about
            AND (c.office_id = ANY {OFFICES} OR kehoach_cycle_concerns(c.rule_id, c.plan_id)))
        WHEN 'copy' THEN EXISTS (SELECT FROM copies AS c WHERE c.id = about AND c.office_id = ANY {OFFICES})
        WHEN 'incoming' THEN EXISTS (SELECT FROM incoming AS i WHERE i.id = about AND i.office_id = ANY {OFFICES})
        WHEN 'register' THEN EXISTS (SELECT FROM register AS r WHERE r.id = about
            AND (r.office_id = ANY {OFFICES} OR kehoach_document_shown(r.subject, r.subject_id)))
        WHEN 'comment' THEN EXISTS (SELECT FROM comments AS c WHERE c.id = about AND kehoach_plan_shown(c.plan_id))
        WHEN 'opinion' THEN EXISTS (SELECT FROM opinions AS o JOIN rounds AS r ON r.id = o.round_id
            WHERE o.id = about AND kehoach_plan_shown(r.plan_id))
        WHEN 'office' THEN {CAME_IN}
        ELSE false END""",  # noqa: S608 - text of our own
    ),
    (
        "kehoach_colleague(person bigint)",
        f"""EXISTS (SELECT FROM holdings AS h JOIN posts AS p ON p.id = h.post_id JOIN bodies AS b ON b.id = p.body_id
                WHERE h.person_id = person AND b.office_id = ANY {OFFICES})""",
    ),
)
