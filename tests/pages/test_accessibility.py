"""axe-core finds nothing on any page: day and night, phone and old PC, with work, without, and with an error.

Each page is seen in both sizes by day and by night. Rules that see no colour cannot tell day from night and are asked
once a size, which light it is changing from page to page; `KEHOACH_NIGHTLY=1` asks every rule all four times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from service.words import vi
from tests.nightly import size as chosen
from tests.pages.administrators import GUI_TIN, administrator, troubled_case
from tests.pages.conftest import House, Stage
from tests.pages.in_chromium import sign_in
from tests.pages.served import served
from tests.pages.test_late_opinion import silent_after_the_deadline
from tests.pages.test_link import link_for
from workflows.actions import confirm_reading, deploy_definition, import_plan

pytestmark = pytest.mark.browser
SIZES = ({"width": 390, "height": 844}, {"width": 1024, "height": 768})
AXE = Axe().axe_script  # loaded once a page: it is half a megabyte
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": STANDARDS}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LISTS = (
    "/viec",
    "/viec/da-xu-ly",
    "/viec/cho-nguoi-khac",
    "/viec/dang-cho",
    "/viec/don-vi",
    "/viec/theo-doi",
    "/ke-hoach",
    "/so-van-ban",
    "/so-van-ban-den",
    "/bao-cao",
    "/so-lieu",
    "/so-lieu/gia-dinh",
)


@dataclass
class Auditor:
    """One tab that looks at every page in both lights and both sizes, and remembers what axe says."""

    tab: Page
    address: str
    found: list[str]
    audited: int = 0

    def look(self, path: str) -> None:
        """Open the page once and audit it in both sizes and both lights."""
        self.tab.goto(f"{self.address}{path}")
        self.audit(path)

    def audit(self, path: str) -> None:
        """What stands in the tab now, in each size and light; nightly by every rule, else once a size by those that
        see no colour."""
        self.tab.evaluate(AXE)
        self.audited += 1
        lights = LIGHTS if self.audited % 2 else LIGHTS[::-1]
        whole = chosen(list(zip(SIZES, lights, strict=True)), list(product(SIZES, LIGHTS)))
        for size, light in product(SIZES, LIGHTS):
            self.tab.set_viewport_size(size)  # type: ignore[arg-type]
            self.tab.emulate_media(color_scheme=light)
            self._run(f"{path} {size['width']} {light}", EVERY_RULE if (size, light) in whole else RULES_OF_COLOUR)

    def _run(self, where: str, rules: Mapping[str, object]) -> None:
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        told = self.tab.evaluate("options => axe.run(document, options)", options)
        self.found += [
            f"{where}: {each['id']} {node['html'][:120]} {node['failureSummary'][:200]}"
            for each in told["violations"]
            for node in each["nodes"][:3]
        ]


def signed_in(context: BrowserContext, house: House, address: str, group: str) -> Auditor:
    """A tab of whoever is in this group."""
    role, _, body_id = group.partition("@")
    tab = context.new_page()
    sign_in(tab, address, house.login(role, int(body_id)))
    return Auditor(tab, address, [])


def audited(chromium: Browser, house: House, group: str, paths: list[str]) -> list[str]:
    """What axe finds on these pages as somebody of this group sees them."""
    with served(house.app) as address:
        context = chromium.new_context()
        auditor = signed_in(context, house, address, group)
        for path in paths:
            auditor.look(path)
        context.close()
    return auditor.found


def tabs_of(house: House) -> list[str]:
    return [f"{house.plan}/{key}".rstrip("/") for key, _ in vi.PLAN_TABS]


def test_the_auditor_sees_a_fault_in_each_light(chromium: Browser) -> None:
    auditor = Auditor(chromium.new_page(), "", [])
    auditor.tab.set_content(
        "<html lang=vi><title>t</title><style>@media (prefers-color-scheme: dark) { p { color: #777 } }"
        "p { background: #888 }</style><main><h1>h</h1><p>chữ<img src='/x.png'></main>"
    )
    auditor.audit("faulty")
    auditor.tab.close()
    assert sum("image-alt" in each for each in auditor.found) == chosen(2, 4)
    assert sum("color-contrast" in each and "dark" in each for each in auditor.found) == 2
    assert not any("color-contrast" in each and "light" in each for each in auditor.found)


def test_strangers_pages(stage: Stage, chromium: Browser) -> None:
    house = stage("consulting")
    link = link_for(house, "lay_y_kien", body=True)
    with served(house.app) as address:
        auditor = Auditor(chromium.new_page(), address, [])
        for path in ("/dang-nhap", link, f"/x/{'f' * 30}"):
            auditor.look(path)
        auditor.tab.goto(f"{address}/dang-nhap")
        auditor.tab.click("form.card button:not([type=button])")
        auditor.audit("sign-in with errors")
        auditor.tab.close()
    assert not auditor.found, "\n".join(auditor.found)


def test_the_office_and_its_plan_in_force(stage: Stage, chromium: Browser) -> None:
    house = stage("in_force")
    house.cast.wait(house.cast.now.replace(month=11, day=17))
    cycle = house.browser("van_thu").get("/bao-cao")
    cycles = [link for link in cycle.links if link.startswith("/bao-cao/")][:1]
    office = house.cast.office
    found = audited(chromium, house, f"van_thu@{office.id}", [*LISTS, *cycles, *tabs_of(house)])
    assert not found, "\n".join(found)


def test_the_decision_pages_of_a_plan_in_force(stage: Stage, chromium: Browser) -> None:
    house = stage("in_force")
    house.cast.wait(house.cast.now.replace(month=11, day=17))
    first = {task.form: task for task in reversed(house.cast.open())}
    assert len(first) > 1
    for task in first.values():
        found = audited(chromium, house, task.groups[0], [f"/viec/{task.id}"])
        assert not found, "\n".join(found)


def test_processes_and_what_went_wrong(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    case = troubled_case(house)
    deploy_definition(house.cast.clock, GUI_TIN.replace(b'name="G', b'name="H'))
    administrator(house)
    paths = ["/quy-trinh", "/quy-trinh/ke_hoach", "/quy-trinh/gui_tin/2?voi=1", "/su-co", f"/ho-so/{case}"]
    found = audited(chromium, house, f"quan_tri@{house.cast.office.id}", paths)
    assert not found, "\n".join(found)


def test_creating_a_plan(stage: Stage, chromium: Browser) -> None:
    house = stage("empty")
    unit = house.cast.office.drafting_unit_id
    plan_id = import_plan(
        house.cast.drafter(), office_id=house.cast.office.id, drafting_unit_id=unit, text=house.cast.text
    )
    confirm_reading(house.cast.drafter(), plan_id)
    paths = ["/ke-hoach/moi", f"/ke-hoach/{plan_id}", f"/ke-hoach/{plan_id}/doc-hieu", f"/ke-hoach/{plan_id}/duong-di"]
    found = audited(chromium, house, f"thu_truong@{unit}", [*paths, "/viec", "/khong-co-trang-nay"])
    assert not found, "\n".join(found)


def test_a_late_opinion(stage: Stage, chromium: Browser) -> None:
    house, body_id, link, task = silent_after_the_deadline(stage)
    paths = [f"{house.plan}/y-kien-muon/{body_id}", link, task, f"{house.plan}/y-kien"]
    found = audited(chromium, house, f"thu_truong@{body_id}", paths)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["drafting", "checking", "consulting", "answering", "signing", "numbering", "issuing"])
def test_the_decision_page_of_every_form(stage: Stage, chromium: Browser, name: str) -> None:
    house = stage(name)
    task = house.cast.open()[0]
    found = audited(chromium, house, task.groups[0], ["/viec", f"/viec/{task.id}"])
    assert not found, "\n".join(found)
