/// A model that 'atelier models' has added to this machine, whether a studio draws with it or not.
public struct ModelOnDisk: Sendable, Encodable {
    /// What it is called.
    public let name: String
    /// What it makes of what, such as `class to picture`.
    public let kind: String
    /// Bytes of its weights.
    public let bytes: Int
    /// Its file or folder, which is nobody's business.
    let file: String

    private enum CodingKeys: String, CodingKey { case name, kind, bytes }

    /// A model.
    public init(name: String, kind: String, bytes: Int, file: String) {
        (self.name, self.kind, self.bytes, self.file) = (name, kind, bytes, file)
    }
}

/// Updates of a model's weights that were added on this machine, which prompts ask for by name.
public struct UpdatesOnDisk: Sendable, Encodable {
    /// What they are called.
    public let name: String
    /// What they were learned from.
    public let set: String

    /// Updates of a model, by their name and set.
    public init(name: String, set: String) { (self.name, self.set) = (name, set) }
}

extension ModelShelf {
    /// Models on this machine that the studio does not draw with yet.
    func untaken() async throws -> [ModelOnDisk] {
        let taken = Set(try await all().compactMap(\.file))
        return onDisk().filter { !taken.contains($0.file) }
    }

    /// Takes a model on this machine, which stays where it is.
    ///
    /// - Throws: `APIError` where there is none of that name, or it cannot be read.
    func add(onDisk name: String) async throws -> ModelRecord {
        let there = onDisk()
        guard let model = there.first(where: { $0.name == name }) else {
            let names = there.map { "'\($0.name)'" }.joined(separator: ", ")
            throw APIError.missing(
                "'atelier models' has added no model '\(LogText.short(name, 100))'; there "
                    + (names.isEmpty ? "is none" : "are \(names)"),
                parameter: "onDisk",
                code: "model_not_found"
            )
        }
        if let known = try await all().first(where: { $0.file == model.file }) { return known }
        return try await add(file: model.file, name: model.name)
    }
}
