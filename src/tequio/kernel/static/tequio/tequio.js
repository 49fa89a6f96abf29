// Small conveniences. Everything here also has a plain way; nothing depends on it.

const search = document.querySelector("#buscar");

// «/» goes to the search box, unless the person is writing or turned it off (?atajos=no is kept for the visit).
if (new URLSearchParams(location.search).get("atajos") === "no") sessionStorage.setItem("atajos", "no");
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!search || sessionStorage.getItem("atajos") === "no") return;
  event.preventDefault();
  search.focus();
});

// A button appears beside the plain link only where the browser can copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("[role=status]").textContent = "Enlace copiado";
    });
  }
}

// On paper nothing stays folded, except what is marked so.
const folded = () => document.querySelectorAll("main details:not([open], [data-fold])");
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...folded()];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// What is written in a form marked so is kept every ten seconds and on leaving it, as its button does.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const [text, said] = [form.querySelector("textarea"), form.querySelector("[role=status]")];
  let kept = text.value;
  let waiting;
  const keep = async () => {
    clearTimeout(waiting);
    waiting = undefined;
    const now = text.value;
    if (now === kept) return;
    const sent = new FormData(form);
    sent.set("act", form.dataset.autosave);
    try {
      const answer = await fetch(location.href, { method: "POST", body: sent, keepalive: true });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.querySelector("form[data-autosave]");
      if (!answer.ok || !there) throw new Error("refused");
      form.elements.version.value = there.elements.version.value;
      said.textContent = there.querySelector("[role=status]").textContent;
      kept = now;
    } catch {
      said.textContent = "No se guardó. Usa el botón para ver por qué; tu texto sigue aquí.";
    }
  };
  text.addEventListener("input", () => (waiting ??= setTimeout(keep, 10_000)));
  text.addEventListener("blur", keep);
}
