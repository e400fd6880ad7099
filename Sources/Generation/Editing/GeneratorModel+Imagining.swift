import Imaging
import Prompts
import Requests

extension GeneratorModel {
    /// Draws what a prompt asks for, pictures to begin with among it.
    ///
    /// - Parameters:
    ///   - prompt: Read, and allowed by the rules; nothing leaves it open.
    ///   - pictures: Those that the prompt names.
    ///   - rules: What may not be drawn for other words either.
    ///   - seed: The key of all random numbers.
    ///   - indices: Which pictures of the seed's row.
    ///   - changes: How it is drawn where that differs from what the prompt says.
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
        changes: SamplingChanges = SamplingChanges(),
        previews: DrawingPreviews? = nil,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Drawing] {
        var request =
            try prompt.map { try self.request($0, seed: seed, indices: indices) }
            ?? self.request(seed: seed, indices: indices)
        try rules.check(Prompt(parts: request.parts))
        request.sampling.change(changes)
        request.isComposed = pictures.isEmpty && prompt?.parameters.isRaw != true
        return try imagined(
            request,
            from: pictures,
            names: prompt?.pictures ?? [],
            counting: prompt?.parameters.imageWeight ?? 1,
            previews: previews,
            watch: watch
        )
    }

    /// Draws what a request asks for, near to pictures where there are any.
    ///
    /// - Parameters:
    ///   - request: In the model's own numbers.
    ///   - pictures: What it begins with.
    ///   - names: Of their files.
    ///   - weight: What the pictures count beside the words.
    ///   - previews: What is shown on the way.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: A drawing for each index.
    /// - Throws: `PromptError` and `GenerationError` for what the model cannot do.
    func imagined(
        _ request: DrawingRequest,
        from pictures: [Picture],
        names: [String],
        counting weight: Double,
        previews: DrawingPreviews?,
        watch: ((Double) -> Void)?
    ) throws -> [Drawing] {
        guard !pictures.isEmpty else {
            return try draw(request, previews: previews, watch: watch)
        }
        let sampling = request.sampling
        guard sampling.quality == 1, sampling.unlikeliestOf == 1, !sampling.sharesNoise else {
            throw PromptError(
                .unsupported,
                "--quality, --weird and --sameseed are for drawings of words alone; leave them, or the"
                    + " pictures, out",
                parameter: PromptParameter.quality.rawValue
            )
        }
        let sum = request.parts.reduce(weight) { $0 + $1.weight }
        let share = weight / sum / Double(pictures.count)
        return try blends(
            of: pictures,
            names: names,
            weights: pictures.map { _ in share },
            request,
            previews: previews,
            watch: watch
        ).map { try finished($0, request) }
    }
}
