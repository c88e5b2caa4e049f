// The bell of a device: shows that there is something new, and opens the page of notices. It keeps and reads nothing.
self.addEventListener("push", function (event) {
  var said = "Có việc mới";
  try { said = event.data.json().title || said; } catch (error) { /* the bell rings all the same */ }
  event.waitUntil(self.registration.showNotification("kehoach", { body: said, tag: "co-viec-moi", lang: "vi" }));
});
self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/thong-bao"));
});
