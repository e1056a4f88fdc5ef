// Bundles the browser side into src/whodid/web/static: one module a page, one style sheet, the licences of what is
// bundled, and a manifest that tells the hashed name of each.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const final = path.resolve(here, "../src/whodid/web/static");
const out = `${final}.new`; // a server that runs meanwhile keeps its files until all of the new ones are there

const pages = (await readdir(path.join(here, "src/pages"))).filter((name) => name.endsWith(".ts"));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const common = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  target: ["es2024"],
  minify: true,
  entryNames: "[dir]/[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  loader: { ".png": "file", ".svg": "file", ".woff2": "file", ".woff": "empty", ".json": "json" },
  metafile: true,
  logLevel: "warning",
};
const results = await Promise.all([
  build({
    ...common,
    entryPoints: [
      ...pages.map((name) => ({ in: `src/pages/${name}`, out: `pages/${name.replace(/\.ts$/, "")}` })),
      { in: "src/common.ts", out: "common" },
      { in: "styles/main.css", out: "main" },
    ],
    splitting: true,
    format: "esm",
    legalComments: "linked",
  }),
  // not a module, as it must run before the page is drawn
  build({ ...common, entryPoints: [{ in: "src/theme.ts", out: "theme" }], format: "iife" }),
]);

const manifest = {};
for (const result of results) {
  for (const [file, about] of Object.entries(result.metafile.outputs)) {
    if (!about.entryPoint) continue;
    const name = path.relative(out, path.resolve(here, file)).split(path.sep).join("/");
    manifest[name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = name;
  }
}
await copy("icon.svg", path.join(here, "img/icon.svg"));
await copy("world.json", path.join(here, "node_modules/world-atlas/countries-50m.json"));
await writeFile(path.join(out, "licences.txt"), await licences());
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
await rm(final, { recursive: true, force: true });
await rename(out, final);

/** A file that scripts or pages ask for by name, with a hash in it as everything else. */
async function copy(name, from) {
  const content = await readFile(from);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  manifest[name] = name.replace(/(\.\w+)$/, `-${hash}$1`);
  await writeFile(path.join(out, manifest[name]), content);
}

/** The licence of every package that a bundle holds, as they ask for. */
async function licences() {
  const used = new Set(["node_modules/world-atlas"]);
  for (const result of results) {
    for (const input of Object.keys(result.metafile.inputs)) {
      const found = /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
      if (found) used.add(found[0]);
    }
  }
  const texts = [];
  for (const folder of [...used].sort()) {
    const about = JSON.parse(await readFile(path.join(here, folder, "package.json"), "utf8"));
    const file = (await readdir(path.join(here, folder))).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? await readFile(path.join(here, folder, file), "utf8") : "";
    texts.push(`${about.name} ${about.version} (${about.license ?? "see below"})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(78)}\n\n`);
}
