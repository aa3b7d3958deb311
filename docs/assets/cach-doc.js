// «Cách đọc»: size of letters, light or dark, reading aloud, printing. Loaded when the reader first asks for it;
// trang.js puts back what was chosen. Nothing leaves the machine: only voices that live on it are used.
const sizes = [100, 112.5, 125, 150, 175, 200];
const schemes = [['', 'Theo máy'], ['sang', 'Nền sáng'], ['toi', 'Nền tối']];
const root = document.documentElement;
const one = (css, from = document) => from.querySelector(css);

const read = () => { try { return JSON.parse(localStorage.cachDoc || '{}'); } catch { return {}; } };
const keep = (more) => {
  try { localStorage.cachDoc = JSON.stringify({ ...read(), ...more }); } catch { /* chosen for this page only */ }
};

const button = (text, act, ...more) => {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'nut', textContent: text, onclick: act });
  Object.assign(made, ...more);
  return made;
};
const group = (name, ...parts) => {
  const made = Object.assign(document.createElement('div'), { role: 'group', ariaLabel: name });
  made.append(Object.assign(document.createElement('p'), { textContent: name }), ...parts);
  return made;
};

function letters() {
  const said = Object.assign(document.createElement('span'), { role: 'status' });
  let now = Math.max(0, sizes.indexOf(+read().chu || 100));
  const set = (to) => {
    now = Math.min(sizes.length - 1, Math.max(0, to));
    root.style.fontSize = now ? `${sizes[now]}%` : '';
    if (sizes[now] >= 150) root.dataset.chu = 'lon'; else delete root.dataset.chu;
    keep({ chu: sizes[now] });
    said.textContent = `${String(sizes[now]).replace('.', ',')} %`;
  };
  said.textContent = `${String(sizes[now]).replace('.', ',')} %`;
  return group('Cỡ chữ', button('Nhỏ hơn', () => set(now - 1)), button('To hơn', () => set(now + 1)), button('Như cũ', () => set(0)), said);
}

function colours() {
  const made = schemes.map(([id, name]) => button(name, () => {
    if (id) root.dataset.nen = id; else delete root.dataset.nen;
    keep({ nen: id });
    for (const [place, other] of made.entries()) other.ariaPressed = schemes[place][0] === id;
  }, { ariaPressed: String((root.dataset.nen || '') === id) }));
  return group('Màu nền', ...made);
}

// What a listener wants: the text, not the menus. A selection comes first.
function words() {
  const chosen = String(getSelection()).trim();
  if (chosen) return chosen;
  const parts = [...document.querySelectorAll('.luat')];
  if (!parts.length) parts.push(...document.querySelectorAll('.tin-bao, .tin-dau h1, .tin-dau .hieu-luc, .tin-dau .dan, .tin-than .bai'));
  return (parts.length ? parts : [one('main')]).map((part) => part.innerText).join('\n');
}

// Engines cut off long utterances, so a sentence or two at a time.
const pieces = (text) => text.split(/\n+/).flatMap((line) => line.match(/.{1,200}(?:[.;:!?…]\s|\s|$)|.{200}/g) || []).map((s) => s.trim()).filter(Boolean);

function aloud() {
  const engine = window.speechSynthesis;
  const box = group('Nghe đọc');
  box.hidden = true;
  if (!engine) return box;
  let queue = [];
  const said = Object.assign(document.createElement('span'), { role: 'status' });
  const voice = () => engine.getVoices().find((v) => /^vi\b/i.test(v.lang) && v.localService);
  const next = () => {
    const text = queue.shift();
    if (!text) return stop();
    const speech = Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: 'vi-VN' });
    const mine = queue;
    speech.onend = speech.onerror = () => { if (mine === queue) next(); };
    engine.speak(speech);
  };
  const stop = () => {
    queue = [];
    if (document.activeElement === halt || document.activeElement === pause) start.focus();
    engine.cancel();
    halt.disabled = pause.disabled = true;
    pause.textContent = 'Tạm dừng';
    said.textContent = '';
  };
  const start = button('Nghe', () => {
    engine.cancel();
    queue = pieces(words());
    halt.disabled = pause.disabled = false;
    said.textContent = 'Đang đọc';
    next();
  });
  const pause = button('Tạm dừng', () => {
    const going = pause.textContent === 'Tạm dừng';
    if (going) engine.pause(); else engine.resume();
    pause.textContent = going ? 'Đọc tiếp' : 'Tạm dừng';
    said.textContent = going ? 'Đang tạm dừng' : 'Đang đọc';
  }, { disabled: true });
  const halt = button('Dừng', stop, { disabled: true });
  const look = () => { box.hidden = !voice(); };
  look();
  engine.addEventListener?.('voiceschanged', look);
  addEventListener('pagehide', stop);
  box.append(start, pause, halt, said);
  return box;
}

let panel;
/** Opens or closes the panel below the head; `from` is the button that asked. */
export function toggle(from) {
  if (!panel) {
    panel = Object.assign(document.createElement('section'), { id: 'cach-doc', className: 'cach-doc khong-in', ariaLabel: 'Cách đọc', hidden: true });
    const inside = Object.assign(document.createElement('div'), { className: 'khuon' });
    inside.append(letters(), colours(), aloud(), group('Bản giấy', button('In, lưu PDF', () => print())));
    inside.append(Object.assign(document.createElement('p'), { className: 'mo', textContent: 'Lựa chọn chỉ lưu trong trình duyệt này.' }));
    panel.append(inside);
    panel.onkeydown = (event) => { if (event.key === 'Escape') toggle(from); };
    one('.dau').after(panel);
    from.setAttribute('aria-controls', 'cach-doc');
  }
  panel.hidden = !panel.hidden;
  from.ariaExpanded = String(!panel.hidden);
  (panel.hidden ? from : one('button', panel)).focus();
}
