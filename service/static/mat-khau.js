// A typed password may be looked at: a button beside its field, which only a browser with scripts shows.
(function () {
  "use strict";
  document.querySelectorAll("button[data-shows]").forEach(function (button) {
    var field = document.getElementById(button.dataset.shows), show = button.textContent;
    if (!field) { return; }
    button.parentElement.hidden = false;
    button.addEventListener("click", function () {
      var hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      button.textContent = hidden ? button.dataset.hide : show;
      field.focus();
    });
    field.form.addEventListener("submit", function () { field.type = "password"; });
  });
})();
