import Adversarial

extension SamplingOptions {
    /// Whether pictures are moved or turned.
    var isPlaced: Bool { translation != nil || rotation != nil }

    /// Where pictures are put; nothing for where the network puts them.
    var placement: InputPlacement? {
        guard isPlaced else { return nil }
        let way = translation ?? []
        return InputPlacement(
            right: way.first ?? 0,
            down: way.dropFirst().first ?? 0,
            degrees: rotation ?? 0
        )
    }
}
