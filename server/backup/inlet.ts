/** Reads a stream of buffers by the byte; holds no more than what one read asks for and one buffer of the stream. */
export class Inlet {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer[] = []
  #size = 0
  #ended = false

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** @returns `length` bytes, or fewer at the end of the stream: none once it is over */
  async read(length: number): Promise<Buffer> {
    while (this.#size < length && !this.#ended) {
      const { value, done } = await this.#source.next()
      if (done) this.#ended = true
      else {
        this.#held.push(value)
        this.#size += value.length
      }
    }
    return this.#take(Math.min(length, this.#size))
  }

  #take(length: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#held
    const all = first.length >= length ? first : Buffer.concat(this.#held)
    const rest = all.subarray(length)
    this.#held = all === first ? [rest, ...this.#held.slice(1)] : [rest]
    if (rest.length === 0) this.#held.shift()
    this.#size -= length
    return all.subarray(0, length)
  }
}
