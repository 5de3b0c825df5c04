import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, liftAgainst, mix, parseHex, readableInk, toHex } from "../src/colors";

// The runner starts in web/report.
const kStyle = readFileSync("src/style.css", "utf8");
const kDark = kStyle.slice(kStyle.indexOf('[data-theme="dark"]'));
const token = (block: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)![1];
const kRegimeColors = ["#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#332288", "#882255", "#117733"];

test("colours survive parsing and writing", () => {
  for (const color of kRegimeColors) assert.equal(toHex(parseHex(color)), color);
});

test("contrast is 21 between black and white and 1 between equals", () => {
  assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 1e-9);
  assert.equal(contrast("#123456", "#123456"), 1);
});

test("every regime stands out from the dark page by 3 to 1", () => {
  for (const background of [token(kDark, "card"), token(kDark, "page")]) {
    for (const color of kRegimeColors) assert.ok(contrast(liftAgainst(color, token(kDark, "card")), background) >= 3, color);
  }
});

test("a colour that already stands out stays as it is", () => {
  assert.equal(liftAgainst("#56b4e9", "#171b21"), "#56b4e9");
});

test("numbers on regimes can be read", () => {
  for (const color of kRegimeColors) assert.ok(contrast(color, readableInk(color)) >= 4.5, color);
});

test("text of both themes reaches 4.5 to 1", () => {
  for (const block of [kStyle, kDark]) {
    for (const ink of ["ink", "muted", "accent", "caution", "danger", "good"]) {
      assert.ok(contrast(token(block, ink), token(block, "card")) >= 4.5, ink);
      assert.ok(contrast(token(block, ink), token(block, "page")) >= 4.5, ink);
    }
    assert.ok(contrast(token(block, "accent"), token(block, "accent-ink")) >= 4.5);
    assert.ok(contrast(token(block, "caution"), token(block, "caution-soft")) >= 4.5);
  }
});

test("mixtures run from one end to the other", () => {
  assert.equal(mix("#000000", "#ffffff", 0), "#000000");
  assert.equal(mix("#000000", "#ffffff", 1), "#ffffff");
});
