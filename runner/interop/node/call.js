// Calls a server through the official SDKs for Node: a call as a line of JSON on standard input, and what the caller
// gets to see of the answer as a line on standard output, in the same order.
'use strict';

const readline = require('readline');

const region = 'cn-hangzhou';

// What an SDK tries again, where its manual leaves that to the caller.
const again = ['Throttling', 'Throttling.User', 'Throttling.Api', 'ServiceUnavailable', 'ServiceUnavailableTemporary'];

const text = (value) => (value === undefined || value === null ? '' : String(value));

// told reads "code: STATUS, MESSAGE request id: ID", as every one of these SDKs words an error of the server.
function told(err) {
  const words = /(?:^|: )code: (\d+), ([\s\S]*?),? request ?id: (.*)$/.exec(text(err.message));
  if (!err.code || !words) {
    return { failed: true, fault: text(err.message || err).replace(/\s+/g, ' ').slice(0, 160) };
  }
  const [, status, message, id] = words;
  const data = err.data || err.result || {};
  return { failed: true, status: Number(status), code: text(err.code), message, request_id: text(err.requestId || data.RequestId || id) };
}

const shown = (response) => ({ status: response.statusCode, request_id: text(response.body.RequestId || response.body.requestId) });

function popRPC(c) {
  const { RPCClient } = require('@alicloud/pop-core');
  const client = new RPCClient({
    accessKeyId: c.key.access_key_id, accessKeySecret: c.key.access_key_secret, securityToken: c.key.security_token,
    endpoint: `http://${c.host}`, apiVersion: c.version,
  }, true);
  const params = c.xml ? { ...c.params, Format: 'XML' } : c.params;
  return client.request(c.action, params, { method: c.post ? 'POST' : 'GET' }).then(
    ([body, entry]) => ({ status: entry.response.statusCode, request_id: text(body.RequestId) }),
    (err) => (err.data ? { failed: true, status: err.entry.response.statusCode, code: text(err.code), message: text(err.data.Message), request_id: text(err.data.RequestId) } : told(err)));
}

function popROA(c) {
  const { ROAClient } = require('@alicloud/pop-core');
  const client = new ROAClient({
    accessKeyId: c.key.access_key_id, accessKeySecret: c.key.access_key_secret, securityToken: c.key.security_token,
    endpoint: `http://${c.host}`, apiVersion: c.version,
  });
  return client.request('GET', c.path, c.params).then((body) => ({ request_id: text(body.RequestId) }), told);
}

// config of the SDKs that are made from Darabonba.
const config = (c) => ({
  accessKeyId: c.key.access_key_id, accessKeySecret: c.key.access_key_secret, securityToken: c.key.security_token || undefined,
  endpoint: c.host, protocol: 'http', regionId: region,
});

function clientCall(c, call) {
  const openapi = require('@alicloud/openapi-client');
  const util = require('@alicloud/tea-util');
  const client = new openapi.default(new openapi.Config(config(c)));
  const query = c.xml ? { ...c.params, Format: 'XML' } : c.params;
  const request = new openapi.OpenApiRequest(c.post ? { body: c.params } : { query });
  const runtime = new util.RuntimeOptions(c.retry ? { autoretry: true, maxAttempts: 3, backoffPolicy: 'yes', backoffPeriod: 1 } : {});
  return call(client, openapi, request, runtime).then(shown, told);
}

const params = (c) => ({
  action: c.action, version: c.version, protocol: 'HTTP', pathname: '/', method: c.post ? 'POST' : 'GET', authType: 'AK', style: 'RPC',
  reqBodyType: 'formData', bodyType: 'json',
});

const clientAPI = (c) => clientCall(c, (client, openapi, request, runtime) => client.callApi(new openapi.Params(params(c)), request, runtime));
const clientRPC = (c) => clientCall(c, (client, openapi, request, runtime) =>
  client.doRPCRequest(c.action, c.version, 'HTTP', c.post ? 'POST' : 'GET', 'AK', 'json', request, runtime));
const clientROA = (c) => clientCall(c, (client, openapi, request, runtime) =>
  client.doROARequest(c.action, c.version, 'HTTP', 'GET', 'AK', c.path, 'json', request, runtime));

// coreConfig adds what is tried again.
function coreConfig(c) {
  const dara = require('@darabonba/typescript');
  const made = config(c);
  if (c.retry) {
    made.retryOptions = new dara.RetryOptions({
      retryable: true, noRetryCondition: [],
      retryCondition: [{ maxAttempts: 3, maxDelay: 2000, backoff: { policy: 'Fixed', period: 10 }, exception: [], errorCode: again }],
    });
  }
  return made;
}

function coreAPI(c) {
  const core = require('@alicloud/openapi-core');
  const dara = require('@darabonba/typescript');
  const client = new core.default(new core.$OpenApiUtil.Config(coreConfig(c)));
  const query = c.xml ? { ...c.params, Format: 'XML' } : c.params;
  const request = new core.$OpenApiUtil.OpenApiRequest(c.post ? { body: c.params } : { query });
  return client.callApi(new core.$OpenApiUtil.Params(params(c)), request, new dara.RuntimeOptions({})).then(shown, told);
}

function ecs(c) {
  const sdk = require('@alicloud/ecs20140526');
  const core = require('@alicloud/openapi-core');
  const client = new sdk.default(new core.$OpenApiUtil.Config(coreConfig(c)));
  return client.describeRegions(new sdk.DescribeRegionsRequest({})).then(shown, told);
}

function kms(c) {
  const sdk = require('@alicloud/kms20160120');
  const rpc = require('@alicloud/rpc-client');
  const util = require('@alicloud/tea-util');
  const client = new sdk.default(new rpc.Config({ ...config(c), type: c.key.security_token ? 'sts' : 'access_key' }));
  const runtime = new util.RuntimeOptions(c.retry ? { autoretry: true, maxAttempts: 3, backoffPolicy: 'yes', backoffPeriod: 1 } : {});
  const failed = (err) => {
    const seen = told(err);
    return seen.code ? { ...seen, code: seen.code.replace(/Error$/, '') } : seen; // this SDK adds Error to every code
  };
  return client.listKeys(new sdk.ListKeysRequest({}), runtime).then((r) => ({ request_id: text(r.requestId) }), failed);
}

const clients = {
  '@alicloud/pop-core RPCClient': popRPC,
  '@alicloud/pop-core ROAClient': popROA,
  '@alicloud/openapi-client callApi': clientAPI,
  '@alicloud/openapi-client doRPCRequest': clientRPC,
  '@alicloud/openapi-client doROARequest': clientROA,
  '@alicloud/openapi-core callApi': coreAPI,
  '@alicloud/ecs20140526': ecs,
  '@alicloud/kms20160120': kms,
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { client, call } = JSON.parse(line);
    let seen;
    try {
      seen = await clients[client](call);
    } catch (err) { // thrown before a promise was there
      seen = told(err);
    }
    process.stdout.write(`${JSON.stringify(seen)}\n`);
  }
}

main();
