// Bundles the browser side into src/whodid/web/static: one module a page, one style sheet, and a manifest that tells
// the hashed name of each.
import { build } from "esbuild";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(here, "../src/whodid/web/static");

const pages = (await readdir(path.join(here, "src/pages"))).filter((name) => name.endsWith(".ts"));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: [
    ...pages.map((name) => ({ in: `src/pages/${name}`, out: `pages/${name.replace(/\.ts$/, "")}` })),
    { in: "styles/main.css", out: "main" },
  ],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "linked",
  entryNames: "[dir]/[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  loader: { ".png": "file", ".svg": "file", ".woff2": "file" },
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [file, about] of Object.entries(result.metafile.outputs)) {
  if (!about.entryPoint) continue;
  const name = path.relative(out, path.resolve(here, file)).split(path.sep).join("/");
  manifest[name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = name;
}
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
