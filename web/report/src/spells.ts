/** Spells: runs of bars that share a regime. */

export interface Spell {
  /** -1: no regime. */
  id: number;
  /** Both ends belong to the spell. */
  first: number;
  last: number;
}

/**
 * Spells of bars first..last, both included, exact where `size` is 1. Otherwise each bucket of `size` bars counts as a whole for the regime that most of its bars have (of equals,
 * the one that occurs first), so at most (last - first) / size + 2 spells remain.
 */
export function spellsAtDetail(ids: ArrayLike<number>, first: number, last: number, size: number): Spell[] {
  const spells: Spell[] = [];
  for (let begin = first; begin <= last; ) {
    const end = Math.min(last, (Math.floor(begin / size) + 1) * size - 1);
    const id = size === 1 ? ids[begin] : majority(ids, begin, end);
    const open = spells[spells.length - 1];
    if (open && open.id === id) open.last = end;
    else spells.push({ id, first: begin, last: end });
    begin = end + 1;
  }
  return spells;
}

// Counts by id + 1, zero between calls: zooming asks for thousands of majorities, and a map for each would be felt.
let counts = new Int32Array(128);

function majority(ids: ArrayLike<number>, first: number, last: number): number {
  let best = ids[first];
  let most = 0;
  for (let bar = first; bar <= last; ++bar) {
    const slot = ids[bar] + 1;
    if (slot >= counts.length) counts = grown(counts, slot);
    if (++counts[slot] > most) most = counts[slot];
  }
  // Of equals the one that occurs first: the first bar whose regime has as many bars as any.
  for (let bar = first; bar <= last; ++bar) {
    if (counts[ids[bar] + 1] === most) {
      best = ids[bar];
      break;
    }
  }
  for (let bar = first; bar <= last; ++bar) counts[ids[bar] + 1] = 0;
  return best;
}

function grown(old: Int32Array<ArrayBuffer>, slot: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(slot * 2);
  larger.set(old);
  return larger;
}
