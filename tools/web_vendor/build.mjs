// Bundles what the pages load: charts (Observable Plot), world outline (Natural Earth), typefaces; each with its licence.
//
//     cd tools/web_vendor && npm install --ignore-scripts && npm run build
//
// Nothing here runs when Dragoman is installed or used: what it makes is in the package.
import { build } from "esbuild";
import countries from "i18n-iso-countries";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
const out = path.join(here, "../../src/dragoman/web/static/vendor");
const tests = path.join(here, "../../tests/web/vendor");
const module = name => path.join(here, "node_modules", name);
mkdirSync(out, { recursive: true });
mkdirSync(tests, { recursive: true });

// The pages' policy lets no style run that a script writes into the page; site.css says the same for charts.
const styles = /\n    \.call\(\(svg\) =>\n      \/\/ Warning[^\n]*\n      svg\.append\("style"\)\.text\([\s\S]*?`\n      \)\n    \)/;
const withoutStyles = {
  name: "without-styles",
  setup(build) {
    build.onLoad({ filter: /observablehq[\\/]plot[\\/]src[\\/]plot\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      if (!styles.test(source)) throw new Error("plot.js: the style element is written in another way now");
      return { contents: source.replace(styles, ""), loader: "js" };
    });
  },
};
await build({
  entryPoints: [path.join(here, "entry.js")], outfile: path.join(out, "plot.js"), bundle: true, minify: true,
  format: "esm", target: "es2021", legalComments: "none", plugins: [withoutStyles],
});

// Countries by ISO 3166-1 alpha-3, as everywhere in Dragoman. Those that ISO has no code for have no id.
const own = { Kosovo: "XKX" };
const world = JSON.parse(readFileSync(module("world-atlas/countries-110m.json"), "utf8"));
for (const country of world.objects.countries.geometries) {
  country.id = (country.id && countries.numericToAlpha3(country.id)) || own[country.properties.name];
  delete country.properties;
}
delete world.objects.land;
writeFileSync(path.join(out, "world.json"), JSON.stringify(world));

for (const [family, file] of [["inter", "inter"], ["source-serif-4", "source-serif-4"]])
  for (const set of ["latin", "latin-ext"]) {
    const name = `${file}-${set}-wght-normal.woff2`;
    copyFileSync(module(`@fontsource-variable/${family}/files/${name}`), path.join(out, name));
  }

const bundled = ["@observablehq/plot", "topojson-client", "interval-tree-1d", "binary-search-bounds", "isoformat", "delaunator", "robust-predicates", "internmap"];
bundled.push(...readdirSync(module("")).filter(name => /^d3-/.test(name) || name === "d3"));
const licence = name => {
  const { version, license } = JSON.parse(readFileSync(module(`${name}/package.json`), "utf8"));
  const file = readdirSync(module(name)).find(file => /^licen[cs]e/i.test(file));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(module(`${name}/${file}`), "utf8").trim() : ""}\n`;
};
const rule = `\n${"-".repeat(80)}\n\n`;
writeFileSync(path.join(out, "LICENSE.plot.txt"), bundled.sort().map(licence).join(rule));
writeFileSync(path.join(out, "LICENSE.world.txt"), "world.json: Natural Earth 1:110m, public domain (https://www.naturalearthdata.com), as redistributed by:" + rule + licence("world-atlas"));
writeFileSync(path.join(out, "LICENSE.fonts.txt"), ["@fontsource-variable/inter", "@fontsource-variable/source-serif-4"].map(licence).join(rule));

copyFileSync(module("axe-core/axe.min.js"), path.join(tests, "axe.min.js"));
copyFileSync(module("axe-core/LICENSE"), path.join(tests, "LICENSE.axe.txt"));
