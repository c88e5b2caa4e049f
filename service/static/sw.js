// Served as /sw.js behind the line that sets FACTS. It keeps the shell and the last list (to look at, marked with its
// time), never a decision page; and it rings without content. Whoever signs in or out takes the kept list away, and of
// somebody whose own device this is not (data-may in base.html) none is kept, though the worker is there for another.
var SHELL = "vo-" + FACTS.mark, LIST = "viec";
self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(SHELL).then(function (cache) { return cache.addAll(FACTS.shell); }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name !== SHELL && name !== LIST; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
function keepList(answer) {
  if (answer.status !== 200 || answer.redirected) { return caches.delete(LIST); }
  var at = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  return answer.text().then(function (text) {
    if (!/<body [^>]*data-may="co"/.test(text)) { return caches.delete(LIST); }
    var said = '<div class="notice care" role="status"><p>' + FACTS.kept.replace("{}", at) + "</p></div>";
    var marked = text.replace(/(<main [^>]*>)/, "$1" + said);
    var headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": answer.headers.get("content-security-policy") };
    return caches.open(LIST).then(function (cache) { return cache.put("/viec", new Response(marked, { headers: headers })); });
  });
}
function list(event) {
  return fetch(event.request).then(function (answer) {
    event.waitUntil(keepList(answer.clone()));
    return answer;
  }, function () {
    return caches.match("/viec").then(function (kept) { return kept || caches.match("/ngoai-mang"); });
  });
}
self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url), path = url.pathname;
  if (url.origin !== self.location.origin) { return; }
  if (event.request.method === "POST" && (path === "/dang-xuat" || path === "/dang-nhap")) { event.waitUntil(caches.delete(LIST)); return; }
  if (event.request.method !== "GET") { return; }
  if (path.indexOf("/static/") === 0) {
    event.respondWith(caches.match(event.request).then(function (kept) { return kept || fetch(event.request); }));
    return;
  }
  if (event.request.mode !== "navigate") { return; }
  if (path === "/viec" && !url.search) { event.respondWith(list(event)); return; }
  event.respondWith(fetch(event.request).catch(function () { return caches.match("/ngoai-mang"); }));
});
self.addEventListener("push", function (event) {
  var said = FACTS.new;
  try { said = event.data.json().title || said; } catch (error) { /* the bell rings all the same */ }
  event.waitUntil(self.registration.showNotification("kehoach", { body: said, tag: "co-viec-moi", lang: "vi" }));
});
self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/thong-bao"));
});
