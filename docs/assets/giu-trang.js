// «Giữ tin đã mở»: switches the service worker of the site on or off. Loaded when the reader presses the button.
const worker = new URL('../ngoai-tuyen.js', import.meta.url);

/** Switch keeping on (and keep this page) or off (and throw away what was kept); gives what now holds. */
export async function toggle(isOn) {
  if (isOn) {
    const registration = await navigator.serviceWorker.getRegistration(worker);
    await tell(registration?.active, 'thoi');
    await registration?.unregister();
    return false;
  }
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  await tell(active, 'giu');
  return true;
}

function tell(active, what) {
  if (!active) return undefined;
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    active.postMessage({ viec: what, trang: location.href }, [port2]);
  });
}
