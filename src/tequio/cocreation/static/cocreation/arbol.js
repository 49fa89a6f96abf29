// The editor of a tree, quicker: keys as in a tree view (W3C APG), dragging by pointer, and what others do meanwhile.
// Everything goes through the page's own form, which works without this; the answer is the page, and replaces the tree.

const form = () => document.querySelector("[data-tree]");
const said = document.querySelector("[data-said]");
const items = () => [...form().querySelectorAll("[data-node]")].filter((li) => !li.parentElement.closest('[aria-expanded="false"]'));
const itemOf = (number) => form().querySelector(`[data-node="${number}"]`);
const parentOf = (li) => li.parentElement.closest("[data-node]");
const siblingsOf = (li) => [...li.parentElement.children];
const textOf = (li) => li.querySelector(":scope > .box > .text").textContent;
const closed = new Set();
let current = "1";
let busy = false;

const say = (...lines) => said.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));

// Gives the list the roles of a tree, one stop for Tab, and the box that was at hand.
const dress = (focus) => {
  const list = form().querySelector(".tree");
  list.setAttribute("role", "tree");
  for (const li of list.querySelectorAll("[data-node]")) {
    const groups = [...li.children].filter((child) => child.tagName === "UL");
    const side = siblingsOf(li);
    li.setAttribute("role", "treeitem");
    li.setAttribute("aria-labelledby", `r${li.dataset.node}`);
    li.setAttribute("aria-description", li.querySelector(":scope > .box > .kind").textContent);
    li.setAttribute("aria-level", [...ancestors(li)].length + 1);
    li.setAttribute("aria-setsize", side.length);
    li.setAttribute("aria-posinset", side.indexOf(li) + 1);
    li.tabIndex = -1;
    for (const group of groups) group.setAttribute("role", "group");
    if (groups.length) li.setAttribute("aria-expanded", !closed.has(li.dataset.node));
    const box = li.querySelector(":scope > .box");
    if (li.dataset.kind !== "problem" && !("closed" in form().dataset)) {
      const grip = Object.assign(document.createElement("span"), { className: "grip", textContent: "⠿" });
      grip.setAttribute("aria-hidden", "true");
      box.prepend(grip);
    }
  }
  stand(itemOf(current) ?? itemOf("1"), focus);
};

function* ancestors(li) {
  for (let above = parentOf(li); above; above = parentOf(above)) yield above;
}

const stand = (li, focus = true) => {
  for (const other of form().querySelectorAll("[data-node]")) {
    const here = other === li;
    other.tabIndex = here ? 0 : -1;
    for (const stop of other.querySelectorAll(":scope > .box :is(summary, button, a)")) stop.tabIndex = here ? 0 : -1;
  }
  current = li.dataset.node;
  if (focus) {
    li.focus({ preventScroll: true });
    li.querySelector(":scope > .box").scrollIntoView({ block: "nearest" });
  }
};

// A text that could not be sent stays on this device until it is: of one box, the last text; of a new one, as it was.
const DRAWER = `arbol:${location.pathname}`;
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(DRAWER) ?? "[]");
  } catch {
    return [];
  }
};
const keep = (list) => {
  try {
    if (list.length) localStorage.setItem(DRAWER, JSON.stringify(list));
    else localStorage.removeItem(DRAWER);
    return true;
  } catch {
    return false; // nothing may be kept here: the person is told that it was not saved
  }
};
const forget = (what, text) => {
  const list = kept();
  const at = list.findIndex((one) => one.what === what && one.text === text);
  if (at < 0) return;
  list.splice(at, 1);
  keep(list);
};
const isText = (what) => /^(write|add) /.test(what);
const box = (what) => what.split(" ").slice(0, 2).join(" ");
const hold = (what, text) => {
  const others = kept().filter((one) => !(what.startsWith("write") && box(one.what) === box(what)));
  return isText(what) && text && keep([...others, { what, text }]);
};
const waiting = () => {
  const list = kept();
  const many = list.length === 1 ? "1 cambio en este equipo; se enviará" : `${list.length} cambios en este equipo; se enviarán`;
  return [`Sin conexión, ${many} al volver.`, ...list.map((one) => `«${one.text}»`)];
};
// The answer may be what was lost: a new box that is there already, with its text and in its place, is not sent again.
const isThere = ({ what, text }) => {
  const [name, number] = what.split(" ");
  const above = name === "add" && itemOf(number);
  return above && [...above.querySelectorAll("[data-node]")].some((li) => parentOf(li) === above && textOf(li) === text);
};
const flush = async () => {
  if (busy || !kept().length || form().querySelector("textarea")) return;
  if (kept().some(({ what }) => what.startsWith("add")) && !(await fresh())) return;
  for (let [one] = kept(); one; [one] = kept()) {
    if (!isThere(one) && !(await send(one.what, one.text, true))) return;
    forget(one.what, one.text);
    if (!kept().length) say("Volvió la conexión: lo que escribiste ya está guardado.");
  }
};
const fresh = async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(form().action)).text(), "text/html");
    const there = page.querySelector("[data-tree]");
    if (!there) return false;
    form().replaceWith(document.adoptNode(there));
    dress(false);
    return true;
  } catch {
    return false;
  }
};

// Sends what a button would, and takes the tree of the answer; where the person must decide, goes there.
const send = async (what, text = "", late = false) => {
  if (busy) return false;
  busy = true;
  const before = new Set([...form().querySelectorAll("[data-node]")].map((li) => li.dataset.node));
  const sent = new FormData(form());
  sent.set("do", what);
  sent.set("text", text);
  try {
    const answer = await fetch(form().action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-tree]");
    if (!there && late && !page.querySelector("[data-conflict]")) {
      say("Lo que escribiste sigue en este equipo. Entra otra vez y vuelve a esta página: se enviará.");
      return false;
    }
    if (!there) {
      forget(what, text);
      leave(what, text);
      return false;
    }
    form().replaceWith(document.adoptNode(there));
    const added = [...form().querySelectorAll("[data-node]")].find((li) => !before.has(li.dataset.node));
    if (added && what.startsWith("add")) current = added.dataset.node;
    dress(true);
    const words = [...page.querySelectorAll("[data-said] p, [role=alert] p")].map((line) => line.textContent);
    say(...words);
    if (late && !answer.ok) {
      forget(what, text); // it will never be taken: the person is shown it, to copy
      say(...words, `No se guardó: «${text}»`);
    }
    return answer.ok;
  } catch {
    if (late) return false;
    if (hold(what, text)) say(...waiting());
    else say("Sin conexión: no se guardó. Vuelve a intentarlo.");
    return false;
  } finally {
    busy = false;
  }
};

// Another person was first: the same form, sent by the browser itself, shows both and lets the person choose.
const leave = (what, text) => {
  for (const [name, value] of [["do", what], ["text", text]]) {
    form().append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form().submit();
};

const write = (li, start, keep) => {
  const shown = li.querySelector(":scope > .box > .text");
  const area = Object.assign(document.createElement("textarea"), { value: start, maxLength: 280, rows: 2 });
  area.setAttribute("aria-label", start ? "Texto del recuadro" : "Texto del recuadro nuevo");
  shown.hidden = Boolean(start);
  shown.after(area);
  area.focus();
  area.select();
  let done = false;
  const end = (ok) => {
    if (done) return;
    done = true;
    const text = area.value.trim();
    area.remove();
    shown.hidden = false;
    stand(li);
    if (ok && text && text !== start) keep(text);
  };
  area.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end(false);
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      end(true);
    }
  });
  area.addEventListener("blur", () => end(true));
};

const edit = (li) => write(li, textOf(li), (text) => send(`write ${li.dataset.node} ${li.dataset.revision}`, text));
const kindFor = (above, li) => (above.dataset.kind !== "problem" ? above.dataset.kind : li.dataset.kind === "problem" ? "cause" : li.dataset.kind);
const addUnder = (li) => write(li, "", (text) => send(`add ${li.dataset.node} ${kindFor(li, li)}`, text));
const addBeside = (li) => {
  const above = parentOf(li);
  if (!above) return addUnder(li);
  const turn = siblingsOf(li).indexOf(li) + 1;
  write(li, "", (text) => send(`add ${above.dataset.node} ${li.dataset.kind} ${turn}`, text));
};
const step = (name) => (li) => send(`${name} ${li.dataset.node} ${li.dataset.revision}`);
const fold = (li, shut) => {
  if (!li.hasAttribute("aria-expanded")) return;
  closed[shut ? "add" : "delete"](li.dataset.node);
  li.setAttribute("aria-expanded", !shut);
};

const KEYS = {
  ArrowDown: (li, all) => all[all.indexOf(li) + 1],
  ArrowUp: (li, all) => all[all.indexOf(li) - 1],
  Home: (_li, all) => all[0],
  End: (_li, all) => all.at(-1),
  ArrowRight: (li) => (li.getAttribute("aria-expanded") === "false" ? fold(li, false) : li.querySelector("[data-node]")),
  ArrowLeft: (li) => (li.getAttribute("aria-expanded") === "true" ? fold(li, true) : parentOf(li)),
};
const ACTS = {
  "Alt+ArrowUp": step("up"),
  "Alt+ArrowDown": step("down"),
  "Alt+ArrowRight": step("in"),
  "Alt+ArrowLeft": step("out"),
  Enter: addBeside,
  "Shift+Enter": addUnder,
  "Control+Enter": (li) => write(li, "", (text) => send(`add ${itemOf("1").dataset.node} effect`, text)),
  F2: edit,
  Delete: (li) => li.dataset.kind !== "problem" && send(`remove ${li.dataset.node} ${li.dataset.seal}`),
  "Control+z": () => send("undo"),
  m: (li) => li.querySelector(":scope > .box .menu a")?.click(),
};

document.addEventListener("keydown", (event) => {
  const li = event.target.closest?.("[data-tree] [data-node]");
  if (!li || event.target !== li) return;
  const name = `${event.ctrlKey || event.metaKey ? "Control+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
  const act = "closed" in form().dataset ? undefined : ACTS[name];
  if (act) {
    event.preventDefault();
    act(li);
  } else if (KEYS[name]) {
    event.preventDefault();
    const to = KEYS[name](li, items());
    if (to) stand(to);
  } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) {
    const all = items();
    const from = all.indexOf(li) + 1;
    const to = [...all.slice(from), ...all.slice(0, from)].find((each) => textOf(each).toLowerCase().startsWith(event.key.toLowerCase()));
    if (to) stand(to);
  }
});

// The menu's buttons go the same way as the keys, so that the place on the page is not lost.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-tree] button[name=do]");
  const li = event.target.closest?.("[data-tree] [data-node]");
  if (button) {
    event.preventDefault();
    if (li) current = li.dataset.node;
    send(button.value);
  } else if (li && !event.target.closest("summary, a, textarea, .grip")) stand(li);
});
document.addEventListener("focusin", (event) => {
  const li = event.target.closest?.("[data-tree] [data-node]");
  if (li && li.dataset.node !== current && event.target === li) stand(li, false);
});

// Dragging: on the upper or lower quarter of a box it goes beside it, in the middle inside it.
let drag = null;
const clear = () => form().querySelectorAll(".drop-before, .drop-after, .drop-in").forEach((li) => li.classList.remove("drop-before", "drop-after", "drop-in"));
document.addEventListener("pointerdown", (event) => {
  const li = event.target.closest?.("[data-tree] .grip")?.closest("[data-node]");
  if (!li || event.button) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  li.classList.add("dragged");
  drag = { li, over: null, way: "" };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const edge = 64;
  scrollBy(0, event.clientY < edge ? -12 : event.clientY > innerHeight - edge ? 12 : 0);
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-tree] [data-node]");
  clear();
  drag.over = null;
  if (!over || drag.li.contains(over)) return;
  const box = over.querySelector(":scope > .box").getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  const inside = over.dataset.kind === "problem" || (share > 0.25 && share < 0.75);
  drag.over = over;
  drag.way = inside ? "in" : share <= 0.25 ? "before" : "after";
  over.classList.add(`drop-${drag.way}`);
});
const drop = (ok) => {
  if (!drag) return;
  const { li, over, way } = drag;
  drag = null;
  clear();
  li.classList.remove("dragged");
  if (!ok || !over) return say("Quedó donde estaba.");
  current = li.dataset.node;
  const above = way === "in" ? over : parentOf(over);
  const kind = way === "in" ? kindFor(over, li) : over.dataset.kind;
  const beside = siblingsOf(over).filter((each) => each !== li);
  const turn = way === "in" ? "" : ` ${beside.indexOf(over) + (way === "after" ? 1 : 0)}`;
  send(`move ${li.dataset.node} ${li.dataset.revision} ${above.dataset.node} ${kind}${turn}`);
};
document.addEventListener("pointerup", () => drop(true));
document.addEventListener("pointercancel", () => drop(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && drop(false));

// Every few seconds, while the page is looked at: what others changed is told, and the tree is brought up to date.
const look = async () => {
  if (busy || drag || document.hidden || form().querySelector("textarea, details[open]")) return;
  try {
    const news = await (await fetch(`${form().dataset.pulse}?desde=${form().elements.seen.value}`)).text();
    if (!news || busy || form().querySelector("textarea")) return;
    const page = new DOMParser().parseFromString(await (await fetch(form().action)).text(), "text/html");
    const there = page.querySelector("[data-tree]");
    if (!there || busy || form().querySelector("textarea")) return;
    const held = form().contains(document.activeElement);
    form().replaceWith(document.adoptNode(there));
    dress(held);
    say(...news.split("\n"));
  } catch {
    // the next look tells
  }
};

if (form()) {
  document.querySelectorAll("[data-keys]").forEach((help) => (help.hidden = false));
  dress(false);
  setInterval(look, 8000);
  setInterval(flush, 8000);
  addEventListener("online", flush);
  if (kept().length) {
    say(...waiting());
    flush();
  }
}
