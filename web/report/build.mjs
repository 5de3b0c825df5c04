// Bundles src/ into one page: node build.mjs OUTPUT.html
//
// The page is a template: the engine puts a title and the data in the places of the two marks below. The same sources give the
// same bytes, so the template can be compared, cached and checked by its digest.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const kRoot = dirname(fileURLToPath(import.meta.url));
const kMarks = ["{{REGIMETRY_TITLE}}", "{{REGIMETRY_DATA}}"];
const kMostBytes = 1_000_000;

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(kRoot, "src", entry)], absWorkingDir: kRoot, bundle: true, minify: true, write: false, charset: "utf8",
    target: "es2020", format: "iife", legalComments: "none", define: { "process.env.NODE_ENV": '"production"' },
  });
  return result.outputFiles[0].text.trim();
}

// "</script" or "</style" within a string would end the element around it; the marks may stand in the page only.
function inline(text, tag) {
  const safe = text.replace(new RegExp(`</(${tag})`, "gi"), "<\\/$1");
  for (const mark of kMarks) if (safe.includes(mark)) throw new Error(`The bundle holds ${mark}; only page.html may.`);
  return safe;
}

export async function buildTemplate() {
  const [script, style] = await Promise.all([bundle("main.ts"), bundle("style.css")]);
  // Replacement by a function: in a string, "$&" and the like would have a meaning.
  const page = readFileSync(join(kRoot, "src/page.html"), "utf8")
    .replace("/*STYLE*/", () => inline(style, "style"))
    .replace("/*SCRIPT*/", () => inline(script, "script"));
  for (const mark of kMarks) {
    if (page.split(mark).length !== 2) throw new Error(`The template must hold ${mark} once.`);
  }
  return page;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [output] = process.argv.slice(2);
  if (!output) {
    console.error("usage: node build.mjs OUTPUT.html");
    process.exit(1);
  }
  const page = await buildTemplate();
  const bytes = Buffer.byteLength(page);
  if (bytes > kMostBytes) throw new Error(`The template has ${bytes} bytes; more than ${kMostBytes} make reports heavy to send.`);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, page);
  console.log(`${output}: ${bytes} bytes`);
}
