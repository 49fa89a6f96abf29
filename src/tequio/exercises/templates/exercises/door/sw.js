{% load static %}// Keeps the page of a post without its data, so that it opens without a network. It never keeps an address with a key:
// whatever post is opened, what answers is the shell, which reads the key from the address and the list from its seal.

const KEPT = "entrada-{{ seal }}";
const SHELL = "{{ shell }}";
const FILES = [SHELL, "{% static "tequio/tequio.css" %}", "{% static "tequio/tequio.js" %}", "{% static "tequio/icono.svg" %}", "{% static "exercises/entrada.js" %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("entrada-") && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

const fromShell = () => caches.match(SHELL);

// A code read by the phone's own camera asks the server, which knows who keeps a door; without a network, the shell.
const networkFirst = (request) => fetch(request, { signal: AbortSignal.timeout(4_000) }).catch(fromShell);

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode !== "navigate") {
    if (FILES.includes(path) && path !== SHELL) event.respondWith(caches.match(path).then((kept) => kept ?? fetch(request)));
  } else if (path === SHELL || path.startsWith(`${SHELL}c/`)) {
    event.respondWith(networkFirst(request));
  } else if (/^[^/]+\/$/.test(path.slice(SHELL.length))) {
    event.respondWith(fromShell().then((kept) => kept ?? fetch(request)));
  } else {
    event.respondWith(fetch(request).catch(fromShell));
  }
});
