// Passkeys: the page asks our own server for a challenge, the browser's authenticator signs it, and the ordinary form is
// sent with the answer. Without this script, or without passkeys, codes are typed.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) { return; }
  function bytes(text) {
    var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (each) { return each.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }
  function ask(form, name) {
    var data = new FormData(form);
    data.append(name, "co");
    return fetch(form.action, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    });
  }
  function answered(made) {
    var response = { clientDataJSON: text(made.response.clientDataJSON) };
    if (made.response.attestationObject) { response.attestationObject = text(made.response.attestationObject); }
    if (made.response.signature) {
      response.signature = text(made.response.signature);
      response.authenticatorData = text(made.response.authenticatorData);
      response.userHandle = made.response.userHandle ? text(made.response.userHandle) : null;
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: response,
      clientExtensionResults: made.getClientExtensionResults() });
  }
  function send(form, credential, value, name) {
    form.querySelector("input[name=khoa_ky]").value = credential;
    if (value) {
      var chosen = document.createElement("input");
      chosen.type = "hidden"; chosen.name = name || "ket_qua"; chosen.value = value;
      form.appendChild(chosen);
    }
    form.submit();
  }
  function get(form, value, name) {
    return ask(form, "xin_khoa").then(function (options) {
      options.challenge = bytes(options.challenge);
      options.allowCredentials = known(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }).then(function (made) { send(form, answered(made), value, name); });
  }
  function create(form) {
    return ask(form, "xin_khoa").then(function (options) {
      options.challenge = bytes(options.challenge);
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = known(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: options });
    }).then(function (made) { send(form, answered(made), ""); });
  }
  document.querySelectorAll("[data-passkey]").forEach(function (box) { box.hidden = false; });
  document.querySelectorAll("[data-passkey-get], [data-passkey-create]").forEach(function (button) {
    button.addEventListener("click", function () {
      var form = button.form, said = form.querySelector("[data-passkey-said]");
      var done = button.hasAttribute("data-passkey-create") ? create(form) : get(form, button.dataset.passkeyGet, button.dataset.passkeyField);
      button.disabled = true;
      done.catch(function () {
        if (said) { said.textContent = "Chưa dùng được khóa truy cập. Hãy thử lại hoặc nhập mã."; }
        button.disabled = false;
      });
    });
  });
})();
