// An open list says how much is new and never jumps; a decision that can be undone says for how long. All words stand in
// the page.
(function () {
  "use strict";
  var hint = document.getElementById("viec-moi"), known = null, tag = "";
  function ask() {
    if (document.hidden) { return; }
    window.fetch(hint.dataset.ask, { headers: { "x-tu-hoi": "co", "if-none-match": tag }, redirect: "error", cache: "no-store" }).then(function (answer) {
      if (answer.status !== 200) { return null; }
      tag = answer.headers.get("etag") || "";
      return answer.json();
    }).then(function (found) {
      if (!found) { return; }
      if (!known) { known = found.viec; return; }
      var fresh = found.viec.filter(function (each) { return known.indexOf(each) < 0; }).length;
      hint.hidden = !fresh;
      hint.querySelector("[data-moi]").textContent = String(fresh);
    }, function () { return undefined; });
  }
  if (hint) { ask(); window.setInterval(ask, Number(hint.dataset.every || 60) * 1000); }
  var undo = document.querySelector("form[data-until]");
  if (undo) {
    var ends = Date.now() + (Number(undo.dataset.until) - Number(undo.dataset.now)) * 1000, said = undo.querySelector("[data-left]");
    var ticking = window.setInterval(function () {
      var left = Math.max(0, Math.round((ends - Date.now()) / 1000));
      said.textContent = said.dataset.left.replace("{}", String(left));
      if (!left) { undo.hidden = true; window.clearInterval(ticking); }
    }, 1000);
  }
})();
