// A post at the door of an event, with or without a network. Everything here also has a plain way, on the server.
// The list and what was noted are kept sealed: the key is in the post's address and in no other place of the device.

const BASE = "/entrada/";
const EVERY = 15_000;
const BATCH = 100;
const CODE = /^[2-9A-HJ-NP-Z]{8}$/;
const bytes = new TextEncoder();
const $ = (name, where = document) => where.querySelector(`[data-${name}]`);
const hour = (at = new Date()) => at.toTimeString().slice(0, 5);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const make = (tag, told = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), told);
  made.append(...inside);
  return made;
};

// What is on the device: `kept` has a row per post (salt, until when, its sealed list), `queue` a sealed act per row.
const base = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("entrada", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept", { keyPath: "post" });
      asked.result.createObjectStore("queue", { keyPath: "mark" });
    };
    [asked.onsuccess, asked.onerror] = [() => done(asked.result), () => fail(asked.error)];
  });
let opened;
const stored = async (mode, act) => {
  const work = (await (opened ??= base())).transaction(["kept", "queue"], mode, { durability: "strict" });
  const asked = act(work.objectStore("kept"), work.objectStore("queue"));
  return new Promise((done, fail) => {
    work.oncomplete = () => done(asked?.result); // on the disk, not only taken
    work.onerror = work.onabort = () => fail(work.error);
  });
};
const allOf = (name) => stored("readonly", (kept, queue) => (name === "kept" ? kept : queue).getAll());
const wipe = async (isOver) => {
  const gone = new Set((await allOf("kept")).filter(isOver).map((row) => row.post));
  const acts = (await allOf("queue")).filter((act) => gone.has(act.post));
  await stored("readwrite", (kept, queue) => {
    for (const name of gone) kept.delete(name);
    for (const act of acts) queue.delete(act.mark);
  });
};

// From the key of the address: a name for its rows, which says nothing of it, and, with the row's salt, what seals them.
const unlock = async (key) => {
  const root = await crypto.subtle.importKey("raw", bytes.encode(key), "HKDF", false, ["deriveBits", "deriveKey"]);
  const way = (info, salt) => ({ name: "HKDF", hash: "SHA-256", salt, info: bytes.encode(info) });
  const name = new Uint8Array(await crypto.subtle.deriveBits(way("entrada: post", new Uint8Array()), root, 128));
  const post = [...name].map((each) => each.toString(16).padStart(2, "0")).join("");
  let row = await stored("readonly", (kept) => kept.get(post));
  if (!row) {
    row = { post, salt: crypto.getRandomValues(new Uint8Array(16)), until: Date.now() + 36 * 3_600_000 };
    await stored("readwrite", (kept) => kept.put(row));
  }
  const aes = { name: "AES-GCM", length: 256 };
  return { row, secret: await crypto.subtle.deriveKey(way("entrada: seal", row.salt), root, aes, false, ["encrypt", "decrypt"]) };
};

class Post {
  static async open(key) {
    const post = Object.assign(new Post(), await unlock(key), { key, queue: new Map(), taken: 0 });
    post.list = post.row.sealed ? await post.unseal(post.row.sealed) : null;
    for (const act of await allOf("queue")) {
      if (act.post === post.row.post) post.queue.set(act.mark, await post.unseal(act.sealed));
    }
    return post;
  }

  async seal(told) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, told: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.secret, bytes.encode(JSON.stringify(told))) };
  }

  async unseal({ iv, told }) {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.secret, told)));
  }

  // The people of the list as what waits to be sent leaves them, by code; who did not register has none yet.
  get people() {
    const found = new Map((this.list?.people ?? []).map(([code, name, from, state, came]) => [code, { code, name, from, state, came }]));
    for (const act of this.queue.values()) {
      const person = found.get(act.code ?? act.mark) ?? { code: "", name: "", from: "", ...act };
      const came = hour(new Date(act.hour));
      found.set(act.code ?? act.mark, { ...person, state: "confirmed", came: person.came && person.came < came ? person.came : came });
    }
    return found;
  }

  // Kept before anybody is told: a closed tab or an empty battery loses nothing.
  async note(told) {
    const act = { ...told, mark: crypto.randomUUID(), hour: new Date().toISOString() };
    const sealed = await this.seal(act);
    await stored("readwrite", (_, queue) => queue.put({ mark: act.mark, post: this.row.post, sealed }));
    this.queue.set(act.mark, act);
  }

  async send() {
    const acts = [...this.queue.values()].slice(0, BATCH);
    const body = new URLSearchParams({ acts: JSON.stringify(acts), seal: this.list?.seal ?? "" });
    const answer = await fetch(`${BASE}${encodeURIComponent(this.key)}/actos`, { method: "POST", body, cache: "no-store" });
    if (answer.status === 410) return "over";
    const told = await answer.json();
    if (!answer.ok) return told.error;
    const sent = told.answers.map((each) => each.mark).filter((mark) => this.queue.has(mark));
    const said = told.answers.filter((each) => each.words).map((each) => this.about(each));
    if (this.isOver) return "";
    this.list = { ...(told.list ?? this.list), at: hour(), problems: [...(this.list?.problems ?? []), ...said] };
    await this.keep(sent);
    return "";
  }

  about({ mark, words }) {
    const act = this.queue.get(mark);
    const person = this.people.get(act?.code);
    return `${hour(new Date(act?.hour ?? Date.now()))} ${person?.name || act?.code || "Sin registro previo"}: ${words}`;
  }

  async keep(sent = []) {
    Object.assign(this.row, { sealed: await this.seal(this.list), until: Date.parse(this.list.until) });
    await stored("readwrite", (kept, queue) => {
      kept.put(this.row);
      for (const mark of sent) queue.delete(mark);
    });
    for (const mark of sent) this.queue.delete(mark);
    this.taken += sent.length;
  }
}

let post;
let said = "";
let isAway = false;
let sound;
let timer;

// The large answer, with a sound and a shake that tell it without looking.
const answer = (kind, word, ...more) => {
  const inside = more.map((each) => (typeof each === "string" ? make("p", { textContent: each }) : each));
  $("answer").replaceChildren(make("div", { className: `door-answer ${kind}` }, make("p", { className: "word", textContent: word }), ...inside));
  $("found").replaceChildren();
  $("answer").scrollIntoView({ block: "nearest" });
  navigator.vibrate?.(kind === "go" ? 80 : [150, 80, 150]);
  sound ??= new AudioContext();
  const tone = sound.createOscillator();
  tone.frequency.value = kind === "go" ? 880 : 220;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + (kind === "go" ? 0.12 : 0.35));
};
const button = (words, act, more = "") =>
  make("button", { className: "button", type: "button", onclick: act }, words, make("span", { className: "hidden-text", textContent: more }));
const who = (person) => `${person.name || "Sin nombre"} · ${person.from}`;

const letIn = async (told, words) => {
  try {
    await post.note(told);
  } catch {
    return answer("stop", "NO SE GUARDÓ", "Este teléfono no pudo guardarlo. Anota a la persona en papel y libera espacio.");
  }
  answer("go", "ADELANTE", words);
  draw();
  sync();
};

const checkIn = (code) => {
  if (!post.list) return answer("stop", "TODAVÍA NO HAY LISTA", "Este teléfono aún no la recibe: acércate a donde haya señal.");
  const person = post.people.get(code);
  const told = { kind: "arrival", code, let_in: true };
  if (!person) {
    const when = `La lista de este teléfono es de las ${post.list.at}. Si se registró después, déjala pasar: se comprueba al enviarlo.`;
    return answer("stop", "NO ESTÁ", when, button("Dejar pasar", () => letIn(told, code)));
  }
  if (person.came) return answer("", `YA REGISTRADO ${person.came}`, who(person));
  if (person.state !== "waiting") return letIn({ ...told, let_in: false }, who(person));
  const inside = [...post.people.values()].filter((each) => each.came).length;
  const full = `Adentro: ${inside}${post.list.capacity ? ` de ${post.list.capacity}` : ""}.`;
  answer("", "EN LISTA DE ESPERA", who(person), full, button("Dejar pasar", () => letIn(told, who(person))));
};

const search = (words) => {
  const code = words.trim().toUpperCase();
  if (!post.list || post.people.has(code) || (CODE.test(code) && /\d/.test(code))) return checkIn(code);
  const parts = plain(words).split(/\s+/).filter(Boolean);
  const isFound = (each) => each.code && parts.every((part) => plain(each.name).includes(part));
  const found = parts.length ? [...post.people.values()].filter(isFound).slice(0, 10) : [];
  if (!found.length) return answer("stop", "NO ESTÁ", "Busca de otra forma, o registra a la persona aquí mismo.");
  const items = found.map((each) => {
    const state = each.came ? `Ya registrado ${each.came}` : each.state === "waiting" ? "En lista de espera" : "Con lugar";
    const meta = make("p", { className: "meta", textContent: `${each.from} · ${each.code} · ${state}` });
    const act = each.came ? "" : button("Registrar llegada", () => checkIn(each.code), ` de ${each.name}`);
    return make("li", {}, make("h2", { textContent: each.name }), meta, act);
  });
  $("answer").replaceChildren();
  $("found").replaceChildren(make("ul", { className: "entries" }, ...items));
};

// Who did not register, in the fields of the event's list.
const walkIn = () => {
  if (!post.list) return checkIn("");
  const form = $("walk-in").content.cloneNode(true).querySelector("form");
  const options = post.list.origins.map(([value, label], n) => {
    const radio = make("input", { type: "radio", name: "from", id: `w-${n}`, value, required: true });
    return make("div", { className: "option" }, radio, make("label", { htmlFor: radio.id, textContent: label }));
  });
  $("origins", form).append(...options);
  $("institution", form).hidden = !post.list.asks_institution;
  form.elements.sex.append(...post.list.sexes.map(([value, label]) => make("option", { value, textContent: label })));
  const back = () => {
    form.remove();
    $("search").hidden = false;
    $("search").elements.words.focus();
  };
  form.onreset = back;
  form.onsubmit = (event) => {
    event.preventDefault();
    letIn({ kind: "walk_in", ...Object.fromEntries(new FormData(form)) }, "Sin registro previo");
    back();
  };
  $("answer").replaceChildren();
  $("found").replaceChildren();
  $("search").hidden = true;
  $("search").after(form);
  form.querySelector("h2").focus();
};

const camera = async () => {
  const video = make("video", { muted: true, playsInline: true });
  const box = make("div", { className: "camera" }, video, button("Cerrar la cámara", () => box.remove()));
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return answer("stop", "SIN CÁMARA", "El navegador no dio permiso de usarla. Busca por código o por nombre.");
  }
  $("search").before(box);
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  for (let last = ""; box.isConnected; await new Promise((done) => setTimeout(done, 200))) {
    const [seen] = await detector.detect(video).catch(() => []);
    const code = seen?.rawValue.match(/([2-9A-HJ-NP-Z]{8})\/?$/)?.[1];
    if (code && code !== last) checkIn((last = code));
  }
  for (const track of video.srcObject.getTracks()) track.stop();
};

const draw = () => {
  const people = [...post.people.values()];
  const [placed, came] = [people.filter((each) => each.state === "confirmed").length, people.filter((each) => each.came).length];
  const waiting = people.length - placed;
  if (post.list) {
    $("post").querySelector(".over").textContent = post.list.name;
    $("figures").textContent = `Llegaron ${came} de ${placed} persona${placed === 1 ? "" : "s"} con lugar${waiting ? `; ${waiting} en espera` : ""}.`;
  }
  const sent = post.queue.size ? `${post.queue.size} por enviar` : "Todo enviado";
  const state = `${sent}. ${isAway ? "Sin conexión: sigue, se guarda aquí." : said} ${post.list ? `Lista de las ${post.list.at}.` : ""}`;
  if ($("status").textContent !== state) $("status").textContent = state;
  const problems = post.list?.problems ?? [];
  $("problems").hidden = !problems.length;
  $("list").replaceChildren(make("ul", {}, ...problems.map((textContent) => make("li", { textContent }))));
};

const end = async (title, why) => {
  post.isOver = true;
  clearInterval(timer);
  await wipe((row) => row.post === post.row.post);
  [post.list, post.queue] = [null, new Map()];
  $("post")?.replaceChildren(make("h1", { textContent: title }), make("p", { role: "status", textContent: why }));
};

const sync = async () => {
  if (post.isOver || post.isSending) return;
  if (post.row.until < Date.now()) return end("La lista se borró", "El evento terminó hace más de 12 horas.");
  post.isSending = true;
  try {
    let before;
    do {
      before = post.taken;
      said = await post.send();
    } while (post.queue.size && post.taken > before); // somebody may come while others are being told
    isAway = false;
  } catch {
    isAway = true;
  }
  post.isSending = false;
  if (said === "over") return end("Este puesto se cerró", "La lista de este teléfono ya se borró.");
  if (!post.isOver) draw();
};

// A code that the phone's own camera opens, without a network: another tab has the key, and nothing that is kept does.
const tabs = new BroadcastChannel("entrada");
const askTabs = () =>
  new Promise((done) => {
    tabs.onmessage = ({ data }) => data.key && done(data.key);
    tabs.postMessage({ asks: true });
    setTimeout(done, 1_000, "");
  });

const act = () => {
  $("search").onsubmit = (event) => {
    if (!post.list && $("search").hasAttribute("action")) return; // the server answers while there is no list here
    event.preventDefault();
    search($("search").elements.words.value);
    $("search").elements.words.select();
  };
  $("open-walk-in").onclick = (event) => {
    if (!post.list && $("search").hasAttribute("action")) return;
    event.preventDefault();
    walkIn();
  };
  $("camera").onclick = camera;
  $("seen").onclick = async () => {
    post.list.problems = [];
    await post.keep();
    draw();
  };
  $("wipe").onclick = () => {
    const unsent = `Hay ${post.queue.size} por enviar: si borras la lista, se pierden. ¿Borrar de todos modos?`;
    if (!post.queue.size || confirm(unsent)) end("La lista se borró de este teléfono", "Para seguir, abre otra vez la liga de tu puesto.");
  };
  for (const each of document.querySelectorAll("[data-device]")) each.hidden = false;
  $("camera").hidden = !("BarcodeDetector" in window);
  $("lost")?.remove();
  $("post").hidden = false;
};

const [part, code] = location.pathname.slice(BASE.length).split("/").map(decodeURIComponent);
await wipe((row) => row.until < Date.now());
const key = part === "c" ? $("post") && (await askTabs()) : part;
if (key) {
  post = await Post.open(key);
  if ($("post")) {
    act();
    draw();
    tabs.onmessage = ({ data }) => data.asks && !post.isOver && tabs.postMessage({ key });
    timer = setInterval(sync, EVERY);
    addEventListener("online", sync);
    if (part === "c") checkIn(code.toUpperCase());
    navigator.serviceWorker?.register(`${BASE}sw.js`);
    navigator.storage?.persist?.();
  }
  sync();
}
