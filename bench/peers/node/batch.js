// node batch.js FILE URL: sends every sale of a generic-csv file by batch calls of 1,000, eight in flight, and waits for
// the jobs. No ledger, no retries, no order of a customer: what is lost is lost.
import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { Pool } from "undici";

const [file, url] = process.argv.slice(2);
const pool = new Pool(url, { connections: 8, pipelining: 1 });
const headers = { APIKey: "bench", SecretKey: "bench", "Content-Type": "application/json" };
const path = "/api/v4.0/integrations/";

async function send(orders) {
  const accepted = await pool.request({ method: "POST", path: path + "batch/orders", headers, body: JSON.stringify({ body: orders }) });
  const { jobId } = await accepted.body.json();
  for (;;) {
    const answer = await pool.request({ method: "GET", path: path + "batches/" + jobId + "/status", headers });
    const status = await answer.body.json();
    if (status.status === "completed") return;
    if (status.status === "failed" || status.status === "stopped") throw new Error("job " + jobId + " " + status.status);
    await new Promise((done) => setTimeout(done, 5));
  }
}

const inFlight = new Set();
let orders = [];
async function flush() {
  if (orders.length === 0) return;
  const sending = send(orders).finally(() => inFlight.delete(sending));
  inFlight.add(sending);
  orders = [];
  if (inFlight.size >= 8) await Promise.race(inFlight);
}

for await (const row of createReadStream(file).pipe(parse({ columns: true }))) {
  orders.push({
    customerId: "mobile_44" + row.mobile.slice(1),
    orderId: "generic-csv-" + row.id,
    orderDate: row.occurred_at.replace(" ", "T") + ".000Z",
    totalPaid: Number(row.total),
    lineItems: [{ productId: row.product_id, title: row.title, quantity: Number(row.quantity), price: Number(row.unit_price) }],
    merchant: { branch: { uniqueId: row.store_id } },
  });
  if (orders.length === 1000) await flush();
}
await flush();
await Promise.all(inFlight);
await pool.close();
