// Stands before a page's own scripts. Gives it WebSocket, KeyboardEvent.key and .code, navigator.clipboard and saving of
// files, all carried by the app through the object __datalabsBridge of the outermost frame.
(() => {
  'use strict';
  if (window.__datalabsShim) {
    return;
  }
  const outermost = () => {
    let frame = window;
    try {
      while (frame !== frame.parent && frame.parent.__datalabsShim) {
        frame = frame.parent;
      }
    } catch (foreignFrame) {
      // The frame above has another origin: this one stands for itself.
    }
    return frame;
  };
  const shim = { sockets: {}, count: 0 };
  Object.defineProperty(window, '__datalabsShim', { value: shim });
  if (outermost() === window) {
    try {
      // Answered synchronously by the app, which puts its bridge into this window.
      window.prompt('__datalabs_bridge__');
    } catch (sandboxed) {
      return;
    }
  }
  const bridge = () => outermost().__datalabsBridge;
  const registry = () => outermost().__datalabsShim;

  // ---- WebSocket (WHATWG WebSockets) ----
  const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const utf8Length = (text) => {
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c < 0x80) length += 1;
      else if (c < 0x800) length += 2;
      else if (c >= 0xd800 && c < 0xdc00) { length += 4; i++; } else length += 3;
    }
    return length;
  };
  const toLatin1 = (bytes) => {
    const parts = [];
    for (let i = 0; i < bytes.length; i += 8192) {
      parts.push(String.fromCharCode.apply(null, bytes.subarray(i, i + 8192)));
    }
    return parts.join('');
  };
  const fromLatin1 = (text) => {
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      bytes[i] = text.charCodeAt(i);
    }
    return bytes;
  };
  const own = new WeakMap();

  class WebSocket extends EventTarget {
    constructor(url, protocols = []) {
      super();
      let address;
      try {
        address = new URL(url, document.baseURI);
      } catch (e) {
        throw new DOMException(`The URL '${url}' is invalid.`, 'SyntaxError');
      }
      if (address.protocol === 'http:') address.protocol = 'ws:';
      if (address.protocol === 'https:') address.protocol = 'wss:';
      if (!/^wss?:$/.test(address.protocol) || address.hash || String(url).endsWith('#')) {
        throw new DOMException(`The URL '${url}' is invalid.`, 'SyntaxError');
      }
      const wanted = Array.isArray(protocols) ? protocols.map(String) : [String(protocols)];
      if (wanted.some((name) => !TOKEN.test(name)) || new Set(wanted).size !== wanted.length) {
        throw new DOMException('The subprotocols are invalid.', 'SyntaxError');
      }
      const id = String(++registry().count);
      own.set(this, {
        id, url: address.href, state: 0, protocol: '', extensions: '', binaryType: 'blob', buffered: 0,
        handlers: {}, queue: Promise.resolve(), waiting: 0, closeSent: false,
      });
      registry().sockets[id] = { deliver: (kind, a, b) => deliver(this, kind, a, b), frame: window };
      bridge().open(id, address.href, wanted.join(','));
    }
    get url() { return own.get(this).url; }
    get readyState() { return own.get(this).state; }
    get protocol() { return own.get(this).protocol; }
    get extensions() { return own.get(this).extensions; }
    get bufferedAmount() { return own.get(this).buffered; }
    get binaryType() { return own.get(this).binaryType; }
    set binaryType(type) {
      if (type === 'blob' || type === 'arraybuffer') own.get(this).binaryType = type;
    }
    send(data) {
      if (arguments.length === 0) throw new TypeError('send needs 1 argument.');
      const self = own.get(this);
      if (self.state === 0) throw new DOMException('Still connecting.', 'InvalidStateError');
      const blob = data instanceof Blob;
      let bytes = null;
      let text = null;
      if (blob) self.buffered += data.size;
      else if (data instanceof ArrayBuffer) bytes = new Uint8Array(data.slice(0));
      else if (ArrayBuffer.isView(data)) bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
      else text = String(data);
      if (bytes) self.buffered += bytes.length;
      if (text !== null) self.buffered += utf8Length(text);
      if (self.state !== 1) return;
      const pass = () => {
        if (text !== null) bridge().sendText(self.id, text, utf8Length(text));
        else bridge().sendBinary(self.id, toLatin1(bytes));
      };
      if (!blob && self.waiting === 0) {
        pass();
        return;
      }
      // A blob is read later: what follows it waits for its turn.
      self.waiting++;
      self.queue = self.queue
        .then(() => (blob ? new Response(data).arrayBuffer().then((b) => { bytes = new Uint8Array(b); }) : null))
        .then(() => { self.waiting--; pass(); });
    }
    close(code, reason = '') {
      if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
        throw new DOMException('The code must be 1000 or in 3000 to 4999.', 'InvalidAccessError');
      }
      if (utf8Length(String(reason)) > 123) throw new DOMException('The reason is too long.', 'SyntaxError');
      const self = own.get(this);
      if (self.state >= 2) return;
      self.state = 2;
      self.queue.then(() => bridge().close(self.id, code === undefined ? 1005 : code, String(reason)));
    }
    get [Symbol.toStringTag]() { return 'WebSocket'; }
  }
  ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].forEach((name, value) => {
    Object.defineProperty(WebSocket, name, { value, enumerable: true });
    Object.defineProperty(WebSocket.prototype, name, { value, enumerable: true });
  });
  ['open', 'message', 'error', 'close'].forEach((type) => {
    Object.defineProperty(WebSocket.prototype, 'on' + type, {
      enumerable: true,
      configurable: true,
      get() { return own.get(this).handlers[type] || null; },
      set(handler) {
        const handlers = own.get(this).handlers;
        if (!(type in handlers)) {
          this.addEventListener(type, (event) => handlers[type] && handlers[type].call(this, event));
        }
        handlers[type] = typeof handler === 'function' ? handler : null;
      },
    });
  });
  const deliver = (socket, kind, a, b) => {
    const self = own.get(socket);
    if (kind === 'sent') {
      self.buffered = Math.max(0, self.buffered - a);
    } else if (kind === 'open') {
      if (self.state !== 0) return;
      self.state = 1;
      self.protocol = a;
      socket.dispatchEvent(new Event('open'));
    } else if (kind === 'text' || kind === 'binary') {
      if (self.state !== 1) return;
      let data = a;
      if (kind === 'binary') {
        data = self.binaryType === 'blob' ? new Blob([fromLatin1(a)]) : fromLatin1(a).buffer;
      }
      socket.dispatchEvent(new MessageEvent('message', { data, origin: new URL(self.url).origin }));
    } else if (kind === 'close') {
      delete registry().sockets[self.id];
      if (self.state === 3) return;
      self.state = 3;
      if (a === 1006) socket.dispatchEvent(new Event('error'));
      socket.dispatchEvent(new CloseEvent('close', { wasClean: a !== 1006, code: a, reason: b }));
    }
  };
  shim.deliver = (id, kind, a, b) => {
    const entry = shim.sockets[id];
    if (entry) entry.deliver(kind, a, b);
  };
  window.WebSocket = WebSocket;
  window.addEventListener('pagehide', () => {
    const all = registry().sockets;
    Object.keys(all).filter((id) => all[id].frame === window).forEach((id) => {
      delete all[id];
      bridge().close(id, 1001, '');
    });
  });

  // ---- KeyboardEvent.key, .code and .location (UI Events) ----
  const named = new WeakMap();
  let gesture = 0;
  const name = (event) => {
    if (!event.isTrusted || !bridge()) return;
    const parts = String(bridge().key(event.type)).split('\u0000');
    if (parts.length === 3) named.set(event, { key: parts[0], code: parts[1], location: Number(parts[2]) });
  };
  ['keydown', 'keypress', 'keyup'].forEach((type) => window.addEventListener(type, name, true));
  ['key', 'code', 'location'].forEach((property) => {
    const native = Object.getOwnPropertyDescriptor(KeyboardEvent.prototype, property);
    Object.defineProperty(KeyboardEvent.prototype, property, {
      enumerable: true,
      configurable: true,
      get() {
        const known = named.get(this);
        if (known) return known[property];
        return native ? native.get.call(this) : '';
      },
    });
  });

  // ---- navigator.clipboard (Clipboard API), text only, shortly after a key or click ----
  ['keydown', 'mousedown', 'mouseup'].forEach((type) => window.addEventListener(type, (event) => {
    if (event.isTrusted) gesture = Date.now();
  }, true));
  const allowed = (action) => new Promise((resolve, reject) => {
    if (Date.now() - gesture > 5000 || !bridge()) {
      reject(new DOMException('The clipboard is open after a key or click only.', 'NotAllowedError'));
    } else {
      resolve(action());
    }
  });
  const clipboard = {
    readText: () => allowed(() => String(bridge().readClipboard())),
    writeText: (text) => allowed(() => { bridge().writeClipboard(String(text)); }),
    write: (items) => Promise.resolve(items[0].getType('text/plain'))
      .then((blob) => new Response(blob).text()).then((text) => clipboard.writeText(text)),
  };
  if (!navigator.clipboard) {
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  }
  if (!window.ClipboardItem) {
    window.ClipboardItem = class ClipboardItem {
      constructor(items) { this.items = items; }
      get types() { return Object.keys(this.items); }
      getType(type) { return Promise.resolve(this.items[type]).then((b) => (b instanceof Blob ? b : new Blob([b], { type }))); }
    };
  }

  // ---- <a download>: WebKit shows such links instead of saving them ----
  const root = location.pathname.split('/').slice(0, 3).join('/') + '/';
  if (!('download' in HTMLAnchorElement.prototype)) {
    Object.defineProperty(HTMLAnchorElement.prototype, 'download', {
      enumerable: true,
      configurable: true,
      get() { return this.getAttribute('download') || ''; },
      set(value) { this.setAttribute('download', value); },
    });
  }
  const blobs = new Map();
  const createObjectURL = URL.createObjectURL;
  const revokeObjectURL = URL.revokeObjectURL;
  // WebKit fetches no blob: addresses here, so the blobs themselves are kept as long as their addresses.
  URL.createObjectURL = (object) => {
    const address = createObjectURL.call(URL, object);
    if (object instanceof Blob) blobs.set(address, object);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    revokeObjectURL.call(URL, address);
    blobs.delete(address);
  };
  const save = (link) => {
    const file = link.getAttribute('download') || 'download';
    const blob = blobs.get(link.href);
    const content = blob ? new Response(blob) : fetch(link.href);
    Promise.resolve(content)
      .then((answer) => answer.arrayBuffer())
      .then((body) => fetch(`${root}__datalabs/save?name=${encodeURIComponent(file)}`, { method: 'POST', body }))
      .catch((failure) => console.error('This file could not be saved.', failure));
  };
  const isSaved = (link) => link.hasAttribute('download') && /^(blob|data):/.test(link.href);
  window.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[download]') : null;
    if (link && isSaved(link)) {
      event.preventDefault();
      save(link);
    }
  }, true);
  const click = HTMLElement.prototype.click;
  HTMLElement.prototype.click = function () {
    // A link outside the document is clicked without passing the window.
    if (this instanceof HTMLAnchorElement && isSaved(this) && !this.isConnected) save(this);
    else click.call(this);
  };
})();
