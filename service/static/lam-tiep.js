// Work in portions goes on by itself while its page is open; without scripts, by the button.
(function () {
  "use strict";
  var form = document.querySelector("form[data-goes-on]");
  if (!form) { return; }
  window.setTimeout(function () { form.requestSubmit ? form.requestSubmit() : form.submit(); }, 300);
})();
