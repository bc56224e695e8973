// Beginnings of stories: a case that a buyer has just opened, with the buyer to go on as.

let count = 0;

/** A delivered order of ¥199.50 and a no-reason return on it. */
export async function caseOpened(url, staff, { reason = 'no_reason', now = Date.now() } = {}) {
  count += 1;
  const day = 86_400_000;
  const at = (ms) => new Date(ms).toISOString();
  const { orders } = await staff('POST', '/orders', {
    number: `E2E-${process.pid}-${count}`,
    buyer: { nickname: `测试买家${process.pid}-${count}`, phone: '13800138000' },
    lines: [{ sku: 'DRESS-S', title: '碎花连衣裙 S 码', category: 'clothing', units: 1, price: { minor: 19950, currency: 'CNY' } }],
    paid_at: at(now - 4 * day),
    dispatched_at: at(now - 3 * day),
    delivered_at: at(now - day),
  });
  const order = await staff('GET', `/orders/${orders[0]}`);
  const { token } = await staff('POST', `/orders/${orders[0]}/buyer-link`, {});
  async function buyer(method, path, body) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `AmendsLink ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
  const opened = await buyer('POST', '/buyer/cases', {
    kind: 'return_and_refund',
    reason,
    goods_intact: true,
    lines: [{ line: order.lines[0].id, units: 1 }],
    text: '没有拆吊牌，想退掉。',
  });
  return { case: opened.case, number: opened.number, buyer };
}
