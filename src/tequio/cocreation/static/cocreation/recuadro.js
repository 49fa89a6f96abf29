// A long list of places narrows while one types; without this, the form beside it asks the server for the same.

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

for (const field of document.querySelectorAll("[data-narrows]")) {
  const list = document.getElementById(field.dataset.narrows);
  if (!list) continue;
  const all = [...list.options];
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const chosen = list.value;
    const left = all.filter((option) => words.every((word) => plain(option.text).includes(word)));
    list.replaceChildren(...left);
    if (left.some((option) => option.value === chosen)) list.value = chosen;
  });
}
