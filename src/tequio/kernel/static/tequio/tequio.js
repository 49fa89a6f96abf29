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
