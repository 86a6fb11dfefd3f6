// What a page does by itself. Without it every page works too, by its buttons and links.
"use strict";
(() => {
  // What changes while somebody looks: the console says when, and it is asked for anew; where it cannot say, every few seconds.
  const live = document.querySelector("[data-live]");
  if (live) {
    const EVERY_MILLIS = 4000;
    const SILENCE_MILLIS = 25000;
    let told = null;
    let heard = 0;
    let open = [];
    let fresh = Date.now();
    const silent = document.createElement("p");
    silent.className = "problem";
    silent.setAttribute("role", "status");
    silent.hidden = true;
    live.before(silent);
    const ask = async () => {
      if (!live.dataset.live || document.hidden || live.contains(document.activeElement)) return;
      try {
        const answer = await fetch(live.dataset.live, {headers: {"Accept": "text/html"}, redirect: "manual"});
        if (answer.type === "opaqueredirect") { location.reload(); return; } // the session is over
        if (!answer.ok) throw new Error(answer.status);
        const text = await answer.text();
        open = [...live.querySelectorAll("details")].map(one => one.open);
        live.innerHTML = text;
        live.querySelectorAll("details").forEach((one, at) => { one.open = open[at] === true; });
        fresh = Date.now();
        silent.hidden = true;
        if (live.querySelector("[data-settled]")) delete live.dataset.live; // nothing changes any more
      } catch (gone) {
        silent.textContent = `The console does not answer, and is asked again. What is below was so at ${new Date(fresh).toLocaleTimeString()}.`;
        silent.hidden = false;
      }
    };
    const listen = () => {
      if (!live.dataset.events) return;
      told = new EventSource(live.dataset.events);
      // What changed since the page was made, or while the connection was broken, nobody tells.
      told.onopen = () => { heard = Date.now(); ask(); };
      told.addEventListener("changed", () => { heard = Date.now(); ask(); });
      told.addEventListener("still", () => { heard = Date.now(); });
      told.addEventListener("over", () => { told.close(); location.reload(); });
    };
    const deaf = () => told === null || told.readyState !== EventSource.OPEN || Date.now() - heard > SILENCE_MILLIS;
    // A page that nobody sees listens to nothing: a browser has few connections.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) { if (told) told.close(); } else { listen(); ask(); }
    });
    if (!document.hidden) listen();
    setInterval(() => { if (deaf()) ask(); }, EVERY_MILLIS);
  }

  // What a row would become is asked as it is typed.
  document.querySelectorAll("form[data-preview]").forEach(form => {
    const shown = document.getElementById(form.dataset.shown);
    let timer = 0;
    let number = 0;
    const ask = async () => {
      const mine = ++number;
      const answer = await fetch(form.dataset.preview, {method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error"});
      const text = await answer.text();
      if (mine !== number) return;
      if (answer.ok) shown.innerHTML = text;
    };
    form.addEventListener("input", event => {
      if (event.target.name === "reason") return;
      clearTimeout(timer);
      timer = setTimeout(() => ask().catch(() => {}), 250);
    });
  });

  // A button that was pressed is not pressed again.
  document.addEventListener("submit", event => {
    if (event.target.method !== "post" || "again" in event.target.dataset) return;
    setTimeout(() => event.target.querySelectorAll("button").forEach(button => { button.disabled = true; }), 0);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form button[disabled]").forEach(button => { button.disabled = false; }));

  // All at once.
  document.querySelectorAll("[data-all]").forEach(box => {
    box.addEventListener("change", () => document.querySelectorAll(`input[name="${box.dataset.all}"]`).forEach(one => { one.checked = box.checked; }));
  });
})();
