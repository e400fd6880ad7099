/// Parameters as numbers, with what holds where they are not given.
extension PromptParameters {
    /// Width to height.
    public var aspect: (width: Int, height: Int) {
        if case .ratio(let width, let height)? = self[.aspect] { (width, height) } else { (1, 1) }
    }

    /// The seed, given with either parameter.
    public var seed: UInt64? {
        for name in [PromptParameter.seed, .sameseed] {
            if case .number(let number)? = self[name] { return UInt64(number) }
        }
        return nil
    }

    /// How much pictures differ from each other, 0 … 100.
    public var chaos: Int { whole(.chaos) ?? 0 }

    /// How freely is drawn beside what is asked for, 0 … 1000.
    public var stylize: Int { whole(.stylize) ?? 100 }

    /// How unusual pictures are, 0 … 3000.
    public var weird: Int { whole(.weird) ?? 0 }

    /// Candidates for each picture.
    public var quality: Double { number(.quality) ?? 1 }

    /// Per cent of a picture that chance decides.
    public var stop: Int { whole(.stop) ?? 100 }

    /// What is to be avoided.
    public var excluded: [String] {
        if case .list(let words)? = self[.no] { words } else { [] }
    }

    /// What pictures count beside the words.
    public var imageWeight: Double { number(.iw) ?? 1 }

    /// How much more there is around the picture, 1 … 2.
    public var zoom: Double { number(.zoom) ?? 1 }

    /// How often the job is done.
    public var repetitions: Int { whole(.repeat) ?? 1 }

    /// The model's name.
    public var model: String? {
        if case .text(let name)? = self[.version] { name } else { nil }
    }

    /// Updates of the model's weights, in the order in which they are added.
    public var updates: [PromptUpdate] {
        guard case .list(let names)? = self[.lora] else { return [] }
        return names.compactMap(PromptUpdate.init)
    }

    /// Codes of styles; none where the style is open.
    public var styles: [StyleCode] {
        guard case .text(let codes)? = self[.sref] else { return [] }
        return codes.split(separator: " ").compactMap(StyleCode.init)
    }

    /// How strong styles are, 0 … 1000.
    public var styleStrength: Int { whole(.sw) ?? 100 }

    /// Whether nothing is beautified.
    public var isRaw: Bool { has(.raw) || self[.style] == .text("raw") }

    private func number(_ name: PromptParameter) -> Double? {
        if case .number(let number)? = self[name] { number } else { nil }
    }

    private func whole(_ name: PromptParameter) -> Int? { number(name).map { Int($0) } }
}
