// Lets this device ring: asks the browser, and hands its keys over with the form of the page.
(function () {
  "use strict";
  var form = document.getElementById("bat-chuong"), said = document.getElementById("chuong-noi");
  if (!form) { return; }
  function key(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "===".slice((text.length + 3) % 4));
    return Uint8Array.from(raw, function (mark) { return mark.charCodeAt(0); });
  }
  form.addEventListener("submit", function (event) {
    if (form.elements.endpoint.value) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
      said.textContent = "Trình duyệt này không báo chuông được. Trên iPhone hãy thêm trang vào màn hình chính trước.";
      return;
    }
    Notification.requestPermission().then(function (answer) {
      if (answer !== "granted") { said.textContent = "Trình duyệt chưa cho phép báo chuông."; return null; }
      return navigator.serviceWorker.register("/sw.js").then(function () { return navigator.serviceWorker.ready; }).then(function (worker) {
        return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key(form.dataset.key) });
      }).then(function (device) {
        var given = device.toJSON();
        form.elements.endpoint.value = given.endpoint;
        form.elements.p256dh.value = given.keys.p256dh;
        form.elements.auth.value = given.keys.auth;
        form.elements.nhan.value = /Mobi|Android|iPhone/.test(navigator.userAgent) ? "Điện thoại" : "Máy tính";
        form.submit();
      });
    }).catch(function () { said.textContent = "Chưa bật được chuông. Hãy thử lại sau."; });
  }, true);
})();
