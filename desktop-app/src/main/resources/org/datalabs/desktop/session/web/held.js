// Follows shim.js. A canvas whose pixels live in an array; display.js decides which are.
(() => {
  'use strict';
  const shim = window.__datalabsShim;
  const context = CanvasRenderingContext2D.prototype;
  if (shim.canvases) {
    return;
  }
  const MOST_CREDIT = 64;
  const FRAME_MS = 16;
  const QUIET_MS = 250;
  const OPAQUE = 1;
  const CUT_OUT = 2;
  const MIXED = 4;
  const native = {};
  ['getImageData', 'putImageData', 'drawImage', 'fillRect'].forEach((name) => { native[name] = context[name]; });
  const nativeStyle = Object.getOwnPropertyDescriptor(context, 'fillStyle').get;

  const union = (a, b) => {
    if (!a) return b;
    const x = Math.min(a.x, b.x);
    const y = Math.min(a.y, b.y);
    return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
  };
  const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  const intersection = (a, b) => {
    const x = Math.max(a.x, b.x);
    const y = Math.max(a.y, b.y);
    return { x, y, w: Math.min(a.x + a.w, b.x + b.w) - x, h: Math.min(a.y + a.h, b.y + b.h) - y };
  };
  const isEmpty = (area) => area.w <= 0 || area.h <= 0;

  class Held {
    // It counts only while `held` has it for its canvas.
    constructor(ctx, held) {
      const { canvas } = ctx;
      this.ctx = ctx;
      this.held = held;
      this.canvas = canvas;
      this.width = canvas.width;
      this.height = canvas.height;
      this.bounds = { x: 0, y: 0, w: this.width, h: this.height };
      // May fail for a canvas that shows another origin's picture.
      this.image = native.getImageData.call(ctx, 0, 0, this.width, this.height);
      this.bytes = this.image.data;
      this.words = new Uint32Array(this.bytes.buffer);
      this.isOpaque = false;
      this.dirty = null;
      this.writes = 0;
      this.isPlanned = false;
      this.shown = 0;
      this.credit = MOST_CREDIT;
      this.fill = undefined;
      this.pictures = [];
      this.side = null;
    }

    // Whether nobody has resized the canvas, and so cleared it, behind our back.
    isSame() {
      return this.canvas.width === this.width && this.canvas.height === this.height;
    }

    contains(area) {
      return area.x >= 0 && area.y >= 0 && area.x + area.w <= this.width && area.y + area.h <= this.height;
    }

    // Before an area is read: what lies in it.
    alphas(area) {
      if (this.isOpaque) return OPAQUE;
      let seen = 0;
      for (let y = area.y; y < area.y + area.h; y++) {
        const end = y * this.width + area.x + area.w;
        for (let at = end - area.w; at < end; at++) {
          const alpha = this.words[at] >>> 24;
          if (alpha === 255) seen |= OPAQUE;
          else if (alpha === 0) seen |= CUT_OUT;
          else return MIXED;
        }
      }
      if (seen === OPAQUE && area.w === this.width && area.h === this.height) this.isOpaque = true;
      return seen;
    }

    beforeReading() {
      if (this.pictures.length) this.readPictures();
    }

    beforeWriting(area) {
      if (this.pictures.some((picture) => meet(picture, area))) this.readPictures();
    }

    wrote(area) {
      this.dirty = union(this.dirty, area);
      this.writes++;
      this.credit = Math.min(MOST_CREDIT, this.credit + 1);
      if (!this.isPlanned) this.plan();
    }

    // The first change after a pause is shown with the next frame, later ones at most once in a frame. What is in no
    // document is shown nowhere, and waits for a reader or for quiet.
    plan() {
      const show = () => {
        this.isPlanned = false;
        this.flush();
      };
      this.isPlanned = true;
      if (this.canvas.isConnected && performance.now() - this.shown > FRAME_MS) {
        Promise.resolve().then(show);
      } else if (this.canvas.isConnected) {
        requestAnimationFrame(show);
      } else {
        const { writes } = this;
        setTimeout(() => {
          this.isPlanned = false;
          if (this.dirty && writes !== this.writes) this.plan();
          else this.flush();
        }, QUIET_MS);
      }
    }

    // For WebKit to read. It forgets what is queued for a canvas that it draws on another, unless that was read before.
    settle() {
      if (!this.dirty) return;
      this.flush();
      native.getImageData.call(this.ctx, 0, 0, 1, 1);
    }

    flush() {
      if (!this.dirty || this.held.get(this.canvas) !== this) return;
      if (!this.isSame()) {
        this.held.delete(this.canvas);
        return;
      }
      this.beforeReading();
      const { x, y, w, h } = this.dirty;
      this.dirty = null;
      this.shown = performance.now();
      native.putImageData.call(this.ctx, this.image, 0, 0, x, y, w, h);
    }

    put(data, x, y, area) {
      this.beforeWriting(area);
      const source = data.data;
      for (let row = area.y; row < area.y + area.h; row++) {
        const from = ((row - y) * data.width + area.x - x) * 4;
        this.bytes.set(source.subarray(from, from + area.w * 4), (row * this.width + area.x) * 4);
      }
      this.wrote(area);
    }

    paint(area, word) {
      this.beforeWriting(area);
      for (let y = area.y; y < area.y + area.h; y++) {
        const from = y * this.width + area.x;
        this.words.fill(word, from, from + area.w);
      }
      this.wrote(area);
    }

    move(from, to) {
      const down = to.y > from.y;
      for (let i = 0; i < from.h; i++) {
        const row = down ? from.h - 1 - i : i;
        const start = (from.y + row) * this.width + from.x;
        this.words.copyWithin((to.y + row) * this.width + to.x, start, start + from.w);
      }
      this.wrote(to);
    }

    // What an area holds now, for copying it onto itself.
    cut(area) {
      const words = new Uint32Array(area.w * area.h);
      for (let row = 0; row < area.h; row++) {
        const start = (area.y + row) * this.width + area.x;
        words.set(this.words.subarray(start, start + area.w), row * area.w);
      }
      return { words, width: area.w };
    }

    copy(source, from, to, alphas) {
      this.beforeWriting(to);
      for (let row = 0; row < from.h; row++) {
        const start = (from.y + row) * source.width + from.x;
        const into = (to.y + row) * this.width + to.x;
        if (alphas === OPAQUE) {
          this.words.set(source.words.subarray(start, start + from.w), into);
        } else {
          for (let i = 0; i < from.w; i++) {
            const word = source.words[start + i];
            if (word >>> 24) this.words[into + i] = word;
          }
        }
      }
      this.wrote(to);
    }

    // A picture's pixels are known only after it was drawn on a canvas: several are drawn on one, which is read once.
    keepPicture(picture, area) {
      if (!this.side) {
        const canvas = document.createElement('canvas');
        canvas.width = this.width;
        canvas.height = this.height;
        this.side = canvas.getContext('2d');
      }
      native.drawImage.call(this.side, picture, area.x, area.y);
      this.pictures.push(area);
      this.wrote(area);
    }

    readPictures() {
      const pictures = this.pictures;
      this.pictures = [];
      const all = pictures.reduce(union, null);
      const read = native.getImageData.call(this.side, all.x, all.y, all.w, all.h);
      const words = new Uint32Array(read.data.buffer);
      pictures.forEach((picture) => {
        for (let y = picture.y; y < picture.y + picture.h; y++) {
          const from = (y - all.y) * all.w + picture.x - all.x;
          this.words.set(words.subarray(from, from + picture.w), y * this.width + picture.x);
        }
      });
    }

    // After drawing on the real canvas.
    readBack() {
      this.image = native.getImageData.call(this.ctx, 0, 0, this.width, this.height);
      this.bytes = this.image.data;
      this.words = new Uint32Array(this.bytes.buffer);
      this.isOpaque = false;
    }

    // The colour that a rectangle is filled with as one pixel, or null if that depends on what it covers.
    fillWord() {
      if (this.fill === undefined) {
        const style = nativeStyle.call(this.ctx);
        const match = typeof style === 'string' ? /^#(..)(..)(..)$/.exec(style) : null;
        this.fill = null;
        if (match) {
          const bytes = new Uint8Array([...match.slice(1).map((part) => parseInt(part, 16)), 255]);
          this.fill = new Uint32Array(bytes.buffer)[0];
        }
      }
      return this.fill;
    }
  }

  shim.canvases = { Held, native, areas: { intersection, isEmpty }, OPAQUE, MIXED };
})();
