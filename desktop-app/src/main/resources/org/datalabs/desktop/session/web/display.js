// Follows held.js. JavaFX puts pixels into a canvas, and draws one canvas on another, by copying whole canvases to and from
// its renderer, so a page that draws a remote screen, as noVNC does, shows a few frames a second. A canvas that is drawn
// that way is held here instead: its pixels live in an array, and the changed rectangle goes to the real canvas at most
// once in a frame.
//
// Only what gives the very same pixels is done on the array. Any other drawing passes through the real canvas and is read
// back; anything that changes how later drawing works, or draws anything but rectangles and pictures, lets the canvas go.
(() => {
  'use strict';
  const shim = window.__datalabsShim;
  const context = CanvasRenderingContext2D.prototype;
  const element = HTMLCanvasElement.prototype;
  if (shim.held) {
    return;
  }
  let top = window;
  try {
    while (top !== top.parent && top.parent.__datalabsShim && top.parent.__datalabsShim.held) {
      top = top.parent;
    }
  } catch (foreignFrame) {
    // The frame above has another origin, and so never sees a canvas of this one.
  }
  // Frames of one origin may draw each other's canvases.
  shim.held = top === window ? new WeakMap() : top.__datalabsShim.held;
  const held = shim.held;

  const ENOUGH_PUTS = 2;
  const MOST_PIXELS = 1 << 24;
  const COST_OF_PASSING = 4;
  const puts = new WeakMap();
  const unfit = new WeakSet();
  const { Held, native, areas, OPAQUE, MIXED } = shim.canvases;
  const { intersection, isEmpty } = areas;

  const find = (canvas) => {
    const found = held.get(canvas);
    if (found && !found.isSame()) {
      held.delete(canvas);
      return undefined;
    }
    return found;
  };
  const take = (ctx) => {
    const { canvas } = ctx;
    const found = find(canvas);
    const size = canvas.width * canvas.height;
    if (found || unfit.has(ctx) || !size || size > MOST_PIXELS) return found;
    try {
      const made = new Held(ctx, held);
      held.set(canvas, made);
      return made;
    } catch (foreignPixels) {
      unfit.add(ctx);
      return undefined;
    }
  };
  const letGo = (ctx) => {
    unfit.add(ctx);
    const found = find(ctx.canvas);
    if (found) {
      found.settle();
      held.delete(ctx.canvas);
    }
  };
  // Lets the real canvas do it. Who does mostly that is better off without us.
  const pass = (found, name, values) => {
    found.flush();
    native[name].apply(found.ctx, values);
    found.credit -= COST_OF_PASSING;
    if (found.credit < 0) {
      letGo(found.ctx);
      return;
    }
    try {
      found.readBack();
    } catch (foreignPixels) {
      letGo(found.ctx);
    }
  };
  const flushSource = (source) => {
    const found = source && typeof source === 'object' ? held.get(source) : undefined;
    if (found) found.settle();
  };

  const isOpaqueData = (data, x, y, area) => {
    const { data: bytes, width } = data;
    for (let row = area.y; row < area.y + area.h; row++) {
      const from = ((row - y) * width + area.x - x) * 4 + 3;
      for (let at = from, end = from + area.w * 4; at < end; at += 4) {
        if (bytes[at] !== 255) return false;
      }
    }
    return true;
  };
  const putQuickly = (found, values) => {
    const [data, x, y] = values;
    if (values.length !== 3 || !(data instanceof ImageData) || !Number.isInteger(x) || !Number.isInteger(y)
        || data.data.length !== data.width * data.height * 4) {
      return false;
    }
    const area = intersection({ x, y, w: data.width, h: data.height }, found.bounds);
    if (isEmpty(area)) return true;
    if (!isOpaqueData(data, x, y, area)) return false;
    found.put(data, x, y, area);
    return true;
  };
  const fillQuickly = (found, values) => {
    if (values.length !== 4 || !values.every(Number.isInteger)) return false;
    const [x, y, w, h] = values;
    const word = found.fillWord();
    if (word === null || w < 0 || h < 0) return false;
    const area = intersection({ x, y, w, h }, found.bounds);
    if (!isEmpty(area)) found.paint(area, word);
    return true;
  };
  const JPEG = /^data:\s*image\/jpeg[;,]/i;
  const drawPictureQuickly = (found, values) => {
    const [source, x, y] = values;
    if (values.length !== 3 || !source.complete || !source.naturalWidth || !JPEG.test(source.getAttribute('src'))) return false;
    const area = { x, y, w: source.naturalWidth, h: source.naturalHeight };
    if (!found.contains(area)) return false;
    found.keepPicture(source, area);
    return true;
  };
  const drawQuickly = (found, values) => {
    const source = values[0];
    if (!values.slice(1).every(Number.isInteger)) return false;
    if (source instanceof HTMLImageElement) return drawPictureQuickly(found, values);
    const other = source && typeof source === 'object' ? find(source) : undefined;
    if (!other || (values.length !== 3 && values.length !== 9)) return false;
    const [sx, sy, sw, sh, dx, dy, dw, dh] = values.length === 9
      ? values.slice(1) : [0, 0, other.width, other.height, values[1], values[2], other.width, other.height];
    const from = { x: sx, y: sy, w: sw, h: sh };
    const to = { x: dx, y: dy, w: dw, h: dh };
    if (sw !== dw || sh !== dh || isEmpty(from) || !other.contains(from) || !found.contains(to)) return false;
    other.beforeReading();
    const alphas = other.alphas(from);
    if (alphas === MIXED) return false;
    if (other !== found) found.copy(other, from, to, alphas);
    else if (alphas === OPAQUE) found.move(from, to);
    else found.copy(found.cut(from), { ...from, x: 0, y: 0 }, to, alphas);
    return true;
  };

  const redefine = (owner, name, made) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(made, 'name', { value: name });
    Object.defineProperty(made, 'length', { value: property.value.length });
    Object.defineProperty(owner, name, { ...property, value: made });
  };
  const isContext = (value) => value instanceof CanvasRenderingContext2D;

  redefine(context, 'putImageData', function (...values) {
    let found;
    if (isContext(this) && !unfit.has(this)) {
      const count = (puts.get(this) || 0) + 1;
      puts.set(this, count);
      if (count >= ENOUGH_PUTS) found = take(this);
    }
    if (!found) native.putImageData.apply(this, values);
    else if (!putQuickly(found, values)) pass(found, 'putImageData', values);
  });
  redefine(context, 'fillRect', function (...values) {
    const found = isContext(this) ? find(this.canvas) : undefined;
    if (!found) native.fillRect.apply(this, values);
    else if (!fillQuickly(found, values)) pass(found, 'fillRect', values);
  });
  redefine(context, 'drawImage', function (...values) {
    const source = values[0];
    let found = isContext(this) ? find(this.canvas) : undefined;
    // What a held canvas is drawn on as it is, shows it.
    if (!found && isContext(this) && source instanceof HTMLCanvasElement && find(source)
        && (values.length === 3 || (values[3] === values[7] && values[4] === values[8]))) {
      found = take(this);
    }
    if (found && drawQuickly(found, values)) return;
    flushSource(source);
    if (found) pass(found, 'drawImage', values);
    else native.drawImage.apply(this, values);
  });
  redefine(context, 'getImageData', function (...values) {
    if (isContext(this)) flushSource(this.canvas);
    return native.getImageData.apply(this, values);
  });

  // What neither draws nor changes how held rectangles and pictures are drawn.
  const HARMLESS = new Set(['constructor', 'canvas', 'getContextAttributes', 'createImageData', 'createLinearGradient',
    'createRadialGradient', 'createConicGradient', 'measureText', 'getLineDash', 'getTransform', 'isPointInPath',
    'isPointInStroke', 'isContextLost', 'font', 'textAlign', 'textBaseline', 'direction', 'letterSpacing', 'wordSpacing',
    'fontKerning', 'lineWidth', 'lineCap', 'lineJoin', 'miterLimit', 'lineDashOffset', 'setLineDash', 'strokeStyle',
    'imageSmoothingEnabled', 'imageSmoothingQuality', 'webkitImageSmoothingEnabled',
    'putImageData', 'fillRect', 'drawImage', 'getImageData', 'createPattern', 'fillStyle']);
  Object.getOwnPropertyNames(context).filter((name) => !HARMLESS.has(name)).forEach((name) => {
    const property = Object.getOwnPropertyDescriptor(context, name);
    if (typeof property.value === 'function') {
      const { value } = property;
      redefine(context, name, function (...values) {
        if (isContext(this) && !unfit.has(this)) letGo(this);
        return value.apply(this, values);
      });
    } else if (property.set) {
      Object.defineProperty(context, name, {
        ...property,
        set(value) {
          if (isContext(this) && !unfit.has(this)) letGo(this);
          property.set.call(this, value);
        },
      });
    }
  });
  const style = Object.getOwnPropertyDescriptor(context, 'fillStyle');
  Object.defineProperty(context, 'fillStyle', {
    ...style,
    set(value) {
      style.set.call(this, value);
      const found = held.get(this.canvas);
      if (found) found.fill = undefined;
    },
  });

  // ---- whatever reads a canvas ----
  const readFirst = (owner, name, canvas) => {
    const value = owner && owner[name];
    if (typeof value !== 'function' || !Object.prototype.hasOwnProperty.call(owner, name)) return;
    redefine(owner, name, function (...values) {
      flushSource(canvas(this, values));
      return value.apply(this, values);
    });
  };
  const itself = (object) => object;
  const first = (object, values) => values[0];
  ['toDataURL', 'toBlob', 'captureStream', 'getContext'].forEach((name) => readFirst(element, name, itself));
  readFirst(context, 'createPattern', first);
  readFirst(window, 'createImageBitmap', first);
  if (window.OffscreenCanvasRenderingContext2D) {
    readFirst(OffscreenCanvasRenderingContext2D.prototype, 'drawImage', first);
    readFirst(OffscreenCanvasRenderingContext2D.prototype, 'createPattern', first);
  }

  // ---- a canvas that gets a size is cleared, even if it had that size ----
  const forget = (node) => {
    held.delete(node);
  };
  ['width', 'height'].forEach((name) => {
    const property = Object.getOwnPropertyDescriptor(element, name);
    Object.defineProperty(element, name, {
      ...property,
      set(value) {
        forget(this);
        property.set.call(this, value);
      },
    });
  });
  ['setAttribute', 'setAttributeNS', 'removeAttribute', 'toggleAttribute'].forEach((name) => {
    const value = Element.prototype[name];
    Object.defineProperty(element, name, {
      configurable: true,
      enumerable: true,
      writable: true,
      value(...values) {
        if (values.some((word) => /^(width|height)$/i.test(word))) forget(this);
        return value.apply(this, values);
      },
    });
  });
})();
