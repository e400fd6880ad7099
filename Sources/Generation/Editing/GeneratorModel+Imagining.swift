import Imaging
import Prompts

extension GeneratorModel {
    /// Draws what a prompt asks for, pictures to begin with among it.
    ///
    /// - Parameters:
    ///   - prompt: Read, and allowed by the rules; nothing leaves it open.
    ///   - pictures: Those that the prompt names.
    ///   - rules: What may not be drawn for other words either.
    ///   - seed: The key of all random numbers.
    ///   - indices: Which pictures of the seed's row.
    ///   - adjust: Changes how it is drawn, after all that the prompt says.
    ///   - previews: What is shown on the way, where codes are drawn.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: A drawing for each index.
    /// - Throws: `PromptError` for what the rules forbid, `PromptError` and `GenerationError` for what the model
    ///   cannot do.
    public func imagine(
        _ prompt: Prompt?,
        from pictures: [Picture] = [],
        by rules: PromptRules,
        seed: UInt64,
        indices: [Int],
        adjust: (inout DrawingManner) -> Void = { _ in },
        previews: DrawingPreviews? = nil,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Drawing] {
        guard let prompt else {
            var open = request(seed: seed, indices: indices)
            adjust(&open.manner)
            return try draw(open, previews: previews, watch: watch)
        }
        var request = try request(prompt, seed: seed, indices: indices)
        try rules.check(Prompt(parts: request.parts))
        adjust(&request.manner)
        var drawings: [Drawing]
        if pictures.isEmpty {
            drawings = try draw(request, previews: previews, watch: watch)
        } else {
            let manner = request.manner
            guard manner.quality == 1, manner.oddity == 1, !manner.sharesChance else {
                throw PromptError(
                    .unsupported,
                    "--quality, --weird and --sameseed are for drawings of words alone; leave them, or the"
                        + " pictures, out",
                    parameter: PromptParameter.quality.rawValue
                )
            }
            let share = prompt.shares.pictures / Double(pictures.count)
            drawings = try blends(
                of: pictures,
                names: prompt.pictures,
                weights: pictures.map { _ in share },
                request,
                previews: previews,
                watch: watch
            ).map { try finished($0, request) }
        }
        note(prompt, in: &drawings)
        return drawings
    }

    /// Records what was typed, and for which words others were drawn.
    ///
    /// - Parameters:
    ///   - prompt: What was typed; nothing leaves what is recorded.
    ///   - drawings: What was drawn for it.
    public func note(_ prompt: Prompt?, in drawings: inout [Drawing]) {
        let readings = prompt.map { understood($0).readings } ?? []
        for place in drawings.indices {
            drawings[place].record.prompt = prompt?.typed
            drawings[place].record.readings = readings.isEmpty ? nil : readings
        }
    }
}
