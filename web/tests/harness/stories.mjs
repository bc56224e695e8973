// Beginnings of stories: a case that a buyer has just opened, with the buyer to go on as.

let count = 0;

/** A delivered order of ¥199.50 a piece, with its buyer. */
export async function orderMade(url, staff, { now = Date.now(), units = 1, delivered = true, lines } = {}) {
  count += 1;
  const day = 86_400_000;
  const at = (ms) => new Date(ms).toISOString();
  const number = `E2E-${process.pid}-${count}`;
  const { orders } = await staff('POST', '/orders', {
    number,
    buyer: { nickname: `测试买家${process.pid}-${count}`, phone: '13800138000' },
    lines: lines ?? [{ sku: 'DRESS-S', title: '碎花连衣裙 S 码', category: 'clothing', units, price: { minor: 19950, currency: 'CNY' } }],
    paid_at: at(now - 4 * day),
    dispatched_at: at(now - 3 * day),
    ...(delivered ? { delivered_at: at(now - day) } : {}),
  });
  const order = await staff('GET', `/orders/${orders[0]}`);
  const { token } = await staff('POST', `/orders/${orders[0]}/buyer-link`, {});
  async function buyer(method, path, body) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `AmendsLink ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
  return { number, order, token, buyer };
}

/** A no-reason return on such an order. */
export async function caseOpened(url, staff, { reason = 'no_reason', now = Date.now() } = {}) {
  const { order, token, buyer } = await orderMade(url, staff, { now });
  const opened = await buyer('POST', '/buyer/cases', {
    kind: 'return_and_refund',
    reason,
    goods_intact: true,
    lines: [{ line: order.lines[0].id, units: 1 }],
    text: '没有拆吊牌，想退掉。',
  });
  return { case: opened.case, number: opened.number, buyer, token };
}

/** Decides for the shop, on the terms as they stand. */
export async function decided(staff, id, route, body = {}) {
  const { terms } = await staff('GET', `/cases/${id}`);
  return staff('POST', `/cases/${id}/${route}`, body, { 'If-Match': `"${terms}"` });
}

/** Puts two options before the buyer, of what the shop may offer now. */
export async function offered(staff, id) {
  const { remedies } = await staff('GET', `/cases/${id}/remedies`);
  const picks = remedies.filter(({ authority }) => authority?.granted).slice(0, 2).map(({ clause }) => ({ clause: clause.id }));
  return decided(staff, id, 'offer', { picks, text: '两个办法，您看哪个合适。' });
}
