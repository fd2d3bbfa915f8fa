// Calls operations of a product over TLS through the official SDKs for Node, each by the method and the types that are generated
// for it: a call as a line of JSON on standard input, and what its caller sees as a line on standard output, in the same order.
'use strict';

const readline = require('readline');

const region = 'cn-hangzhou';
const text = (value) => (value === undefined || value === null ? '' : String(value));
const small = (name) => name[0].toLowerCase() + name.slice(1);

// refused reads an error of the service; what else went wrong is a fault.
function refused(err) {
  const data = err.data || err.result || {};
  const words = /(?:^|: )(?:code: (\d+), )?([\s\S]*?),? request ?id: (\S+)/i.exec(text(err.message)) || [];
  if (!err.code || !(data.RequestId || words[3])) {
    return { fault: text(err.stack || err).replace(/\s+/g, ' ').slice(0, 300) };
  }
  return {
    failed: true, status: Number(err.statusCode || data.statusCode || words[1] || (err.entry && err.entry.response.statusCode) || 0),
    code: text(data.Code || err.code), message: text(data.Message || words[2]), request_id: text(data.RequestId || words[3]),
  };
}

async function pop(c) {
  const { RPCClient } = require('@alicloud/pop-core');
  const client = new RPCClient({ accessKeyId: c.key.id, accessKeySecret: c.key.secret, endpoint: `https://${c.host}`, apiVersion: c.version });
  const params = { ...c.params };
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) {
      delete params[name];
      value.forEach((item, i) => { params[`${name}.${i + 1}`] = item; });
    }
  }
  const result = await client.request(c.operation, params, { method: c.method, formatParams: false, timeout: 20000 });
  return { typed: typeof result, request_id: text(result.RequestId), result };
}

// generated calls the method of an operation with a request of its type. Its parameters have the names of the fields.
async function generated(client, sdk, c) {
  const Request = sdk[`${c.operation}Request`];
  if (!client[small(c.operation)] || !Request) {
    return { missing: true };
  }
  const names = Object.fromEntries(Object.entries(Request.names()).map(([field, name]) => [name, field]));
  const fields = {};
  for (const [name, value] of Object.entries(c.params)) {
    if (!names[name]) {
      return { missing: true, fault: `the SDK has no parameter ${name}` };
    }
    const type = Request.types()[names[name]];
    if (type.itemType && typeof type.itemType === 'function') {
      return { missing: true, fault: `${name} is a list of objects, of which no example is published` };
    }
    fields[names[name]] = value;
  }
  const response = await client[small(c.operation)](new Request(fields), ...c.further);
  const body = response.body || response;
  return { typed: body.constructor.name, request_id: text(body.requestId), result: body };
}

function ecs(c) {
  const sdk = require('@alicloud/ecs20140526');
  const core = require('@alicloud/openapi-core');
  const config = new core.$OpenApiUtil.Config({ accessKeyId: c.key.id, accessKeySecret: c.key.secret, endpoint: c.host, protocol: 'https', regionId: region });
  if (c.retry) {
    const dara = require('@darabonba/typescript');
    config.retryOptions = new dara.RetryOptions({
      retryable: true, noRetryCondition: [],
      retryCondition: [{ maxAttempts: 3, maxDelay: 2000, backoff: { policy: 'Fixed', period: 10 }, exception: [], errorCode: ['Throttling.User'] }],
    });
  }
  return generated(new sdk.default(config), sdk, { ...c, further: [] });
}

function kms(c) {
  const sdk = require('@alicloud/kms20160120');
  const rpc = require('@alicloud/rpc-client');
  const util = require('@alicloud/tea-util');
  const config = new rpc.Config({ accessKeyId: c.key.id, accessKeySecret: c.key.secret, endpoint: c.host, protocol: 'https', regionId: region, type: 'access_key' });
  return generated(new sdk.default(config), sdk, { ...c, further: [new util.RuntimeOptions({})] });
}

const sdks = { pop, ecs, kms };

async function main() {
  require('tls').createSecureContext(); // reads the further authorities now
  process.stdout.write('ready\n');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const c = JSON.parse(line);
    let seen;
    try {
      seen = await sdks[c.sdk](c);
    } catch (err) {
      seen = refused(err);
    }
    process.stdout.write(`${JSON.stringify(seen)}\n`);
  }
}

main();
