// Keyboard for people who work here all day: "/" goes to the search field, "j" and "k" walk the rows, "Enter" opens,
// "x" chooses a row.
// Nothing depends on it, no key decides anything, and it keeps still while a Vietnamese input method composes.
(function () {
  "use strict";
  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }
  function walk(step) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("a.whole"));
    if (!rows.length) { return; }
    var at = rows.indexOf(document.activeElement) + step;
    rows[Math.max(0, Math.min(rows.length - 1, at < 0 && step > 0 ? 0 : at))].focus();
  }
  function pick(at) {
    var row = at && at.closest ? at.closest(".row") : null, box = row && row.querySelector(".pick input");
    if (box) { box.checked = !box.checked; }
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (isTyping(event.target) || document.documentElement.dataset.keys === "off") { return; }
    var search = document.querySelector("input[type=search]");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    if (event.key === "j") { walk(1); }
    if (event.key === "k") { walk(-1); }
    if (event.key === "x") { pick(document.activeElement); }
  });
  // A second press of the same button would only be told "already done"; do not even send it.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    window.setTimeout(function () { delete event.target.dataset.sent; }, 4000);
  });
  // What matters is in view: the step that waits in the diagram, and the place where one is in a row of tabs.
  function center(box, target) {
    var outer = box.getBoundingClientRect(), inner = target.getBoundingClientRect();
    box.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    if (box.scrollHeight > box.clientHeight) { box.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2; }
  }
  document.querySelectorAll(".diagram, .tabs, .places").forEach(function (box) {
    var target = box.querySelector("#dang-o-day, [aria-current], .bpmn-node.heat-4");
    if (target) { center(box, target); }
  });
  // On a phone the table of a chart waits behind its heading.
  if (window.matchMedia("(max-width: 39.99rem)").matches) {
    document.querySelectorAll("details.data").forEach(function (each) { each.open = false; });
  }
  // What is typed into the form of a task is kept on the server from time to time; the button "Lưu nháp" does the same.
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var timer = 0, said = document.getElementById("da-luu-nhap");
    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        var data = new FormData(form);
        form.querySelectorAll("input[type=file], input[type=password]").forEach(function (field) { data.delete(field.name); });
        window.fetch(form.dataset.draft, { method: "POST", body: data }).then(function (answer) {
          if (said && answer.status === 204) { said.textContent = "Đã lưu nháp lúc " + new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }); }
        }, function () { return undefined; });
      }, 2500);
    });
    form.addEventListener("submit", function () { window.clearTimeout(timer); });
  });
  // A page taken from the back-forward memory may be old: forms on it may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form").forEach(function (form) { delete form.dataset.sent; });
  });
})();
