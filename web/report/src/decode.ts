/**
 * From the text in the page to the report: base64, then gzip, then JSON.
 *
 * Everything happens in the browser without a request, so that the page opens from a disk.
 */
import type { ReportData } from "./report_data";

/** Throws Error with words for the reader when the text does not hold a report of this format. */
export async function decodeReport(text: string): Promise<ReportData> {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.startsWith("{{")) throw new Error("The page holds no data: it is an empty template.");
  const report = JSON.parse(await gunzip(base64ToBytes(trimmed))) as ReportData;
  if (report.format !== 1) {
    throw new Error(`The data has format ${String(report.format)}; this page reads format 1. Make the report anew.`);
  }
  return report;
}

export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("This browser is too old to unpack the data (it lacks DecompressionStream). Any browser since 2023 has it.");
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
