// Days are typed: what was understood is said beside the field, day first, so that 05/02 is never taken for May.
(function () {
  "use strict";
  if (window.kehoachDays) { return; }
  window.kehoachDays = true;
  var forms = [
    [/^(\d{1,2})\s*[\/.\-]\s*(\d{1,2})\s*[\/.\-]\s*(\d{4})$/, 1, 2, 3],
    [/^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$/i, 1, 2, 3],
    [/^(\d{4})(\d{2})(\d{2})$/, 3, 2, 1],
    [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, 3, 2, 1]
  ];
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function understood(typed) {
    var text = typed.normalize("NFC").trim().replace(/\s+/g, " "), at, found, day, month, year, date;
    for (at = 0; at < forms.length; at += 1) {
      found = text.match(forms[at][0]);
      if (found) {
        day = Number(found[forms[at][1]]); month = Number(found[forms[at][2]]); year = Number(found[forms[at][3]]);
        date = new Date(Date.UTC(year, month - 1, day));
        return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? two(day) + "/" + two(month) + "/" + year : "";
      }
    }
    return null;
  }
  document.querySelectorAll("input[data-day]").forEach(function (field) {
    var said = document.createElement("span");
    said.className = "hint understood";
    said.setAttribute("role", "status");
    field.insertAdjacentElement("afterend", said);
    function say() {
      var day = field.value.trim() ? understood(field.value) : null;
      said.textContent = day === null ? "" : day ? field.dataset.day.replace("{}", day) : field.dataset.noDay;
    }
    field.addEventListener("input", say);
    field.addEventListener("change", say);
  });
})();
