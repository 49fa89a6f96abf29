// The screens of a room: the hand of the clock, and news by polling. Without this, the page is read and reloaded.

const EVERY = 5_000;
const box = document.querySelector("[data-room]");
let skew = 0; // the server's hour minus this device's, in milliseconds
let etag = "";
let said = "";

const format = (seconds) => {
  const left = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  const two = (number) => String(number).padStart(2, "0");
  return `${seconds < 0 ? "−" : ""}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}`;
};

// Big minutes instead of the hour at which the stage ends; a phone shakes five and one minutes before.
const tick = () => {
  const clock = document.querySelector("[data-ends]");
  if (!clock) return;
  const seconds = Math.round((Date.parse(clock.dataset.ends) - Date.now() - skew) / 1000);
  let hand = clock.querySelector("[data-hand]");
  if (!hand) {
    hand = document.createElement("span");
    hand.dataset.hand = "";
    hand.setAttribute("aria-hidden", "true");
    clock.append(hand);
  }
  hand.dataset.left = format(seconds); // drawn by the style: not a word of the page, nor read aloud each second
  clock.classList.toggle("over", seconds < 0);
  if (seconds === 300 || seconds === 60) navigator.vibrate?.(300);
};

// What changed is fetched whole and put in its place; what somebody is writing is never touched.
const reload = async () => {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [document.querySelector("main"), page.querySelector("main")];
  const writing = here.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  if (!there || writing) return;
  here.replaceChildren(...there.childNodes);
  location.hash && document.getElementById(location.hash.slice(1))?.scrollIntoView();
};

const ask = async () => {
  const where = document.querySelector("[data-room]") ?? box;
  try {
    const answer = await fetch(where.dataset.room, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
    const date = Date.parse(answer.headers.get("Date") ?? "");
    if (date) skew = date - Date.now();
    document.body.classList.remove("away");
    if (answer.status === 200) {
      const state = await answer.text();
      if (said && state !== said) await reload();
      [said, etag] = [state, answer.headers.get("ETag") ?? ""];
    }
  } catch {
    document.body.classList.add("away"); // the clock goes on; the network is asked again
  }
  setTimeout(ask, EVERY + Math.random() * 1_000);
};

if (box) {
  setInterval(() => document.querySelector("[data-room]") && tick(), 1000);
  ask();
}
