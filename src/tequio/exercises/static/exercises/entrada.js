// A post at the door of an event, with or without a network; all of it also has a plain way, on the server.
// What the device keeps is sealed, and only the post's address opens it.

const BASE = "/entrada/";
const CODE = /([2-9A-HJ-NP-Z]{8})\/?$/;
const $ = (name, where = document) => where.querySelector(`[data-${name}]`);
const hour = (at) => (at ? new Date(at) : new Date()).toTimeString().slice(0, 5);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const bytes = (text) => new TextEncoder().encode(text);
const make = (tag, told, ...inside) => {
  const made = Object.assign(document.createElement(tag), typeof told === "string" ? { textContent: told } : told);
  made.append(...inside);
  return made;
};

// Two tables: `kept`, a row per post (salt, until when, its sealed list), and `queue`, a sealed act per row.
const base = new Promise((done, fail) => {
  const asked = indexedDB.open("entrada", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("kept", { keyPath: "post" });
    asked.result.createObjectStore("queue", { keyPath: "mark" });
  };
  [asked.onsuccess, asked.onerror] = [() => done(asked.result), () => fail(asked.error)];
});
const stored = async (mode, act) => {
  const work = (await base).transaction(["kept", "queue"], mode, { durability: "strict" });
  const asked = act(work.objectStore("kept"), work.objectStore("queue"));
  return new Promise((done, fail) => {
    work.oncomplete = () => done(asked?.result); // it is on the disk
    work.onabort = () => fail(work.error);
  });
};
const wipe = async (isOver) => {
  const gone = (await stored("readonly", (kept) => kept.getAll())).filter(isOver).map((row) => row.post);
  const acts = await stored("readonly", (_, queue) => queue.getAll());
  await stored("readwrite", (kept, queue) => {
    for (const name of gone) kept.delete(name);
    for (const act of acts) if (gone.includes(act.post)) queue.delete(act.mark);
  });
};

class Post {
  queue = new Map();

  // From the key come a name for its rows, which says nothing of it, and with the row's salt what seals them.
  static async open(key) {
    const post = Object.assign(new Post(), { key });
    const root = await crypto.subtle.importKey("raw", bytes(key), "HKDF", false, ["deriveBits", "deriveKey"]);
    const way = (info, salt) => ({ name: "HKDF", hash: "SHA-256", salt, info: bytes(info) });
    const name = new Uint8Array(await crypto.subtle.deriveBits(way("post", bytes("")), root, 128)).join("-");
    const made = { post: name, salt: crypto.getRandomValues(new Uint8Array(16)), until: Date.now() + 36 * 3_600_000 };
    post.row = (await stored("readonly", (kept) => kept.get(name))) ?? made;
    if (post.row === made) await stored("readwrite", (kept) => kept.put(made));
    const aes = { name: "AES-GCM", length: 256 };
    post.secret = await crypto.subtle.deriveKey(way("seal", post.row.salt), root, aes, false, ["encrypt", "decrypt"]);
    post.list = post.row.list && (await post.unseal(post.row.list));
    for (const act of await stored("readonly", (_, queue) => queue.getAll())) {
      if (act.post === name) post.queue.set(act.mark, await post.unseal(act.sealed));
    }
    return post;
  }

  async seal(told) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, told: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.secret, bytes(JSON.stringify(told))) };
  }

  async unseal({ iv, told }) {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.secret, told)));
  }

  // Who is in the list, by code, as what waits to be sent leaves them.
  get people() {
    const found = new Map();
    for (const [code, name, from, state, came] of this.list?.people ?? []) found.set(code, { code, name, from, state, came });
    for (const act of this.queue.values()) {
      const id = act.code ?? act.mark;
      const came = [found.get(id)?.came, hour(act.hour)].filter(Boolean).sort()[0];
      found.set(id, { name: "", from: "", ...found.get(id), state: "confirmed", came });
    }
    return found;
  }

  // On the disk before anybody is told: a closed tab or an empty battery loses nothing.
  async note(told) {
    const act = { ...told, mark: crypto.randomUUID(), hour: new Date().toISOString() };
    const sealed = await this.seal(act);
    await stored("readwrite", (_, queue) => queue.put({ mark: act.mark, post: this.row.post, sealed }));
    this.queue.set(act.mark, act);
  }

  async send() {
    const acts = JSON.stringify([...this.queue.values()].slice(0, 100));
    const body = new URLSearchParams({ acts, seal: this.list?.seal ?? "" });
    const answer = await fetch(`${BASE}${this.key}/actos`, { method: "POST", body });
    if (answer.status === 410) return "over";
    const told = await answer.json();
    if (!answer.ok || this.isOver) return told.error;
    const problems = [...(this.list?.problems ?? [])];
    for (const { mark, words } of told.answers) {
      const act = this.queue.get(mark);
      const name = this.people.get(act?.code)?.name || act?.code || "Sin registro previo";
      if (act && words) problems.push(`${hour(act.hour)} ${name}: ${words}`);
    }
    this.list = { ...(told.list ?? this.list), at: hour(), problems };
    await this.keep(told.answers.map((each) => each.mark));
  }

  async keep(sent = []) {
    Object.assign(this.row, { list: await this.seal(this.list), until: Date.parse(this.list.until) });
    if (this.isOver) return;
    await stored("readwrite", (kept, queue) => {
      kept.put(this.row);
      for (const mark of sent) queue.delete(mark);
    });
    for (const mark of sent) this.queue.delete(mark);
  }
}

let post, said, isAway, sound, timer;

// The large answer, with a sound and a shake that tell it without looking.
const answer = (kind, word, ...more) => {
  const inside = more.map((each) => (each.nodeType ? each : make("p", each)));
  $("answer").replaceChildren(make("div", { className: `door-answer ${kind}` }, make("p", { className: "word" }, word), ...inside));
  $("found").replaceChildren();
  $("answer").scrollIntoView({ block: "nearest" });
  navigator.vibrate?.(kind === "go" ? 80 : [150, 80, 150]);
  sound ??= new AudioContext();
  const tone = sound.createOscillator();
  tone.frequency.value = kind === "go" ? 880 : 220;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.2);
};
const button = (words, onclick, more = "") =>
  make("button", { className: "button", type: "button", onclick }, words, make("span", { className: "hidden-text" }, more));

const letIn = async (told, words) => {
  try {
    await post.note(told);
  } catch {
    return answer("stop", "NO SE GUARDÓ", "Anota a la persona en papel y libera espacio en este teléfono.");
  }
  answer("go", "ADELANTE", words);
  draw();
  sync();
};

const checkIn = (code) => {
  if (!post.list) return answer("stop", "TODAVÍA NO HAY LISTA", "Este teléfono aún no la recibe: acércate a donde haya señal.");
  const person = post.people.get(code);
  const pass = (words) => letIn({ kind: "arrival", code, let_in: person?.state !== "confirmed" }, words);
  if (!person) {
    const when = `La lista es de las ${post.list.at}. Si se registró después, déjala pasar: se comprueba al enviarlo.`;
    return answer("stop", "NO ESTÁ", when, button("Dejar pasar", () => pass(code)));
  }
  const who = `${person.name || "Sin nombre"} · ${person.from}`;
  if (person.came) return answer("", `YA REGISTRADO ${person.came}`, who);
  if (person.state === "confirmed") return pass(who);
  answer("", "EN LISTA DE ESPERA", who, $("figures").textContent, button("Dejar pasar", () => pass(who)));
};

const search = (words) => {
  const code = words.trim().toUpperCase();
  if (!post.list || post.people.has(code) || (CODE.test(code) && /\d/.test(code))) return checkIn(code);
  const parts = plain(words).split(/\s+/).filter(Boolean);
  const isIt = ({ code, name }) => code && parts.every((part) => plain(name).includes(part));
  const found = [...post.people.values()].filter(isIt).slice(0, 10);
  if (!parts.length || !found.length) return answer("stop", "NO ESTÁ", "Busca de otra forma, o registra a la persona aquí mismo.");
  const items = found.map(({ code, name, from, state, came }) => {
    const where = came ? `Ya registrado ${came}` : state === "waiting" ? "En lista de espera" : "Con lugar";
    const act = came ? "" : button("Registrar llegada", () => checkIn(code), ` de ${name}`);
    return make("li", {}, make("h2", name), make("p", { className: "meta" }, `${from} · ${code} · ${where}`), act);
  });
  $("answer").replaceChildren();
  $("found").replaceChildren(make("ul", { className: "entries" }, ...items));
};

// Who did not register, in the fields of the event's list.
const walkIn = () => {
  if (!post.list) return checkIn("");
  const form = $("walk-in").content.cloneNode(true).querySelector("form");
  post.list.origins.forEach(([value, label], n) => {
    const radio = make("input", { type: "radio", name: "from", id: `w-${n}`, value, required: true });
    $("origins", form).append(make("div", { className: "option" }, radio, make("label", { htmlFor: radio.id }, label)));
  });
  $("institution", form).hidden = !post.list.asks_institution;
  form.elements.sex.append(...post.list.sexes.map(([value, label]) => make("option", { value }, label)));
  form.elements.sex.value = "unsaid";
  form.onreset = () => {
    form.remove();
    $("search").hidden = false;
    $("search").elements.words.focus();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    letIn({ kind: "walk_in", ...Object.fromEntries(new FormData(form)) }, "Sin registro previo");
    form.onreset();
  };
  $("answer").replaceChildren();
  $("found").replaceChildren();
  $("search").hidden = true;
  $("search").after(form);
  form.querySelector("h2").focus();
};

const camera = async () => {
  const video = make("video", { muted: true, playsInline: true });
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return answer("stop", "SIN CÁMARA", "El navegador no la deja usar. Busca por código o por nombre.");
  }
  const box = make("div", { className: "camera" }, video, button("Cerrar la cámara", () => box.remove()));
  $("search").before(box);
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  for (let last; box.isConnected; await new Promise((done) => setTimeout(done, 200))) {
    const [seen] = await detector.detect(video).catch(() => []);
    const code = seen?.rawValue.match(CODE)?.[1];
    if (code && code !== last) checkIn((last = code));
  }
  for (const track of video.srcObject.getTracks()) track.stop();
};

const draw = () => {
  const people = [...post.people.values()];
  const [placed, came] = ["state", "came"].map((name) => people.filter((each) => each[name] && each[name] !== "waiting").length);
  const [waiting, list] = [people.length - placed, post.list];
  if (list) {
    $("post").querySelector(".over").textContent = list.name;
    $("figures").textContent = `Llegaron ${came} de ${placed} persona${placed === 1 ? "" : "s"} con lugar${waiting ? `; ${waiting} en espera` : ""}.`;
  }
  const sent = post.queue.size ? `${post.queue.size} por enviar` : "Todo enviado";
  const state = `${sent}. ${isAway ? "Sin conexión: sigue, se guarda aquí." : (said ?? "")} ${list ? `Lista de las ${list.at}.` : ""}`;
  if ($("status").textContent !== state) $("status").textContent = state;
  $("problems").hidden = !list?.problems.length;
  $("list").replaceChildren(make("ul", {}, ...(list?.problems ?? []).map((each) => make("li", each))));
};

const end = async (title, why) => {
  post.isOver = true;
  clearInterval(timer);
  await wipe((row) => row.post === post.row.post);
  $("post")?.replaceChildren(make("h1", title), make("p", { role: "status" }, why));
};

// One sending at a time; what is noted meanwhile goes in the next.
const sync = async () => {
  post.isAsked = true;
  if (post.isOver || post.isSending) return;
  if (post.row.until < Date.now()) return end("La lista se borró", "El evento terminó hace más de 12 horas.");
  post.isSending = true;
  try {
    while (post.isAsked) {
      post.isAsked = false;
      said = await post.send();
      post.isAsked ||= !said && post.queue.size > 0;
    }
    isAway = false;
  } catch {
    isAway = true;
  }
  post.isSending = false;
  if (said === "over") return end("Este puesto se cerró", "La lista de este teléfono ya se borró.");
  if (!post.isOver) draw();
};

// A code that the phone's own camera opens, without a network: only another tab has the key.
const tabs = new BroadcastChannel("entrada");
const askTabs = () =>
  new Promise((done) => {
    tabs.onmessage = ({ data }) => data.key && done(data.key);
    tabs.postMessage({ asks: true });
    setTimeout(done, 1_000);
  });

const begin = () => {
  const form = $("search");
  const here = (act) => (event) => {
    if (!post.list && form.hasAttribute("action")) return; // the server answers until there is a list
    event.preventDefault();
    act();
  };
  form.onsubmit = here(() => (search(form.elements.words.value), form.elements.words.select()));
  $("open-walk-in").onclick = here(walkIn);
  $("camera").onclick = camera;
  $("seen").onclick = () => ((post.list.problems = []), post.keep(), draw());
  $("wipe").onclick = () => {
    const unsent = `Hay ${post.queue.size} por enviar: si borras la lista, se pierden. ¿Borrar de todos modos?`;
    if (!post.queue.size || confirm(unsent)) end("La lista se borró de este teléfono", "Para seguir, abre otra vez la liga de tu puesto.");
  };
  for (const each of document.querySelectorAll("[data-device]")) each.hidden = false;
  $("camera").hidden = !("BarcodeDetector" in window);
  $("lost")?.remove();
  $("post").hidden = false;
  draw();
  tabs.onmessage = ({ data }) => data.asks && !post.isOver && tabs.postMessage({ key: post.key });
  timer = setInterval(sync, 15_000);
  addEventListener("online", sync);
  navigator.serviceWorker.register(`${BASE}sw.js`);
};

const [part, code] = location.pathname.slice(BASE.length).split("/");
await wipe((row) => row.until < Date.now());
const key = part === "c" ? $("post") && (await askTabs()) : part;
if (key) {
  post = await Post.open(key);
  if ($("post")) begin();
  if (part === "c") checkIn(code.toUpperCase());
  sync();
}
