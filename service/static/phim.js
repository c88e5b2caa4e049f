// Keys for people who work here all day; /tro-giup lists them. None decides anything, all can be switched off or be
// asked for together with Alt, and they keep still while somebody types or a Vietnamese input method composes.
(function () {
  "use strict";
  var PLACES = { i: "/viec", k: "/ke-hoach", s: "/so-van-ban" };
  var begun = 0;
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
  function search() {
    var field = document.querySelector("input[type=search]");
    if (field) {
      var fold = field.closest("details");
      if (fold) { fold.open = true; }
      field.focus();
    } else if (document.querySelector("nav.places")) { window.location.assign("/ke-hoach#tim"); }
  }
  function go(key) {
    var link = document.querySelector('nav.places a[href="' + PLACES[key] + '"]');
    if (link) { window.location.assign(link.href); }  // a click with Alt held would save the page
  }
  function help() {
    var known = document.getElementById("hop-phim");
    if (known) { if (!known.open) { known.showModal(); } return; }
    window.fetch("/tro-giup").then(function (answer) { return answer.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), list = page.getElementById("phim-tat");
      if (!list || document.getElementById("hop-phim")) { return; }
      var box = document.createElement("dialog"), name = list.querySelector("h2");
      box.id = "hop-phim";
      box.className = "card";
      name.id = "ten-hop-phim";
      box.setAttribute("aria-labelledby", "ten-hop-phim");
      while (list.firstChild) { box.appendChild(document.importNode(list.firstChild, true)); list.removeChild(list.firstChild); }
      document.body.appendChild(box);
      box.showModal();
    }, function () { window.location.assign("/tro-giup#phim-tat"); });
  }
  function escape() {
    var at = document.activeElement;
    if (at && at !== document.body) { at.blur(); }
  }
  var DEEDS = {
    "/": search,
    "?": help,
    j: function () { walk(1); },
    k: function () { walk(-1); },
    x: function () { pick(document.activeElement); }
  };
  var chosen = document.documentElement.dataset.keys;
  // With Alt some keyboards write another sign, so the place of the key counts.
  function named(event) {
    if (chosen !== "alt") { return event.key; }
    if (/^Key[A-Z]$/.test(event.code)) { return event.code.slice(3).toLowerCase(); }
    return event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.key;
  }
  function press(key, event) {
    var follows = begun && Date.now() - begun < 1500;
    begun = 0;
    if (follows && PLACES[key]) { event.preventDefault(); go(key); return; }
    if (key === "g") { event.preventDefault(); begun = Date.now(); return; }
    if (DEEDS.hasOwnProperty(key)) { event.preventDefault(); DEEDS[key](); }
  }
  if (chosen === "off") { return; }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) { return; }
    if (event.key === "Alt" || event.key === "Shift") { return; }
    if (document.querySelector("dialog[open]")) { return; }
    if (event.key === "Escape" && !event.altKey) { escape(); return; }
    if (isTyping(event.target) || event.altKey !== (chosen === "alt")) { return; }
    press(named(event), event);
  });
  if (window.location.hash === "#tim") { search(); }
})();
