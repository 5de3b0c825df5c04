// Runs exported models in ONNX Runtime, for the tests: node run_onnx.cjs RUNTIME_FOLDER JOBS.json RESULTS.json
//
// JOBS.json: [{"model": path, "windows": path of raw float32, "shape": [B, L, columns], "output": path}, ...]
// RESULTS.json: per job {"inputs", "outputs" (names), "shape"}, with the embeddings as raw float32 in `output`, or
// {"error"}. One model that fails leaves the others alone. Plain CommonJS, so that node 18 runs it as well.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

async function runJob(runtime, job) {
  const session = await runtime.InferenceSession.create(job.model, {
    executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3,
  });
  const bytes = fs.readFileSync(job.windows);
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const answers = await session.run({windows: new runtime.Tensor('float32', values, job.shape)});
  const {data, dims} = answers.embeddings;
  fs.writeFileSync(job.output, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return {inputs: session.inputNames, outputs: session.outputNames, shape: dims};
}

async function main([folder, jobsFile, resultsFile]) {
  const runtime = require(path.join(folder, 'node_modules', 'onnxruntime-node'));
  const results = [];
  for (const job of JSON.parse(fs.readFileSync(jobsFile, 'utf8'))) {
    results.push(await runJob(runtime, job).catch((error) => ({error: String(error)})));
  }
  fs.writeFileSync(resultsFile, JSON.stringify(results));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
