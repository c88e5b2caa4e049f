// Small things on every page; nothing depends on them. Keys are phim.js, what is typed is kept by giu.js.
(function () {
  "use strict";
  // A second press of the same button would only be told "already done"; do not even send it.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    window.setTimeout(function () { delete event.target.dataset.sent; }, 4000);
  });
  // Whoever has to correct something begins where it is told.
  var wrong = document.querySelector(".notice.bad[tabindex='-1']");
  if (wrong) { wrong.focus(); }
  // A browser names its button for files in its own language; the page lays its own words over it.
  document.querySelectorAll("input[type=file]").forEach(function (input) {
    var box = document.createElement("span"), face = document.createElement("span"), name = document.createElement("span");
    function say() {
      name.textContent = Array.prototype.map.call(input.files, function (file) { return file.name; }).join("; ") || "Chưa chọn tệp";
    }
    box.className = "file";
    face.className = "button plain";
    face.textContent = "Chọn tệp";
    face.setAttribute("aria-hidden", "true");
    input.parentNode.insertBefore(box, input);
    box.appendChild(input);
    box.appendChild(face);
    box.appendChild(name);
    input.addEventListener("change", say);
    say();
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
  document.querySelectorAll("[data-chep]").forEach(function (button) {
    if (!window.navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      window.navigator.clipboard.writeText(window.location.origin + button.dataset.chep).then(function () { button.textContent = button.dataset.daChep; }, function () { return undefined; });
    });
  });
  // On a device that its person called their own, the last list can be looked at without a net.
  if (document.body.dataset.may === "co" && "serviceWorker" in navigator) { navigator.serviceWorker.register("/sw.js").catch(function () { return undefined; }); }
  // A page taken from the back-forward memory may be old: forms on it may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form").forEach(function (form) { delete form.dataset.sent; });
  });
})();
