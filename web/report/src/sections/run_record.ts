/** Settings, inputs and digests: what makes this report again, byte for byte. */
import type { App } from "../app";
import { details, h, table } from "../dom";
import { formatCount, formatValue } from "../format";
import type { RunRecord } from "../report_data";
import { section, type Section } from "./section";

type Output = { path: string; bytes: number; sha256: string };

export function runSection(app: App): Section | null {
  const { run } = app.report.data;
  if (!run) return null;
  const settings = Object.entries(run.settings);
  return section("run", "How to make this report again", "Run", "The same inputs, settings and version give the same bytes.",
    run.command ? h("pre", { class: "command", tabindex: 0 }, run.command) : null,
    settings.length > 0
      ? details(`Configuration: ${settings.length} settings`, table("Settings", ["Setting", "Value", "From"], settings.map(([name, { value, origin }]) => [h("code", {}, name), formatValue(value), origin])))
      : null,
    run.inputs.length > 0 ? details(`Inputs: ${run.inputs.length}`, fileTable("Inputs", run.inputs)) : null,
    run.stages.length > 0 ? details(`Stages: ${run.stages.length}`, stageList(run.stages)) : null,
    h("p", { class: "quiet-words" }, `regimetry ${run.version}`));
}

function fileTable(caption: string, files: Output[]): HTMLElement {
  return table(caption, ["File", "#Bytes", "SHA-256"], files.map((file) => [file.path, formatCount(file.bytes), h("code", { class: "digest" }, file.sha256)]));
}

function stageList(stages: RunRecord["stages"]): HTMLElement[] {
  return stages.map((stage) => h("div", { class: "stage" },
    h("h4", {}, stage.name), stage.words ? h("p", {}, stage.words) : null,
    stage.key ? h("p", { class: "quiet-words" }, "Key ", h("code", { class: "digest" }, stage.key)) : null,
    stage.outputs.length > 0 ? fileTable(`Outputs of ${stage.name}`, stage.outputs) : null));
}
