// The provider sent the browser back: the form that finishes the sign-in goes by itself; without scripts by its button.
(function () {
  "use strict";
  var form = document.getElementById("noi-khac");
  if (form) { form.submit(); }
})();
