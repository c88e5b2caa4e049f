// What is typed is not lost: it stays in this tab (sessionStorage) and, for long forms, on the server; offline no button
// decides; and whoever writes in the same draft is named. All words stand in the page (base.html).
(function () {
  "use strict";
  var body = document.body, who = body.dataset.nguoi || "", mark = "giu:" + who + ":" + window.location.pathname + ":";
  var UNKEPT = /^(password|file|hidden|submit|button|checkbox|radio)$/;
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function shown(id, yes) { var found = document.getElementById(id); if (found) { found.hidden = !yes; } }
  function store(deed) { try { return deed(window.sessionStorage); } catch (error) { return null; } }

  // Offline: nothing is sent later in secret, so nothing may be pressed now.
  function offline() {
    var away = window.navigator.onLine === false;
    shown("mat-mang", away);
    all("form[method=post] button, button[form]").forEach(function (button) {
      if (away && !button.disabled) { button.disabled = true; button.dataset.mang = "1"; button.setAttribute("aria-describedby", "mat-mang"); }
      if (!away && button.dataset.mang) { button.disabled = false; delete button.dataset.mang; button.removeAttribute("aria-describedby"); }
    });
  }
  window.addEventListener("offline", offline);
  window.addEventListener("online", offline);
  offline();

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (each) {
      return each.name && !UNKEPT.test(each.type) && !/^ma(_ky)?$/.test(each.name) && each.tagName !== "BUTTON";
    });
  }
  function given(field) {
    if (field.tagName !== "SELECT") { return field.defaultValue; }
    var chosen = Array.prototype.filter.call(field.options, function (each) { return each.defaultSelected; })[0] || field.options[0];
    return chosen ? chosen.value : "";
  }
  function typed(form) {
    var found = {};
    fields(form).forEach(function (each) { if (each.value !== given(each)) { found[each.name] = each.value; } });
    return found;
  }
  function keep(form) {
    var found = typed(form), key = mark + form.getAttribute("action");
    store(function (kept) {
      if (Object.keys(found).length) { kept.setItem(key, JSON.stringify({ o: found })); } else { kept.removeItem(key); }
    });
  }
  function offer(form, key, found) {
    var words = document.getElementById("con-giu");
    if (!words) { return; }
    var box = words.content.firstElementChild.cloneNode(true);
    box.querySelector("[data-dien]").addEventListener("click", function () {
      fields(form).forEach(function (each) { if (each.name in found) { each.value = found[each.name]; } });
      all("details", form).forEach(function (each) { each.open = true; });
      var around = form.closest("details");
      if (around) { around.open = true; }
      box.remove();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.querySelector("[data-bo]").addEventListener("click", function () {
      store(function (kept) { kept.removeItem(key); });
      box.remove();
    });
    var place = form;
    while (place.parentNode.closest("details")) { place = place.parentNode.closest("details"); }
    place.parentNode.insertBefore(box, place);
  }
  function recall(form) {
    var key = mark + form.getAttribute("action"), text = store(function (kept) { return kept.getItem(key); });
    if (!text) { return; }
    var found = JSON.parse(text).o, now = {};
    fields(form).forEach(function (each) { now[each.name] = each.value; });
    var differs = Object.keys(found).some(function (name) { return name in now && now[name] !== found[name]; });
    if (differs) { offer(form, key, found); } else { store(function (kept) { kept.removeItem(key); }); }
  }
  // What was sent and taken is forgotten: the page that follows is neither the sign-in page nor one that failed, and is
  // another page, or the same one saying that it was done.
  function forgetSent() {
    var failed = document.querySelector("[data-loi], form[action='/dang-nhap']") || document.title.indexOf("Lỗi:") === 0;
    var done = window.location.search.indexOf("xong=") >= 0 || document.querySelector("main .notice.good[role=status]");
    store(function (kept) {
      Object.keys(kept).filter(function (key) { return key.indexOf("giu:") === 0; }).forEach(function (key) {
        var value = JSON.parse(kept.getItem(key));
        if (value.gui && !failed && (done || key.indexOf(mark) !== 0)) { kept.removeItem(key); }
      });
    });
  }
  function send(form) {
    var data = new FormData(form);
    all("input[type=file], input[type=password]", form).forEach(function (field) { data.delete(field.name); });
    if (form.dataset.keep) { data.append("noi", form.dataset.keep); }
    window.fetch(form.dataset.draft || "/toi/nhap", { method: "POST", body: data, redirect: "error" }).then(function (answer) {
      var said = form.querySelector("[data-da-luu]");
      if (said && answer.status === 204) { said.textContent = said.dataset.daLuu + " " + new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }); }
      if (answer.status === 401 || answer.status === 403) { keep(form); shown("het-phien", true); }
    }, function () { keep(form); });
  }
  forgetSent();
  all("form[method=post]").forEach(function (form) {
    if (!fields(form).length || form.getAttribute("action") === "/dang-nhap" || form.hasAttribute("data-khong-giu")) { return; }
    recall(form);
    var timer = 0, last = 0, far = form.dataset.draft || form.dataset.keep;
    function soon(wait) {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { last = Date.now(); send(form); }, wait);
    }
    form.addEventListener("input", function () { keep(form); if (far) { soon(Math.max(2000, Math.min(10000, last + 10000 - Date.now()))); } });
    form.addEventListener("focusout", function () { if (far && Object.keys(typed(form)).length && Date.now() - last > 10000) { soon(0); } });
    form.addEventListener("submit", function () {
      window.clearTimeout(timer);
      var key = mark + form.getAttribute("action"), found = typed(form);
      if (Object.keys(found).length) { store(function (kept) { kept.setItem(key, JSON.stringify({ o: found, gui: 1 })); }); }
    });
  });
  all("form[action='/dang-xuat']").forEach(function (form) {
    form.addEventListener("submit", function () {
      store(function (kept) { Object.keys(kept).filter(function (key) { return key.indexOf("giu:") === 0; }).forEach(function (key) { kept.removeItem(key); }); });
    });
  });

  // Who else writes in this draft, and whether a newer version is there.
  all("[data-dang-sua]").forEach(function (box) {
    var form = box.querySelector("form"), names = box.querySelector("[data-nguoi-khac]"), newer = box.querySelector("[data-ban-moi]");
    function ask() {
      if (document.hidden) { return; }
      window.fetch(box.dataset.dangSua, { method: "POST", body: new FormData(form), headers: { "x-tu-hoi": "co" }, redirect: "error" }).then(function (answer) {
        return answer.ok ? answer.json() : null;
      }).then(function (found) {
        if (!found) { return; }
        names.hidden = !found.khac.length;
        names.querySelector("strong").textContent = found.khac.join(", ");
        newer.hidden = found.ban <= Number(box.dataset.ban);
        newer.querySelector("strong").textContent = String(found.ban);
      }, function () { return undefined; });
    }
    ask();
    window.setInterval(ask, 30000);
  });
})();
