// Shows the session's desktop: connects noVNC to the RFB stream beside this page and keeps it connected.
import RFB from "./novnc/core/rfb.js";
import keysyms from "./novnc/core/input/keysym.js";

const SESSION_ENDED = 1001;
const FIRST_RETRY_MILLIS = 500;
const LONGEST_RETRY_MILLIS = 10_000;
const GIVE_UP_MILLIS = 120_000;
const FIT_KEY = "datalabs.desktop.fit";

const KEYSYMS = {
  ControlLeft: keysyms.XK_Control_L,
  AltLeft: keysyms.XK_Alt_L,
  ShiftLeft: keysyms.XK_Shift_L,
  Delete: keysyms.XK_Delete,
  Tab: keysyms.XK_Tab,
  Escape: keysyms.XK_Escape,
  F4: keysyms.XK_F4,
  F11: keysyms.XK_F11,
  PrintScreen: keysyms.XK_Print,
};

const byId = (id) => document.getElementById(id);
const screen = byId("screen");
const status = byId("status");
const fit = byId("fit");
const text = byId("text");

let rfb = null;
let connected = false;
let retryMillis = FIRST_RETRY_MILLIS;
let lostAt = 0;

function address() {
  const url = new URL("vnc", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

function connect() {
  status.textContent = "Connecting…";
  const socket = new WebSocket(address(), ["binary"]);
  let code = 0;
  let reason = "";
  socket.addEventListener("close", (event) => {
    code = event.code;
    reason = event.reason;
  });
  rfb = new RFB(screen, socket, { shared: true });
  rfb.background = "#22262c";
  rfb.addEventListener("connect", opened);
  // noVNC tells of the end while the socket's own event is still on its way to us.
  rfb.addEventListener("disconnect", () => setTimeout(() => closed(code, reason), 0));
  rfb.addEventListener("desktopname", (event) => {
    byId("name").textContent = event.detail.name;
    document.title = event.detail.name;
  });
  rfb.addEventListener("clipboard", (event) => {
    text.value = event.detail.text;
  });
  applyFit();
}

function opened() {
  connected = true;
  retryMillis = FIRST_RETRY_MILLIS;
  lostAt = 0;
  status.textContent = "Connected";
  byId("ended").close();
  rfb.focus();
}

function closed(code, reason) {
  rfb = null;
  releaseHeld();
  if (code === SESSION_ENDED) {
    end(reason || "The datalab has ended.");
    return;
  }
  const now = Date.now();
  lostAt = lostAt || now;
  if (now - lostAt > GIVE_UP_MILLIS) {
    end("The datalab cannot be reached. It may have ended, or this page's admission has lapsed: open it from the app.");
    return;
  }
  status.textContent = connected ? "Connection lost, trying again…" : "Not reachable yet, trying again…";
  setTimeout(connect, retryMillis);
  retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
}

function end(why) {
  status.textContent = "Not connected";
  byId("reason").textContent = why;
  byId("ended").showModal();
}

function applyFit() {
  if (rfb) {
    rfb.scaleViewport = fit.value === "scale";
    rfb.resizeSession = fit.value === "resize";
    rfb.clipViewport = fit.value === "actual";
    rfb.dragViewport = false;
  }
}

function key(name, down) {
  if (rfb) {
    rfb.sendKey(KEYSYMS[name], name, down);
  }
}

function releaseHeld() {
  for (const button of document.querySelectorAll('[data-hold][aria-pressed="true"]')) {
    key(button.dataset.hold, false);
    button.setAttribute("aria-pressed", "false");
  }
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.addEventListener("click", () => {
    const names = button.dataset.keys.split(" ");
    names.forEach((name) => key(name, true));
    names.reverse().forEach((name) => key(name, false));
    byId("keys").open = false;
    rfb?.focus();
  });
}

for (const button of document.querySelectorAll("[data-hold]")) {
  button.addEventListener("click", () => {
    const down = button.getAttribute("aria-pressed") !== "true";
    key(button.dataset.hold, down);
    button.setAttribute("aria-pressed", String(down));
    rfb?.focus();
  });
}

try {
  fit.value = localStorage.getItem(FIT_KEY) ?? "scale";
} catch {
  fit.value = "scale";
}
if (fit.selectedIndex < 0) {
  fit.value = "scale";
}
fit.addEventListener("change", () => {
  applyFit();
  try {
    localStorage.setItem(FIT_KEY, fit.value);
  } catch {
    // A browser without storage forgets the choice, nothing more.
  }
});

text.addEventListener("input", () => rfb?.clipboardPasteFrom(text.value));
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(text.value);
    status.textContent = "Copied";
  } catch {
    text.select();
    status.textContent = "Press Ctrl+C to copy";
  }
});
byId("full").addEventListener("click", () => {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else {
    document.documentElement.requestFullscreen();
  }
});
byId("again").addEventListener("click", () => {
  byId("ended").close();
  lostAt = 0;
  retryMillis = FIRST_RETRY_MILLIS;
  connect();
});

connect();
