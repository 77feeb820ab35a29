// On every page: starts the service worker, tells it what this page loaded, and says when there is no connection.

const root = new URL("../../", import.meta.url);
const worker = navigator.serviceWorker;

if (worker) {
  worker.addEventListener("controllerchange", () => {
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    worker.controller?.postMessage([location.href, ...loaded]);
  });
  worker.register(new URL("offline.js", root)).catch(() => {}); // a browser may forbid it; the site works without
}

const bar = document.querySelector("[data-geen-verbinding]");
const tell = () => { bar.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

const clear = document.querySelector("[data-wissen]");
if (clear && worker && "caches" in self) {
  const button = clear.querySelector("button");
  const done = clear.querySelector("[role='status']");
  clear.hidden = false;
  button.addEventListener("click", async () => {
    const registration = await worker.getRegistration(root);
    await registration?.unregister();
    const ours = (await caches.keys()).filter((name) => name.startsWith(`maatwerkatlas ${root.href} `));
    await Promise.all(ours.map((name) => caches.delete(name)));
    done.textContent = clear.dataset.wissen;
  });
}
